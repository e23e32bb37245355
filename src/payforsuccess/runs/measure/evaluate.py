"""From a snapshot to estimates, and to the results they give the outcomes that rest on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.results import Result
from payforsuccess.deal.words import unit_of_measure
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import NOT_YET_OBSERVED, Tables
from payforsuccess.measures.attrition import Attrition
from payforsuccess.measures.evaluation_rows import compile_evaluation_rows
from payforsuccess.measures.lazily import ir
from payforsuccess.runs.data.ingest import Tell, keep_quiet
from payforsuccess.runs.data.slots import slot_of_effect
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.runs.measure.measuring import (
    MeasuredPeople,
    attrition_of_people,
    measure_people,
    unreported_endings,
)
from payforsuccess.runs.measure.sql_listing import listing
from payforsuccess.store import Snapshot, Store, rows_fingerprint


@dataclass(frozen=True)
class Estimating:
    """How a plan's estimate is made; the same can be made of other rows of people."""

    deal: Deal
    name: str
    plan: EvaluationPlan
    outcomes: tuple[str, ...]
    people: MeasuredPeople
    tables: Tables
    store: Store

    def estimate(self) -> Estimated:
        """The estimate and the results it gives, from the measure's own rows."""
        return self._estimated(self.people.rows)

    def estimate_others(self, rows: pa.Table) -> Estimated:
        """The same from other rows of the same form, as if the measure had found these."""
        self.people.show(self.store, rows)
        return self._estimated(rows)

    @cached_property
    def _seen(self) -> ir.Table:
        traits = (*self.plan.covariates, *self.plan.balance_on)
        return compile_evaluation_rows(self.people.table, self.tables, traits=traits)

    def _estimated(self, rows: pa.Table) -> Estimated:
        from payforsuccess.evaluation import estimate_effect, payable_of

        where = self.deal.place_of("evaluation", self.name)
        _refuse_unfinished(rows, where)
        estimate = estimate_effect(
            self.plan,
            self.store.run(self._seen),
            name=self.name,
            evidence=rows_fingerprint(rows),
            unit=unit_of_measure(self.plan.measure, self.deal.currency),
            where=where,
        )
        payable = payable_of(self.plan, estimate)
        last_day = pc.max(rows.column("last_day")).as_py()
        return Estimated(estimate, payable, self._results(estimate, payable, last_day))

    def _results(
        self, estimate: Estimate, payable: PayableEstimate, last_day: date
    ) -> tuple[Result, ...]:
        return tuple(
            Result.model_validate(
                {
                    **slot_of_effect(self.deal, outcome, last_day=last_day),
                    "outcome": outcome,
                    "value": payable.value,
                    "is_approximate": not _is_exact(estimate, payable),
                    "people": payable.people,
                    "interval": payable.interval,
                    "p_value": payable.p_value,
                    "evidence": payable.fingerprint,
                }
            )
            for outcome in self.outcomes
        )


@dataclass(frozen=True)
class Estimated:
    """The scientific headline, what a payment may rest on, and the results that says."""

    estimate: Estimate
    payable: PayableEstimate
    results: tuple[Result, ...]


def _is_exact(estimate: Estimate, payable: PayableEstimate) -> bool:
    """Point estimates from counts are exact; a bound, a mean's error or a combination is not."""
    if payable.value == 0:
        return True
    is_counted = estimate.estimator == "difference-in-proportions"
    return is_counted and payable.value == estimate.effect.value


@dataclass(frozen=True)
class EvaluatedPlan:
    """One plan: its estimate, the results it gives, the rows of people, and their SQL.

    attrition: who left the count at which rule, of everyone enrolled and then by arm. estimating:
    how the rows came to the estimate, so that other rows can be used while the store is open.
    """

    estimate: Estimate
    payable: PayableEstimate
    results: tuple[Result, ...]
    rows: pa.Table
    sql: str
    findings: tuple[Finding, ...]
    attrition: tuple[Attrition, ...] = ()
    estimating: Estimating | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Evaluated:
    """All plans of the deal that an outcome rests on."""

    plans: tuple[EvaluatedPlan, ...]

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The estimates, in the order of the outcomes that use them."""
        return tuple(plan.estimate for plan in self.plans)

    @property
    def results(self) -> tuple[Result, ...]:
        """The results, provisional until an evaluator determines them."""
        return tuple(result for plan in self.plans for result in plan.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a careful reader should know."""
        return tuple(finding for plan in self.plans for finding in plan.findings)


