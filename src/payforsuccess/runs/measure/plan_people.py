"""The people of an evaluation plan: its measure's rows with all that its estimate reads of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    DifferenceInDifferences,
    EvaluationPlan,
    PrePost,
    Randomised,
    TwoArmBase,
)
from payforsuccess.deal.measures import MeasureBase, PersonMeasure
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.measures import NOT_YET_OBSERVED
from payforsuccess.measures.changing_facts import compile_changes, with_changes
from payforsuccess.measures.evaluation_rows import (
    ENDED_AS,
    Told,
    compile_evaluation_rows,
)
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.time_to_event import compile_times
from payforsuccess.runs.measure.as_drawn import with_blocks
from payforsuccess.runs.measure.cohort import CohortRecords
from payforsuccess.runs.measure.measuring import (
    MeasuredPeople,
    compiled_people,
    excused_for,
    measure_people,
    refuse_transfers,
    reported_by,
    seen_by,
)
from payforsuccess.store import Store

NOT_IN_POPULATION = "not-in-population"
"""The status of a secondary outcome for someone whom its own population leaves out."""


@dataclass(frozen=True)
class PlanPeople:
    """The rows of a plan's people, with keys and with what the estimate reads; and their source.

    measured: as the measure alone gives them. rows: one an enrolment, the columns of results and
    those of `compile_evaluation_rows`. ask: asks the same of the records that the store holds now,
    and ask_secondary the other outcomes of the rows so found.
    varied: the people over another window, by the variation's name, where it is seen to its end
    for everyone. secondary: the same people, in the same order, with another outcome, by name.
    """

    measured: MeasuredPeople
    rows: pa.Table
    ask: Callable[[], pa.Table]
    varied: Mapping[str, pa.Table]
    secondary: Mapping[str, pa.Table]
    ask_secondary: Callable[[pa.Table], Mapping[str, pa.Table]]


@dataclass(frozen=True)
class _Reading:
    """What is at hand when a plan's people are read."""

    deal: Deal
    name: str
    plan: EvaluationPlan
    excused_as: tuple[str, ...]
    store: Store
    records: CohortRecords

    def told(self, measure: MeasureBase) -> Told:
        reported = reported_by(self.deal, measure)
        links, plan = self.records.links, self.plan
        times = None
        if plan.estimator in DURATION_ESTIMATORS:
            days = compile_times(
                measure,
                self.records.tables,
                seen=seen_by(self.deal, measure),
                excused=excused_for(self.deal, self.excused_as),
            )
            times = self.held("times", days)
        return Told(
            facts=facts_of(plan),
            seen=seen_by(self.deal, measure),
            endings=tuple(kind for kind in ENDED_AS if kind in reported),
            taking_part=self.records.taking_part
            if tells_part(measure) and self.records.tells_enrolment
            else None,
            links=links,
            before=self._before(),
            times=times,
        )

    def _before(self) -> ir.Table | None:
        plan = self.plan
        if not isinstance(plan, DifferenceInDifferences | PrePost) or plan.before is None:
            return None
        return self.measured(plan.before, "before")

    def _with_parts(self, rows: pa.Table) -> pa.Table:
        """With a column for each outcome of the plan's index; unknown outside its population."""
        from payforsuccess.evaluation.designs.indexed import PART

        index = self.plan.index if isinstance(self.plan, TwoArmBase) else None
        for number, part in enumerate(() if index is None else index.parts):
            found = self.measured(part.measure, "index", "parts", number, "measure")
            other = self.store.run(found.select("enrolment", "quantity"))
            at = pc.index_in(rows["enrolment"], value_set=other["enrolment"])
            rows = rows.append_column(PART + part.name, other["quantity"].take(at))
        return rows

    def held(self, what: str, found: ir.Table) -> ir.Table:
        """What was found, computed: two measures in one query would have steps of one name."""
        name = f"{what}_of_{self.name}".replace("-", "_")
        return self.store.tables_from({name: self.store.run(found)})[name]

    def measured(self, measure: PersonMeasure, *path: str | int) -> ir.Table:
        """The rows of another measure of the plan, by its place there."""
        where = self.deal.place_of(*self._path, *path)
        refuse_transfers(
            measure,
            self.records.tables,
            seen_by(self.deal, measure),
            self.store,
            where,
        )
        compiled = compiled_people(
            self.deal, measure, self.records.tables, excused_as=self.excused_as, where=where
        )
        return self.held("people_by_" + "_".join(map(str, path)), compiled)

    @property
    def _path(self) -> FieldPath:
        return ("evaluation", self.name)

    def wide(self, results: ir.Table, measure: MeasureBase) -> pa.Table:
        rows = self.store.run(
            compile_evaluation_rows(results, self.records.tables, self.told(measure))
        )
        rows = self._with_parts(rows)
        rows = with_blocks(self.deal, self.plan, rows, self.records)
        changing = self.plan.changing if isinstance(self.plan, Randomised) else ()
        if not changing:
            return rows
        changes = compile_changes(
            results,
            self.records.tables,
            seen=seen_by(self.deal, measure),
            facts=[one.name for one in changing if one.state is None],
            states={one.name: one.state for one in changing if one.state is not None},
        )
        return with_changes(rows, self.store.run(changes), [one.name for one in changing])


