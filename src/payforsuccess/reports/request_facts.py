"""What is asked of the agencies that hold a deal's data: plain facts, gathered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.access import Access, Waiting
from payforsuccess.deal.agreements import Agreement
from payforsuccess.deal.data import DataSource
from payforsuccess.deal.keeping import LegalHold


@dataclass(frozen=True)
class ColumnAsked:
    """One column that is asked for, in the agency's own words where the deal states them.

    name: the agency's. column: the layout's. kind: how its values are written. values: the codes
    allowed, all when empty. unknown: codes for not known. limits: bounds and forms, in words. law:
    the stricter law of the column, else that of the whole. reasons: what it is needed for.
    """

    name: str
    column: str
    kind: str
    says: str
    sensitivity: str
    law: str
    values: tuple[str, ...]
    unknown: tuple[str, ...]
    limits: str
    may_be_empty: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class FileAsked:
    """One file that is asked for: its name, what a row is, its columns, and rules over rows."""

    name: str
    path: str
    says: str
    columns: tuple[ColumnAsked, ...]
    key: tuple[str, ...]
    rules: tuple[str, ...]
    may_be_left_out: bool


@dataclass(frozen=True)
class ColumnAside:
    """A column of the layout that is not asked for, and why; or one that a draft lacks, and why.

    is_needed: whether the form cannot be read without it.
    """

    name: str
    reasons: tuple[str, ...]
    is_needed: bool = False


@dataclass(frozen=True)
class FeedAsked:
    """One feed that is asked for under an agreement, signed or still a draft.

    unasked: permitted columns that nothing in the deal rests on. lacking: columns that the deal
    would use and the agreement does not permit. linked_with: the feeds its people are matched with.
    keys_destroyed_on: the day on which keys and pseudonyms are. holds: orders that forbid
    destroying its records.
    """

    source: DataSource
    layout: str
    says: str
    files: tuple[FileAsked, ...]
    unasked: tuple[ColumnAside, ...]
    lacking: tuple[ColumnAside, ...]
    linked_with: tuple[str, ...]
    match_method: str
    keys_destroyed_on: date | None = None
    holds: tuple[LegalHold, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The paper, signed or drafted; ValueError for public data, which no one is asked for."""
        if self.source.agreement is None:
            raise ValueError(f"{self.source.feed} is public")
        return self.source.agreement


@dataclass(frozen=True)
class RequestFacts:
    """Everything the pages of a request show, on a day."""

    deal: str
    standing: str
    is_certified: bool
    as_of: date
    accesses: tuple[Access, ...]
    waiting: tuple[Waiting, ...]
    feeds: tuple[FeedAsked, ...]

    def access(self, feed: str) -> Access:
        """How far a feed is; KeyError without one."""
        for access in self.accesses:
            if access.source.feed == feed:
                return access
        raise KeyError(feed)