def evaluate_plans(
    deal: Deal,
    snapshot: Snapshot,
    *,
    store: Store,
    records: CohortRecords | None = None,
    tell: Tell = keep_quiet,
) -> Evaluated:
    """Every plan that an outcome names under `estimate`, on the snapshot's records.

    Refuses plans that this version does not compute, all told together. `records` are the
    cohort's, where they were looked up before.
    """
    names = dict.fromkeys(o.estimate for o in deal.outcomes.values() if o.estimate is not None)
    plans: list[EvaluatedPlan] = []
    problems: list[Problem] = []
    if records is None and names:
        records = cohort_records(deal, snapshot, store=store)
    for name in names:
        try:
            plans.append(evaluate_plan(deal, name, snapshot, store=store, records=records))
        except Refusal as refusal:
            problems += refusal.problems
            continue
        estimate = plans[-1].estimate
        tell(f"{name}: {_arms_in_words(estimate)}")
    if problems:
        raise Refusal(problems)
    return Evaluated(tuple(plans))


def evaluate_plan(
    deal: Deal,
    name: str,
    snapshot: Snapshot,
    *,
    store: Store,
    records: CohortRecords | None = None,
) -> EvaluatedPlan:
    """One plan's estimate and the results it gives every outcome that names it.

    The result's value is the estimate after the plan's decision rule. Refuses a plan that is not
    there, and one some of whose windows are not yet seen to their end: an early estimate would be
    an interim look, which the plan must have agreed.
    """
    from payforsuccess.evaluation import check_estimable

    where = deal.place_of("evaluation", name)
    plan = deal.evaluation.get(name)
    if plan is None:
        raise Refusal(
            Problem(
                f"There is no plan called {name}.",
                f"The deal has: {', '.join(deal.evaluation) or 'none'}.",
                deal.place_of("evaluation"),
            )
        )
    problems = check_estimable(plan, where=where)
    if problems:
        raise Refusal(problems)
    outcomes = tuple(o for o, outcome in deal.outcomes.items() if outcome.estimate == name)
    at = deal.place_of("evaluation", name, "measure")
    if records is None:
        records = cohort_records(deal, snapshot, store=store)
    people = measure_people(
        deal,
        plan.measure,
        excused_as=(name, *outcomes),
        store=store,
        records=records,
        where=at,
    )
    estimating = Estimating(deal, name, plan, outcomes, people, records.tables, store)
    found = estimating.estimate()
    findings = (
        *unreported_endings(deal, plan.measure, at),
        *(Finding("estimate", note, where) for note in found.estimate.notes),
    )
    sql = listing(deal, name, people.sql)
    attrition = attrition_of_people(store, plan.measure, people)
    return EvaluatedPlan(
        found.estimate,
        found.payable,
        found.results,
        people.rows,
        sql,
        findings,
        attrition,
        estimating,
    )


def _refuse_unfinished(rows: pa.Table, where: Place) -> None:
    if not rows.num_rows:
        raise Refusal(
            Problem(
                "No one in the records belongs to the plan's population.",
                "Correct the population, or wait for enrolments.",
                where,
            )
        )
    waiting = pc.sum(pc.equal(rows.column("status"), NOT_YET_OBSERVED)).as_py()
    if waiting:
        raise Refusal(
            Problem(
                f"{waiting:,} of {rows.num_rows:,} windows are not yet seen to their end.",
                "Wait until the feeds are complete through the last window, or limit the plan's "
                "population to those who started earlier.",
                where,
            )
        )


def _arms_in_words(estimate: Estimate) -> str:
    parts = [
        f"{int(arm.total):,} of {arm.known:,} in {arm.arm}"
        if estimate.is_share
        else f"{float(arm.mean):,.1f} {estimate.unit} in {arm.arm}"
        for arm in estimate.arms
    ]
    return " against ".join(parts)
