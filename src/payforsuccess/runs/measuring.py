"""One measure on a snapshot: checked, excused, compiled, run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import MeasureBase, PersonMeasure
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import (
    COMPILERS,
    CUSTODY,
    DEATH,
    MOVE,
    TRANSFER,
    Excused,
    Seen,
    Tables,
    check_computable,
    check_transfers,
)
from payforsuccess.records import LAYOUTS
from payforsuccess.store import Snapshot, Store


@dataclass(frozen=True)
class MeasuredPeople:
    """A measure's rows as an expression, the SQL it stands for, and how far its feeds reach."""

    rows: Any
    tables: Tables
    sql: str
    seen: Seen


def measure_people(
    deal: Deal,
    measure: PersonMeasure,
    *,
    excused_as: tuple[str, ...],
    store: Store,
    snapshot: Snapshot,
    where: Place,
) -> MeasuredPeople:
    """The measure on the snapshot's records; nothing is computed until its rows are asked for.

    excused_as: the names (of the outcome, the plan) under which the deal may excuse days. Refuses
    a measure that this version does not compute, and a feed that the deal does not list.
    """
    problems = [*check_computable(measure, where=where)]
    listed = {source.feed: source for source in deal.data}
    unlisted = [feed for feed in measure.feeds if feed not in listed]
    if unlisted:
        problems.append(
            Problem(
                f"The measure reads feeds that the deal does not list: {', '.join(unlisted)}.",
                "Add them under `data`, or correct their names.",
                where,
            )
        )
    if problems:
        raise Refusal(problems)
    tables = Tables.of(store.tables_of(snapshot))
    transfers = tables.events.filter(tables.events.kind == TRANSFER).count().name("rows")
    found = store.run(transfers.as_table()).column("rows")[0].as_py()
    problems += check_transfers(measure, transfers=found, where=where)
    if problems:
        raise Refusal(problems)
    seen = Seen({feed: listed[feed].complete_through for feed in measure.feeds})
    facts = [
        fact
        for fact in deal.excused
        if not fact.outcomes or any(name in fact.outcomes for name in excused_as)
    ]
    rows = COMPILERS[type(measure)](measure, tables, seen=seen, excused=Excused.of(facts))
    return MeasuredPeople(rows, tables, store.sql_of(rows), seen)


def unreported_endings(deal: Deal, measure: MeasureBase, where: Place) -> tuple[Finding, ...]:
    """A finding when the measure rules on endings that none of its feeds would show."""
    reported = {
        name
        for source in deal.data
        if source.feed in measure.feeds and source.layout in LAYOUTS
        for name in LAYOUTS[source.layout].reports
    }
    silent = [ending for ending in (DEATH, MOVE, CUSTODY) if ending not in reported]
    if not silent:
        return ()
    named = f"{', '.join(silent[:-1])} or {silent[-1]}" if len(silent) > 1 else silent[0]
    return (
        Finding(
            "records",
            f"No feed of this measure reports {named}, so its rules for them had nothing to "
            "decide.",
            where,
        ),
    )


def rows_of(store: Store, people: MeasuredPeople) -> pa.Table:
    """The rows of people themselves, in their one order."""
    return store.run(people.rows)
