"""What the rows of a feed look like together: people, ages, days, stays that overlap, silences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.disclosure import by_group, suppress
from payforsuccess.records.bench import Bench
from payforsuccess.records.loading import LoadedFeed
from payforsuccess.records.quality import FeedQuality, Silence, StateQuality

REFRESHED_EVERY = {
    "day": 1,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "half-year": 184,
    "year": 366,
}
BANDS = ((18, "under 18"), (25, "18 to 24"), (35, "25 to 34"), (45, "35 to 44"), (55, "45 to 54"))
LATER_BANDS = ((65, "55 to 64"), (200, "65 and over"))
NOT_KNOWN = "not known"
_SPELLS_AT_ONCE = 5_000_000


def feed_quality(feed: LoadedFeed, rows: Mapping[str, int], *, as_of: date) -> FeedQuality:
    """The quality of one feed. rows: how many it gave each canonical table."""
    source, bench, tables = feed.source, feed.bench, feed.tables
    days = _days(tables, bench)
    return FeedQuality(
        feed=source.feed,
        layout=feed.layout.name,
        says=source.says,
        holder=source.holder_on(as_of) or "",
        complete_through=source.complete_through,
        refreshed_every=REFRESHED_EVERY.get(source.refreshed),
        days_old=max(0, (as_of - source.complete_through).days),
        files=feed.quality,
        people=_people(tables, bench),
        ages=_ages(tables, source.complete_through, bench),
        tables=tuple(sorted(rows.items())),
        first=min(days, default=None),
        last=max(days, default=None),
        states=_states(tables, source.complete_through, rows.get(SPELLS.name, 0), bench),
        silence=_silence(sorted(days)),
        shared=feed.shared,
        coverage=feed.coverage,
    )


def _people(tables: Mapping[str, ir.Table], bench: Bench) -> int:
    if PEOPLE.name not in tables:
        return 0
    count = tables[PEOPLE.name].aggregate(people=tables[PEOPLE.name].person.nunique())
    return int(bench.store.run(count).column("people")[0].as_py())


def _days(tables: Mapping[str, ir.Table], bench: Bench) -> set[date]:
    """Every day on which a stay begins or something happens."""
    found: set[date] = set()
    for name, column in ((SPELLS.name, "start_on"), (EVENTS.name, "happened_on")):
        if name in tables:
            days = tables[name].select(column).distinct()
            found.update(bench.store.run(days).column(column).drop_null().to_pylist())
    return found


def _silence(days: list[date]) -> Silence | None:
    gaps = [Silence((after - before).days - 1, before, after) for before, after in pairwise(days)]
    return max((gap for gap in gaps if gap.days), key=lambda gap: gap.days, default=None)


def _ages(
    tables: Mapping[str, ir.Table], on: date, bench: Bench
) -> tuple[tuple[str, int | None], ...]:
    """People by age on a day, where the feed has birth dates; the earliest of a person's counts.

    Small numbers are hidden, with others that would tell them beside the number of all people.
    """
    if IDENTITIES.name not in tables:
        return ()
    rows = tables[IDENTITIES.name]
    people = rows.group_by("person").agg(born_on=rows.born_on.min())
    born = people.born_on
    had_birthday = born.month() * 100 + born.day() <= on.month * 100 + on.day
    age = on.year - born.year() - ibis.ifelse(had_birthday, 0, 1)
    bands = (*BANDS, *LATER_BANDS)
    band = ibis.cases(*((age < below, name) for below, name in bands), else_=NOT_KNOWN)
    counted = bench.store.run(people.group_by(band=band).agg(people=ibis._.count())).to_pylist()
    counts = {row["band"]: row["people"] for row in counted}
    if set(counts) <= {NOT_KNOWN}:
        return ()
    return _shown({name: counts.get(name, 0) for name in (*(n for _, n in bands), NOT_KNOWN)})


def _shown(counts: Mapping[str, int]) -> tuple[tuple[str, int | None], ...]:
    """The counts that may stand beside their total, which is shown."""
    facts = by_group(counts, name="ages", whole="people")
    try:
        shown = suppress(facts, already_shown=("people",)).shown
    except ValueError:  # there are so few people that the total alone tells too much
        shown = {}
    return tuple((band, shown.get(f"ages/{band}")) for band in counts)


def _states(
    tables: Mapping[str, ir.Table], complete_through: date, count: int, bench: Bench
) -> tuple[StateQuality, ...]:
    """Stays by state. Of very many stays, overlaps are looked for with a share of the people."""
    if SPELLS.name not in tables or not count:
        return ()
    rows = tables[SPELLS.name]
    totals = rows.group_by("state").agg(
        spells=rows.count(), open=rows.end_on.isnull().sum().fill_null(0)
    )
    of_people = -(-count // _SPELLS_AT_ONCE)
    looked = rows if of_people == 1 else rows.filter(rows.person.hash() % of_people == 0)
    ends = looked.select(
        "state",
        "person",
        "start_on",
        end_on=looked.end_on.fill_null(complete_through),
    )
    before = ends.end_on.max().over(
        ibis.window(
            group_by=["state", "person"], order_by=["start_on", "end_on"], preceding=(None, 1)
        )
    )
    marked = ends.mutate(within=(ends.start_on < before).fill_null(False))
    overlaps = marked.group_by("state").agg(overlapping=marked.within.sum())
    within: dict[str, Any] = {
        row["state"]: row["overlapping"] for row in bench.store.run(overlaps).to_pylist()
    }
    return tuple(
        StateQuality(
            row["state"],
            row["spells"],
            int(row["open"]),
            int(within.get(row["state"]) or 0),
            of_people,
        )
        for row in bench.store.run(totals.order_by("state")).to_pylist()
    )
