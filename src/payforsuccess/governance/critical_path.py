"""Access to data: days from the request to the first file, and the chain that takes longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.governance.initiative.agreements import DataAccess


@dataclass(frozen=True)
class SourceOnItsWay:
    """How far a source is on a day.

    days: from the request to the first usable file or, before there is one, to the day; None while
    it is not asked for. expected_on: when its first file may be there, None where it cannot be
    told. days_late: beyond what it was expected to take.
    """

    access: DataAccess
    is_here: bool
    days: int | None
    expected_on: date | None
    days_late: int


@dataclass(frozen=True)
class DataPath:
    """All sources, and the chain that decides when the last file is there.

    chain: the sources in the order in which they come, the last one last; empty once all are here.
    untold: sources of which nobody said how long they take, so that no day can be told for them.
    """

    sources: tuple[SourceOnItsWay, ...]
    chain: tuple[str, ...]
    ready_on: date | None
    untold: tuple[str, ...]


def circles_in(accesses: Sequence[DataAccess]) -> tuple[str, ...]:
    """Sources that wait for themselves, by way of others or not."""
    waits = {each.source: each.waits_for for each in accesses}

    def reaches(goal: str, at: str, seen: set[str]) -> bool:
        for next_ in waits.get(at, ()):
            if next_ == goal:
                return True
            if next_ not in seen:
                seen.add(next_)
                if reaches(goal, next_, seen):
                    return True
        return False

    return tuple(name for name in waits if reaches(name, name, set()))


def data_path(accesses: Sequence[DataAccess], *, on: date) -> DataPath:
    """The standing of each source and the critical path (R95).

    A source starts on the day it was asked for, or where it was not yet, on the day itself; not
    before all that it waits for are there. It takes the days it is expected to; one that is late
    is expected on the day itself at the earliest. ValueError where sources wait for each other.
    """
    if circles_in(accesses):
        raise ValueError("sources wait for each other")
    by_name = {each.source: each for each in accesses}
    expected: dict[str, date | None] = {}

    def ready(name: str) -> date | None:
        if name not in expected:
            expected[name] = _ready(by_name[name])
        return expected[name]

    def _ready(access: DataAccess) -> date | None:
        if _is_here(access, on):
            return access.first_file_on
        before = [ready(name) for name in access.waits_for if name in by_name]
        if access.days_expected is None or None in before:
            return None
        start = access.asked_on if access.asked_on and access.asked_on <= on else on
        latest = max((start, *(day for day in before if day is not None)))
        return max(latest + timedelta(days=access.days_expected), on)

    sources = tuple(_source(each, ready(each.source), on) for each in accesses)
    open_ = [one for one in sources if not one.is_here]
    untold = tuple(one.access.source for one in open_ if one.access.days_expected is None)
    told = [one for one in open_ if one.expected_on is not None]
    last = max(told, key=lambda one: one.expected_on or on, default=None)
    chain = _chain(last.access, by_name, expected, on) if last is not None else ()
    ready_on = None if untold or last is None else last.expected_on
    return DataPath(sources, chain, ready_on, untold)


def _chain(
    access: DataAccess, by_name: dict[str, DataAccess], expected: dict[str, date | None], on: date
) -> tuple[str, ...]:
    """The source with what it waits for longest before it, and so on back to the first."""
    before = [
        by_name[name]
        for name in access.waits_for
        if name in by_name and not _is_here(by_name[name], on)
    ]
    if not before:
        return (access.source,)
    slowest = max(before, key=lambda each: expected[each.source] or date.min)
    return (*_chain(slowest, by_name, expected, on), access.source)


def _is_here(access: DataAccess, on: date) -> bool:
    return access.first_file_on is not None and access.first_file_on <= on


def _source(access: DataAccess, expected: date | None, on: date) -> SourceOnItsWay:
    here = _is_here(access, on)
    asked = access.asked_on if access.asked_on and access.asked_on <= on else None
    until = access.first_file_on if here and access.first_file_on else on
    days = (until - asked).days if asked is not None else None
    late = 0
    if days is not None and access.days_expected is not None:
        late = max(days - access.days_expected, 0)
    return SourceOnItsWay(access, here, days, expected, late)
