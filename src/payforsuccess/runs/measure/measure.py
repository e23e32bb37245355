"""From a snapshot to results: what each measured outcome came to, period by period."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, Measure, MeasureBase, MoneySum
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.tables import PERSON_ROWS
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import check_computable
from payforsuccess.measures.attrition import Attrition
from payforsuccess.runs.data.ingest import Tell, keep_quiet
from payforsuccess.runs.data.slots import points_of
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.runs.measure.control_unseen import ControlUnseen
from payforsuccess.runs.measure.counting import (
    AcrossArmsCounting,
    Counting,
    Counts,
    PartsCounting,
    PeriodCounting,
)
from payforsuccess.runs.measure.measuring import (
    attrition_of_people,
    count_without_amount,
    measure_parts,
    measure_people,
    unreported_endings,
)
from payforsuccess.runs.measure.point_counting import PointCounting
from payforsuccess.runs.measure.sql_listing import listing
from payforsuccess.store import Snapshot, Store, joined, rows_fingerprint


@dataclass(frozen=True)
class MeasuredOutcome:
    """One outcome: its results, the rows of people behind them, and the SQL that found those.

    attrition: who left the count at which rule, of everyone enrolled and then by arm. counting: how
    the rows came to results, so that other rows can be counted alike while the store is open.
    """

    outcome: str
    results: tuple[Result, ...]
    rows: pa.Table
    fingerprint: str
    sql: str
    attrition: tuple[Attrition, ...] = ()
    counting: Counting | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Measured:
    """All measured outcomes, and the rows of the person ledger."""

    outcomes: tuple[MeasuredOutcome, ...]
    person_rows: pa.Table
    findings: tuple[Finding, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of all outcomes, provisional until someone determines them."""
        return tuple(result for outcome in self.outcomes for result in outcome.results)


def measure_outcomes(
    deal: Deal,
    snapshot: Snapshot,
    *,
    store: Store,
    records: CohortRecords | None = None,
    with_control: bool = False,
    tell: Tell = keep_quiet,
) -> Measured:
    """Every outcome of the deal that states a measure, on the snapshot's records.

    A window belongs to the period that holds its last day. A period in which some window is not
    yet seen to its end has no result, and a finding says so. What is earned as it happens belongs
    to the period in which it did, which has a result once every feed has seen it to its end. An
    outcome that a term reads at a measurement point has one result there, of everyone counted.
    An outcome that counts a control group, or compares with one, has no result before its study is
    over; a finding names the plan, whose looks show it to those who may see it. Refuses every
    measure that this version does not compute, all told together.

    records: the cohort's, where they were looked up before; otherwise they are now, once.
    with_control: for a caller that takes control groups out itself.
    """
    measured: list[MeasuredOutcome] = []
    ledger: list[pa.Table] = []
    findings: list[Finding] = []
    problems: list[Problem] = []
    if records is None and any(outcome.measure for outcome in deal.outcomes.values()):
        records = cohort_records(deal, snapshot, store=store)
    unseen = None if with_control or records is None else ControlUnseen(deal, store, records)
    for name, outcome in deal.outcomes.items():
        if outcome.measure is None or records is None:
            continue
        where = deal.place_of("outcomes", name, "measure")
        if unseen is not None and (running := unseen.plan_named(outcome.measure)):
            findings.append(unseen.withheld(name, running))
            continue
        try:
            found, counts = _measure(deal, name, outcome, outcome.measure, store, records, where)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        if unseen is not None and (running := unseen.plan_counted(found.rows)):
            findings.append(unseen.withheld(name, running))
            continue
        measured.append(found)
        ledger += counts.person_rows
        findings += counts.findings
        tell(f"{name}: {found.rows.num_rows:,} people, {len(found.results)} results")
    if problems:
        raise Refusal(problems)
    return Measured(tuple(measured), joined(PERSON_ROWS, ledger), tuple(findings))


def _measure(
    deal: Deal,
    name: str,
    outcome: Outcome,
    measure: Measure,
    store: Store,
    records: CohortRecords,
    where: Place,
) -> tuple[MeasuredOutcome, Counts]:
    problems = check_computable(measure, where=where)
    if problems:
        raise Refusal(problems)
    of = measure if isinstance(measure, MeasureBase) else measure.of
    findings = unreported_endings(deal, of, where)
    at_points = bool(points_of(deal, name))
    is_parted = of.earned == "as-it-happens" and isinstance(measure, MeasureBase)
    if at_points and is_parted:
        raise Refusal(
            Problem(
                f"The outcome {name} is read at measurement points, and what is earned as it "
                "happens belongs to the period in which it did.",
                "Write `earned: when-the-window-ends`, or read it by period.",
                where,
            )
        )
    counting: Counting
    if is_parted:
        parts = measure_parts(
            deal,
            of,
            periods=deal.schedule.all(),
            excused_as=(name,),
            store=store,
            records=records,
            where=where,
        )
        counting = PartsCounting(deal, name, outcome, parts, store)
        if isinstance(of, MoneySum):
            missing = count_without_amount(
                deal, of, excused_as=(name,), store=store, records=records
            )
            findings += _without_amount(deal, name, missing)
    else:
        people = measure_people(
            deal, of, excused_as=(name,), store=store, records=records, where=where
        )
        if isinstance(measure, AcrossArms):
            counting = AcrossArmsCounting(deal, name, outcome, people, store, measure)
        elif at_points:
            counting = PointCounting(deal, name, outcome, people, store, measure)
        else:
            counting = PeriodCounting(deal, name, outcome, people, store, measure)
    counts = counting.count()
    found = counting.people
    measured = MeasuredOutcome(
        name,
        counts.results,
        found.rows,
        rows_fingerprint(found.rows),
        listing(deal, name, found.sql),
        () if is_parted else attrition_of_people(store, of, found),
        counting,
    )
    return measured, replace(counts, findings=(*findings, *counts.findings))


def _without_amount(deal: Deal, name: str, missing: int) -> tuple[Finding, ...]:
    if not missing:
        return ()
    return (
        Finding(
            "unknown",
            f"{name}: an amount is missing for {counted(missing, 'person')}; from its day on "
            "nothing is counted for them until it is known.",
            deal.place_of("outcomes", name),
        ),
    )
