"""What a measure reads: the canonical tables, as Ibis expressions or as plain rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payforsuccess.measures.lazily import ir
from payforsuccess.measures.seen import Seen

# The names under which feeds record what ends the watching of a person.
DEATH, MOVE, TRANSFER, CUSTODY = "death", "move", "transfer", "custody"
LASTING = (DEATH, MOVE, TRANSFER)
NOT_YET_OBSERVED = "not-yet-observed"
BEFORE_THE_RECORDS = "before-the-records"
NO_AMOUNT, NO_SCORE = "no-amount", "no-score"
KNOWN = "known"


@dataclass(frozen=True)
class Tables:
    """The canonical tables as Ibis expressions; where their rows lie is not known here."""

    enrolments: ir.Table
    spells: ir.Table
    events: ir.Table
    traits: ir.Table

    @classmethod
    def of(cls, tables: Mapping[str, ir.Table]) -> Tables:
        """The tables by their layout's names."""
        return cls(*(tables[name] for name in ("enrolments", "spells", "events", "traits")))


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """Where a row of the records stands: its feed, the file where that has several, its number."""

    feed: str = "f"
    file: str | None = None
    row: int = 1

    @property
    def source(self) -> str:
        """As results name it: `feed:row`, or `feed/file:row`."""
        return f"{self.feed}{'' if self.file is None else '/' + self.file}:{self.row}"


@dataclass(frozen=True)
class EnrolmentRow(SourceRow):
    """One enrolment, as the plain-Python reference reads it."""

    enrolment: str
    person: str
    enrolled_on: date | None = None
    arm: str | None = None
    site: str | None = None
    referred_on: date | None = None
    assigned_on: date | None = None
    exited_on: date | None = None
    referred_by: str | None = None
    eligible_on: date | None = None
    accepted_on: date | None = None
    declined_on: date | None = None
    decline_reason: str | None = None


@dataclass(frozen=True)
class SpellRow(SourceRow):
    """One stay in a state, `[start_on, end_on)`, as the reference reads it."""

    state: str
    person: str
    start_on: date
    end_on: date | None = None


@dataclass(frozen=True)
class EventRow(SourceRow):
    """One event, as the reference reads it."""

    kind: str
    person: str
    happened_on: date
    amount: Decimal | None = None


@dataclass(frozen=True)
class TraitRow(SourceRow):
    """One fact about a person, as the reference reads it."""

    trait: str
    person: str
    as_of: date | None = None
    value: Decimal | None = None
    label: str | None = None


@dataclass(frozen=True)
class PlainRecords:
    """The canonical rows in memory, for the reference."""

    enrolments: tuple[EnrolmentRow, ...] = ()
    spells: tuple[SpellRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    traits: tuple[TraitRow, ...] = ()

    def events_of(self, person: str, seen: Seen, *kinds: str) -> list[EventRow]:
        """The person's events of these kinds in the feeds that count, by day and source."""
        found = [
            row
            for row in self.events
            if row.person == person and row.kind in kinds and seen.through_of(row.feed)
        ]
        return sorted(found, key=lambda row: (row.happened_on, row.source))

    def days_of(self, person: str, seen: Seen, *states: str) -> dict[date, list[str]]:
        """Each day the person spends in one of the states, with the sources that say so."""
        days: dict[date, list[str]] = {}
        for row in self.spells:
            if row.person != person or row.state not in states or not seen.through_of(row.feed):
                continue
            day, end = row.start_on, seen.end_of_stay(row)
            while day < end:
                days.setdefault(day, []).append(row.source)
                day += timedelta(days=1)
        return days


@dataclass(frozen=True)
class PersonResult:
    """What a measure says of one enrolment.

    `quantity` is None when unknown, and `status` then says why: `not-yet-observed`,
    `before-the-records`, what ended the watching, or what the records lack. `source` names the
    rows it rests on, `feed:row;feed/file:row`, the enrolment's first. A quantity is a whole
    number, or a decimal with up to nine places, exactly.
    """

    enrolment: str
    person: str
    arm: str | None
    start_on: date
    last_day: date
    quantity: int | Decimal | None
    status: str
    source: str


COLUMNS = (
    "enrolment",
    "person",
    "arm",
    "start_on",
    "last_day",
    "quantity",
    "status",
    "source",
)
