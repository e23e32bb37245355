"""From a snapshot to estimates, and to the results they give the outcomes that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.deal.results import Result
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Refusal
from payforsuccess.measures.attrition import Attrition
from payforsuccess.runs.data.ingest import Tell, keep_quiet
from payforsuccess.runs.measure.as_drawn import refuse_not_as_drawn
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.runs.measure.enrolled_checked import refuse_enrolled_otherwise
from payforsuccess.runs.measure.estimating import (
    Estimating,
    leads_to,
    plans_used,
    refuse_all,
)
from payforsuccess.runs.measure.measuring import attrition_of_people, unreported_endings
from payforsuccess.runs.measure.plan_people import PlanPeople, plan_people
from payforsuccess.runs.measure.sql_listing import listing
from payforsuccess.store import Snapshot, Store


@dataclass(frozen=True)
class EvaluatedPlan:
    """One plan: its estimate, the results it gives, the rows of people, and their SQL.

    attrition: who left the count at which rule, of everyone enrolled and then by arm.
    """

    estimate: Estimate
    payable: PayableEstimate
    results: tuple[Result, ...]
    rows: pa.Table
    sql: str
    findings: tuple[Finding, ...]
    attrition: tuple[Attrition, ...] = ()


@dataclass(frozen=True)
class Evaluated:
    """All plans of the deal that an outcome rests on, and those they fall back to or pool.

    estimating: how the rows came to the estimates, so that other rows can be used while the store
    is open; None where there is no plan.
    """

    plans: tuple[EvaluatedPlan, ...]
    estimating: Estimating | None = field(default=None, repr=False, compare=False)

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
    names: Iterable[str] | None = None,
    tell: Tell = keep_quiet,
) -> Evaluated:
    """Every plan that an outcome names under `estimate`, on the snapshot's records.

    A plan that one of these falls back to or pools is estimated too; one that cannot be is told as
    a finding, and refused only where a value rests on it. Refuses plans that this version does not
    compute, and those some of whose windows are not yet seen to their end: an early estimate would
    be an interim look, which the plan must have agreed. All is told together. `records` are the
    cohort's, where they were looked up before; `names` the plans asked for, where they are not
    those that an outcome rests on.
    """
    resting = (o.estimate for o in deal.outcomes.values() if o.estimate is not None)
    named = dict.fromkeys(resting if names is None else names)
    if not named:
        return Evaluated(())
    if records is None:
        records = cohort_records(deal, snapshot, store=store)
    outcomes: dict[str, tuple[str, ...]] = {}
    people: dict[str, PlanPeople] = {}
    refused: dict[str, Refusal] = {}
    for name in plans_used(deal, named):
        own = tuple(o for o, outcome in deal.outcomes.items() if outcome.estimate == name)
        outcomes[name] = own
        try:
            people[name] = _people_of(deal, name, own, store, records)
        except Refusal as refusal:
            refused[name] = refusal
    estimating = Estimating(deal, people, outcomes)
    found, without = estimating.estimate()
    refused |= without
    refuse_all(refused[name] for name in named if name in refused)
    plans = []
    for name, one in found.items():
        at = deal.place_of("evaluation", name, "measure")
        where = deal.place_of("evaluation", name)
        plan, mine = deal.evaluation[name], people[name]
        findings = (
            *unreported_endings(deal, plan.measure, at),
            *(Finding("estimate", note, where) for note in one.estimate.notes),
            *_never_assigned(deal, name, mine.rows, records),
            *_not_needed(deal, plan, refused),
        )
        plans.append(
            EvaluatedPlan(
                one.estimate,
                one.payable,
                one.results,
                mine.measured.rows,
                listing(deal, name, mine.measured.sql),
                findings,
                attrition_of_people(store, plan.measure, mine.measured),
            )
        )
        tell(f"{name}: {_arms_in_words(one.estimate)}")
    return Evaluated(tuple(plans), estimating)


def _people_of(
    deal: Deal, name: str, outcomes: tuple[str, ...], store: Store, records: CohortRecords
) -> PlanPeople:
    from payforsuccess.evaluation import check_estimable

    plan = deal.evaluation[name]
    problems = check_estimable(plan, where=deal.place_of("evaluation", name))
    if problems:
        raise Refusal(problems)
    people = plan_people(
        deal, name, plan, excused_as=(name, *outcomes), store=store, records=records
    )
    where = deal.place_of("evaluation", name)
    refuse_not_as_drawn(deal, plan, people.rows, records, where)
    refuse_enrolled_otherwise(plan, people.rows, records, where)
    return people


def _never_assigned(
    deal: Deal, name: str, rows: pa.Table, records: CohortRecords
) -> Iterable[Finding]:
    """People whom the programme enrolled outside the plan's population, and in no arm of it."""
    plan = deal.evaluation[name]
    if not isinstance(plan, Randomised):
        return
    enrolled = records.store.run(records.taking_part.select("person").distinct())
    arms = pa.array([plan.arms.treated, plan.arms.control])
    own = rows.filter(pc.is_in(rows["arm"], arms))["person"]
    outside = enrolled.num_rows - (pc.sum(pc.is_in(enrolled["person"], own)).as_py() or 0)
    if outside:
        was = "was" if outside == 1 else "were"
        yield Finding(
            "enrolment",
            f"{counted(outside, 'person')} {was} enrolled by the programme and {was} never "
            f"assigned to an arm of {name}, so far as the records say: the estimate leaves them "
            "out. Find out how they came in.",
            deal.place_of("evaluation", name),
        )


def _not_needed(
    deal: Deal, plan: EvaluationPlan, refused: Mapping[str, Refusal]
) -> Iterable[Finding]:
    """A plan that this one could have fallen back to has no estimate, and none was needed."""
    for name in leads_to(plan):
        if name in refused:
            why = " ".join(problem.what for problem in refused[name].problems)
            yield Finding(
                "estimate",
                f"The plan {name}, which another falls back to, has no estimate now: {why}",
                deal.place_of("evaluation", name),
            )


def _arms_in_words(estimate: Estimate) -> str:
    parts = [
        f"{int(arm.total):,} of {arm.known:,} in {arm.arm}"
        if estimate.is_share
        else f"{float(arm.mean):,.1f} {estimate.unit} in {arm.arm}"
        for arm in estimate.arms
    ]
    return " against ".join(parts)
