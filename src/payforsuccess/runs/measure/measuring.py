"""One measure on the cohort's records: checked, excused, compiled, run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import CertifiedUnits, MeasureBase, MoneySum, PersonMeasure
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import (
    COMPILERS,
    CUSTODY,
    DEATH,
    EARNED,
    MOVE,
    TRANSFER,
    Excused,
    Seen,
    Tables,
    check_computable,
    check_transfers,
    compile_parts,
)
from payforsuccess.measures.attrition import (
    Attrition,
    attrition_of,
    compile_attrition,
)
from payforsuccess.measures.certified_units import check_certifier
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.money_sum import compile_without_amount
from payforsuccess.records import LAYOUTS
from payforsuccess.runs.measure.cohort import CohortRecords
from payforsuccess.store import Store
from payforsuccess.units import Period


@dataclass(frozen=True)
class MeasuredPeople:
    """A measure's rows of people, the same as a table of the engine, and the SQL that found them.

    tables: the records they were found in. seen: how far the measure's feeds reach. ask: asks the
    same of the records that the store holds for the cohort now.
    """

    rows: pa.Table
    table: ir.Table
    tables: Tables
    sql: str
    seen: Seen
    ask: Callable[[], pa.Table]

    def show(self, store: Store, rows: pa.Table) -> None:
        """Let `table` show other rows of the same form."""
        store.tables_from({self.table.get_name(): rows})


def measure_people(
    deal: Deal,
    measure: PersonMeasure,
    *,
    excused_as: tuple[str, ...],
    store: Store,
    records: CohortRecords,
    where: Place,
) -> MeasuredPeople:
    """The measure on the cohort's records, one row an enrolment.

    excused_as: the names (of the outcome, the plan) under which the deal may excuse days. Refuses
    a measure that this version does not compute, and a feed that the deal does not list.
    """
    compiled = compiled_people(deal, measure, records.tables, excused_as=excused_as, where=where)
    return _held(deal, measure, compiled, excused_as, store, records, where)


def measure_parts(
    deal: Deal,
    measure: PersonMeasure,
    *,
    periods: Sequence[Period],
    excused_as: tuple[str, ...],
    store: Store,
    records: CohortRecords,
    where: Place,
) -> MeasuredPeople:
    """The same for a measure that is earned as it happens: one row an enrolment and period."""
    compiled_people(deal, measure, records.tables, excused_as=excused_as, where=where)
    earned = EARNED[type(measure)](
        measure,
        records.tables,
        seen=seen_by(deal, measure),
        excused=excused_for(deal, excused_as),
    )
    compiled = compile_parts(earned, periods=periods)
    return _held(deal, measure, compiled, excused_as, store, records, where)


def count_without_amount(
    deal: Deal,
    measure: MoneySum,
    *,
    excused_as: tuple[str, ...],
    store: Store,
    records: CohortRecords,
) -> int:
    """How many enrolments have an event without an amount, from which on nothing is earned."""
    found = compile_without_amount(
        measure,
        records.tables,
        seen=seen_by(deal, measure),
        excused=excused_for(deal, excused_as),
    )
    enrolments: pa.Table = store.run(found)
    return int(enrolments.num_rows)


def _held(
    deal: Deal,
    measure: PersonMeasure,
    compiled: ir.Table,
    names: tuple[str, ...],
    store: Store,
    records: CohortRecords,
    where: Place,
) -> MeasuredPeople:
    seen = seen_by(deal, measure)

    def ask() -> pa.Table:
        refuse_transfers(measure, records.tables, seen, store, where)
        return store.run(compiled)

    rows = ask()
    name = "people_of_" + "_".join(names).replace("-", "_")
    table = store.tables_from({name: rows})[name]
    sql = records.filed(store.sql_of(compiled))
    return MeasuredPeople(rows, table, records.of_everyone, sql, seen, ask)


def attrition_of_people(
    store: Store, measure: MeasureBase, people: MeasuredPeople
) -> tuple[Attrition, ...]:
    """Who left the count at which rule: of everyone enrolled, and then by arm."""
    counted = compile_attrition(measure, people.tables, people.table, seen=people.seen)
    return attrition_of(store.run(counted).to_pylist())


def compiled_people(
    deal: Deal,
    measure: PersonMeasure,
    tables: Tables,
    *,
    excused_as: tuple[str, ...],
    where: Place,
) -> ir.Table:
    """The measure as an expression over tables; nothing is computed.

    Refuses a measure that this version does not compute, and a feed that the deal does not list.
    """
    problems = [*check_computable(measure, where=where)]
    listed = {source.feed for source in deal.data}
    unlisted = [feed for feed in measure.feeds if feed not in listed]
    if unlisted:
        problems.append(
            Problem(
                f"The measure reads feeds that the deal does not list: {', '.join(unlisted)}.",
                "Add them under `data`, or correct their names.",
                where,
            )
        )
    elif isinstance(measure, CertifiedUnits):
        held = [source for source in deal.data if source.feed in measure.feeds]
        holders = {holder.name for source in held for holder in source.held_by}
        problems += check_certifier(measure, holders, where=where)
    if problems:
        raise Refusal(problems)
    return COMPILERS[type(measure)](
        measure, tables, seen=seen_by(deal, measure), excused=excused_for(deal, excused_as)
    )


def seen_by(deal: Deal, measure: MeasureBase) -> Seen:
    """How far each feed of the measure reaches; feeds that it does not name do not count."""
    sources = {source.feed: source for source in deal.data if source.feed in measure.feeds}
    return Seen(
        {feed: sources[feed].complete_through for feed in measure.feeds},
        complete_from={
            feed: source.complete_from
            for feed, source in sources.items()
            if source.complete_from is not None
        },
    )


def excused_for(deal: Deal, names: tuple[str, ...]) -> Excused:
    """The days that the deal excuses for everyone, or for one of these outcomes or plans."""
    return Excused.of(
        fact
        for fact in deal.excused
        if not fact.outcomes or any(name in fact.outcomes for name in names)
    )


def refuse_transfers(
    measure: MeasureBase, tables: Tables, seen: Seen, store: Store, where: Place
) -> None:
    """Refuse records that hold transfers, for a measure without a rule for them."""
    if measure.on_transfer is not None:
        return
    events = seen.rows(tables.events)
    transfers = events.filter(events.kind == TRANSFER).count().name("rows")
    found = store.run(transfers.as_table()).column("rows")[0].as_py()
    problems = check_transfers(measure, transfers=found, where=where)
    if problems:
        raise Refusal(problems)


def reported_by(deal: Deal, measure: MeasureBase) -> frozenset[str]:
    """What the measure's feeds would show if it happened: events and states; custody is one."""
    return frozenset(
        CUSTODY if name in CUSTODY_STATES else name
        for source in deal.data
        if source.feed in measure.feeds and source.layout in LAYOUTS
        for name in LAYOUTS[source.layout].reports
    )


def unreported_endings(deal: Deal, measure: MeasureBase, where: Place) -> tuple[Finding, ...]:
    """A finding when the measure rules on endings that none of its feeds would show."""
    reported = reported_by(deal, measure)
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