def plan_people(
    deal: Deal,
    name: str,
    plan: EvaluationPlan,
    *,
    excused_as: tuple[str, ...],
    store: Store,
    records: CohortRecords,
) -> PlanPeople:
    """Measure a plan's people, and again for its other windows and its other outcomes."""
    reading = _Reading(deal, name, plan, excused_as, store, records)
    measured = measure_people(
        deal,
        plan.measure,
        excused_as=excused_as,
        store=store,
        records=records,
        where=deal.place_of("evaluation", name, "measure"),
    )

    def ask() -> pa.Table:
        measured.show(store, measured.ask())
        return reading.wide(measured.table, plan.measure)

    rows = reading.wide(measured.table, plan.measure)
    return PlanPeople(
        measured,
        rows,
        ask,
        _varied(reading),
        _secondary(reading, rows),
        lambda asked: _secondary(reading, asked),
    )


def facts_of(plan: EvaluationPlan) -> tuple[str, ...]:
    """The facts about people that a plan reads, each once."""
    named = [*plan.covariates, *plan.balance_on]
    for key in ("strata", "exact_on", "cluster", "unit"):
        value: str | tuple[str, ...] | None = getattr(plan, key, None)
        named += [value] if isinstance(value, str) else list(value or ())
    return tuple(dict.fromkeys(named))


def tells_part(measure: MeasureBase) -> bool:
    """Whether enrolment says that someone took part: not where it starts everyone's window."""
    return measure.starts_at != "enrolment" and not measure.population.enrolled_only


def _varied(reading: _Reading) -> dict[str, pa.Table]:
    found = {}
    for variation in reading.plan.variations:
        if variation.window is None:
            continue
        measure = reading.plan.measure.model_copy(update={"window": variation.window})
        rows = reading.wide(reading.measured(measure, "measure"), measure)
        if not pc.any(pc.equal(rows["status"], NOT_YET_OBSERVED)).as_py():
            found[variation.name] = rows
    return found


def _secondary(reading: _Reading, rows: pa.Table) -> dict[str, pa.Table]:
    found = {}
    for number, outcome in enumerate(reading.plan.secondary):
        of_it = reading.measured(outcome.measure, "secondary", number, "measure")
        other = reading.wide(of_it, outcome.measure)
        found[outcome.name] = _of_the_same(rows, other)
    return found


def _of_the_same(rows: pa.Table, other: pa.Table) -> pa.Table:
    """The people of rows, in their order, with the other measure's outcome and times."""
    at = pc.index_in(rows["enrolment"], value_set=other["enrolment"])
    for name in ("quantity", "status", "days", "ended"):
        if name not in rows.column_names:
            continue
        column = other[name].take(at)
        if name == "status":
            column = pc.fill_null(column, NOT_IN_POPULATION)
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return rows
