"""How good a feed's extract is: what was kept and refused, and how complete each column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from payforsuccess.records.bench import Bench
from payforsuccess.records.coverage import Coverage
from payforsuccess.records.pseudonyms import SharedNumbers
from payforsuccess.records.staging import BITS
from payforsuccess.records.verdicts import Broken, JudgedFile


@dataclass(frozen=True)
class ColumnQuality:
    """One column of the rows that were kept: in how many it is given, and in how many unknown.

    `unknown` counts codes that mean not known, refused or not collected; they are not among
    `given`. `first` and `last` are the first and last day of a column of days; an identifier has
    none here, since each would be one person's birth date.
    """

    name: str
    type: str
    given: int
    unknown: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class FileQuality:
    """One file: its rows, what became of them, and its columns."""

    name: str
    path: str
    fingerprint: str
    rows: int
    kept: int
    refused: int
    withdrawn: int
    broken: tuple[Broken, ...]
    columns: tuple[ColumnQuality, ...]
    header: Mapping[str, str]
    unread: tuple[str, ...]


def file_quality(file: JudgedFile, bench: Bench) -> FileQuality:
    """What the rows of a file came to, counted in one pass over those that were kept."""
    staged = file.staged
    types = {column.name: column.type for column in staged.file.columns}
    identifiers = {
        column.name for column in staged.file.columns if column.sensitivity == "identifier"
    }
    counts: dict[str, str] = {}
    for at, name in enumerate(staged.columns):
        counts[f"given{at}"] = f'count("{name}")'
        if types[name] == "day" and name not in identifiers:
            counts[f"first{at}"] = f'min("{name}")'
            counts[f"last{at}"] = f'max("{name}")'
    for at in range(len(staged.with_unknown)):
        bit = f"_unknown{at // BITS} & {1 << at % BITS}"
        counts[f"unknown{at}"] = f"count(*) FILTER (WHERE {bit} <> 0)"
    found = _counted(file, counts, bench) if counts else {}
    unknown = {name: found[f"unknown{at}"] for at, name in enumerate(staged.with_unknown)}
    return FileQuality(
        name=staged.file.name,
        path=staged.found.shown_as,
        fingerprint=staged.fingerprint,
        rows=file.rows,
        kept=file.kept,
        refused=file.refused,
        withdrawn=file.withdrawn,
        broken=file.broken,
        columns=tuple(
            ColumnQuality(
                name,
                types[name],
                found[f"given{at}"],
                unknown.get(name, 0),
                found.get(f"first{at}"),
                found.get(f"last{at}"),
            )
            for at, name in enumerate(staged.columns)
        ),
        header=staged.header,
        unread=staged.unread,
    )


def _counted(file: JudgedFile, counts: Mapping[str, str], bench: Bench) -> dict[str, Any]:
    """What each count comes to over the rows that were kept."""
    rows = file.kept_rows.get_name()
    (row,) = bench.fetched(f'SELECT {", ".join(counts.values())} FROM "{rows}"')
    return dict(zip(counts, row, strict=True))


@dataclass(frozen=True)
class StateQuality:
    """The stays in one state: how many, how many are open, how many begin within another.

    `overlapping` counts stays that begin before an earlier one of the same person ends: such days
    count once in every measure. `of_people` says of how many people one was looked at: 1 is all.
    """

    state: str
    spells: int
    open: int
    overlapping: int
    of_people: int


@dataclass(frozen=True)
class Silence:
    """The longest stretch of days between a feed's first and last on which nothing is dated."""

    days: int
    after: date
    before: date


@dataclass(frozen=True)
class FeedQuality:
    """How good one feed's extract is.

    ages: people by band, at the day the extract is complete through; None where the number is
    hidden, as a few people's ages would tell who they are. `days_old` counts from that
    day to the day of ingest; `refreshed_every` is the longest time, in days, between two extracts
    as the deal states it, None for data that come once.
    """

    feed: str
    layout: str
    says: str
    holder: str
    complete_through: date
    refreshed_every: int | None
    days_old: int
    files: tuple[FileQuality, ...]
    people: int
    ages: tuple[tuple[str, int | None], ...]
    tables: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    states: tuple[StateQuality, ...]
    silence: Silence | None
    shared: SharedNumbers | None
    coverage: Coverage | None

    @property
    def is_late(self) -> bool:
        """Whether the extract is older than the time in which a new one should have come."""
        return self.refreshed_every is not None and self.days_old > self.refreshed_every

    @property
    def is_silent(self) -> bool:
        """Whether nothing is dated for longer than the time between two extracts."""
        every = self.refreshed_every
        return self.silence is not None and every is not None and self.silence.days > every
