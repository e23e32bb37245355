"""Facts about people that change while they are watched, with the days from which each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from payforsuccess.measures.happenings import compile_runs, compile_stays
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa

SINCE = ":since"
"""Behind a fact's name: the column that lists its values with the days since which they hold."""


def compile_changes(
    results: ir.Table,
    tables: Tables,
    *,
    seen: Seen,
    facts: Sequence[str],
    states: Mapping[str, str],
) -> ir.Table:
    """enrolment, name, day, value, label: what is known of each fact, since which day of watching.

    Day 0 is before the watching, day 1 the day of the start; a value holds from the day after its
    own. facts: about people, by name, at the last value of a day (of two rows of one day that with
    the smaller number, then word), and before the start the last known. states: by the name that
    the plan gives them; 1 from the first day in, 0 from the first day out, by the feeds of `seen`.
    In order of enrolment, name and day.
    """
    people = results.select("enrolment", "person", "start_on")
    found = [_of_facts(people, tables, facts)] if facts else []
    found += [_of_state(people, tables, seen, name, state) for name, state in states.items()]
    together = ibis.union(*found) if len(found) > 1 else found[0]
    return together.order_by(["enrolment", "name", "day"]).alias("changes")


def _of_facts(people: ir.Table, tables: Tables, facts: Sequence[str]) -> ir.Table:
    known = tables.traits.filter(tables.traits.trait.isin(list(facts)))
    known = known.filter(known.value.notnull() | known.label.notnull())
    known = known.select("trait", "as_of", "value", "label", of="person")
    joined = people.inner_join(known, [people.person == known.of])
    since = joined.as_of.delta(joined.start_on, unit="day") + 1
    day = (joined.as_of > joined.start_on).fill_null(False).ifelse(since, 0)
    joined = joined.mutate(day=day.cast("int64"))
    best = ibis.window(
        group_by=["enrolment", "trait", "day"],
        order_by=[
            ibis.desc(joined.as_of.fill_null(ibis.date("0001-01-01"))),
            joined.value,
            joined.label,
        ],
    )
    first = joined.mutate(place=ibis.row_number().over(best))
    first = first.filter(first.place == 0)
    return first.select(
        "enrolment",
        name=first.trait,
        day="day",
        value=first.value.cast("float64"),
        label=first.label,
    )


def _of_state(people: ir.Table, tables: Tables, seen: Seen, name: str, state: str) -> ir.Table:
    """Everyone begins outside; spells that touch are one."""
    runs = compile_runs(compile_stays(tables, seen, states=[state]))
    runs = runs.select(of="person", from_on="from_on", to_on="to_on")
    joined = people.inner_join(runs, [people.person == runs.of])
    joined = joined.filter(joined.to_on > joined.start_on)
    begins = (joined.from_on > joined.start_on).ifelse(
        joined.from_on.delta(joined.start_on, unit="day") + 1, 0
    )
    ends = joined.to_on.delta(joined.start_on, unit="day") + 1
    inside = joined.select("enrolment", day=begins.cast("int64"), value=ibis.literal(1.0))
    outside = joined.select("enrolment", day=ends.cast("int64"), value=ibis.literal(0.0))
    at_start = inside.filter(inside.day == 0).select(of="enrolment")
    others = people.anti_join(at_start, people.enrolment == at_start.of)
    never = others.select("enrolment", day=ibis.literal(0).cast("int64"), value=ibis.literal(0.0))
    every = ibis.union(inside, outside, never)
    return every.select(
        "enrolment",
        name=ibis.literal(name),
        day="day",
        value="value",
        label=ibis.null("string"),
    )


def with_changes(rows: pa.Table, changes: pa.Table, names: Sequence[str]) -> pa.Table:
    """The rows with a column `name:since` for each name: a list of day, value and label.

    changes: the rows of `compile_changes`. Who has none of a fact has an empty list.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    places = rows["enrolment"].combine_chunks()
    for name in names:
        mine = changes.filter(pc.equal(changes["name"], name))
        mine = mine.append_column("place", pc.index_in(mine["enrolment"], value_set=places))
        mine = mine.sort_by([("place", "ascending"), ("day", "ascending")]).combine_chunks()
        counted = mine.group_by("place").aggregate([("day", "count")])
        of = dict(zip(counted["place"].to_pylist(), counted["day_count"].to_pylist(), strict=True))
        offsets = [0, *accumulate(of.get(place, 0) for place in range(rows.num_rows))]
        values = pa.StructArray.from_arrays(
            [mine[key].combine_chunks() for key in ("day", "value", "label")],
            names=["day", "value", "label"],
        )
        lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
        rows = rows.append_column(name + SINCE, lists)
    return rows
