"""From a snapshot to results: what each measured outcome came to, period by period."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import (
    AcrossArms,
    MeanDifference,
    Measure,
    MeasureBase,
    MoneySum,
    PersonMeasure,
    ShareOfCohort,
)
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.tables import PERSON_ROWS
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import (
    KNOWN,
    NOT_YET_OBSERVED,
    arm_counts,
    check_computable,
    compile_by_arm,
    compile_by_period,
    compile_parts_by_period,
    compile_parts_ledger,
    compile_person_rows,
    compile_with_period,
    mean_difference,
    percent_reduction,
)
from payforsuccess.measures.attrition import Attrition
from payforsuccess.measures.share_of_cohort import compile_reached, share_of_cohort
from payforsuccess.runs.data.ingest import Tell, keep_quiet
from payforsuccess.runs.data.slots import points_of, slot_of_effect
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.runs.measure.measuring import (
    MeasuredPeople,
    attrition_of_people,
    count_without_amount,
    measure_parts,
    measure_people,
    unreported_endings,
)
from payforsuccess.runs.measure.sql_listing import listing
from payforsuccess.store import Snapshot, Store, joined, rows_fingerprint
from payforsuccess.units import Period, exact_text


@dataclass(frozen=True)
class MeasuredOutcome:
    """One outcome: its results, the rows of people behind them, and the SQL that found those.

    attrition: who left the count at which rule, of everyone enrolled and then by arm.
    """

    outcome: str
    results: tuple[Result, ...]
    rows: pa.Table
    fingerprint: str
    sql: str
    attrition: tuple[Attrition, ...] = ()


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
    tell: Tell = keep_quiet,
) -> Measured:
    """Every outcome of the deal that states a measure, on the snapshot's records.

    A window belongs to the period that holds its last day. A period in which some window is not
    yet seen to its end has no result, and a finding says so. What is earned as it happens belongs
    to the period in which it did, which has a result once every feed has seen it to its end.
    Refuses every measure that this version does not compute, all told together.

    records: the cohort's, where they were looked up before; otherwise they are now, once.
    """
    measured: list[MeasuredOutcome] = []
    ledger: list[pa.Table] = []
    findings: list[Finding] = []
    problems: list[Problem] = []
    if records is None and any(outcome.measure for outcome in deal.outcomes.values()):
        records = cohort_records(deal, snapshot, store=store)
    for name, outcome in deal.outcomes.items():
        if outcome.measure is None or records is None:
            continue
        where = deal.place_of("outcomes", name, "measure")
        try:
            found = _measure(deal, name, outcome, outcome.measure, store, records, where)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        measured.append(found.outcome)
        ledger += found.person_rows
        findings += found.findings
        people = found.outcome.rows.num_rows
        tell(f"{name}: {people:,} people, {len(found.outcome.results)} results")
    if problems:
        raise Refusal(problems)
    return Measured(tuple(measured), joined(PERSON_ROWS, ledger), tuple(findings))


@dataclass(frozen=True)
class _Found:
    outcome: MeasuredOutcome
    person_rows: list[pa.Table]
    findings: tuple[Finding, ...]


def _measure(
    deal: Deal,
    name: str,
    outcome: Outcome,
    measure: Measure,
    store: Store,
    records: CohortRecords,
    where: Place,
) -> _Found:
    problems = check_computable(measure, where=where)
    if problems:
        raise Refusal(problems)
    of = measure if isinstance(measure, MeasureBase) else measure.of
    findings = unreported_endings(deal, of, where)
    if isinstance(measure, AcrossArms):
        people = measure_people(
            deal, of, excused_as=(name,), store=store, records=records, where=where
        )
        result, rows = _across_arms(deal, name, measure, people, store)
        kept = _kept(deal, name, of, (result,), rows, people, store)
        return _Found(kept, [], findings)
    if points_of(deal, name):
        raise Refusal(
            Problem(
                f"The outcome {name} is read at measurement points, and this version measures "
                "people by period.",
                "Estimate it by a plan, or determine its values by hand.",
                where,
            )
        )
    if of.earned == "as-it-happens" and not isinstance(measure, ShareOfCohort):
        parts = measure_parts(
            deal,
            of,
            periods=deal.schedule.all(),
            excused_as=(name,),
            store=store,
            records=records,
            where=where,
        )
        _refuse_finer(deal, name, outcome, parts.rows)
        if isinstance(of, MoneySum):
            missing = count_without_amount(
                deal, of, excused_as=(name,), store=store, records=records
            )
            findings += _without_amount(deal, name, missing)
        return _as_it_happens(deal, name, outcome, parts, store, findings)
    people = measure_people(deal, of, excused_as=(name,), store=store, records=records, where=where)
    return _by_period(deal, name, outcome, measure, people, store, findings)


def _kept(
    deal: Deal,
    name: str,
    measure: PersonMeasure,
    results: tuple[Result, ...],
    rows: pa.Table,
    people: MeasuredPeople,
    store: Store,
) -> MeasuredOutcome:
    return MeasuredOutcome(
        name,
        results,
        rows,
        rows_fingerprint(rows),
        listing(deal, name, people.sql),
        attrition_of_people(store, measure, people, rows),
    )


def _across_arms(
    deal: Deal,
    name: str,
    measure: AcrossArms,
    people: MeasuredPeople,
    store: Store,
) -> tuple[Result, pa.Table]:
    rows = people.rows
    counts = arm_counts(store.run(compile_by_arm(people.table)))
    if isinstance(measure, MeanDifference):
        value = mean_difference(measure, counts)
    else:
        value = percent_reduction(measure, counts)
    slot = slot_of_effect(deal, name, last_day=pc.max(rows.column("last_day")).as_py())
    known = counts[measure.treated].known + counts[measure.control].known
    result = Result.model_validate(
        {
            **slot,
            "outcome": name,
            "value": value,
            "people": known,
            "evidence": rows_fingerprint(rows),
        }
    )
    return result, rows


def _by_period(
    deal: Deal,
    name: str,
    outcome: Outcome,
    measure: PersonMeasure | ShareOfCohort,
    people: MeasuredPeople,
    store: Store,
    findings: tuple[Finding, ...],
) -> _Found:
    periods = deal.schedule.all()
    share = measure if isinstance(measure, ShareOfCohort) else None
    taken = people.table if share is None else compile_reached(share, people.table)
    dated = compile_with_period(taken, periods=periods)
    rows = people.rows
    if share is None:
        _refuse_finer(deal, name, outcome, rows)
    evidence = rows_fingerprint(rows)
    statuses: dict[int, dict[str, tuple[int, Fraction]]] = {}
    for row in store.run(compile_by_period(dated)).to_pylist():
        if row["period"] is not None:
            of_period = statuses.setdefault(row["period"], {})
            of_period[row["status"]] = (row["people"], Fraction(row["total"]))
    results = []
    so_far = (0, Fraction(0))
    for period in periods:
        of_period = statuses.get(period.number, {})
        if not _is_seen(period, of_period, people):
            if of_period:
                findings = (*findings, _not_yet(deal, name, period, of_period))
            break
        known, total = of_period.get(KNOWN, (0, Fraction(0)))
        so_far = (so_far[0] + known, so_far[1] + total)
        # everyone so far where results are to date
        counts, value = so_far if outcome.reported_as == "to-date" else (known, total)
        if share is not None and not counts:
            findings = (*findings, _no_share(deal, name, period))
            continue
        if share is not None:
            value = share_of_cohort(int(value), counts, unit=outcome.unit)
        results.append(
            Result(
                outcome=name,
                period=period.number,
                value=value,
                people=known if share is None else counts,
                evidence=evidence,
            )
        )
        unknown = sum(count for count, _ in of_period.values()) - known
        if unknown:
            findings = (*findings, _unknown(deal, name, period, unknown))
    of = measure.of if isinstance(measure, ShareOfCohort) else measure
    kept = _kept(deal, name, of, tuple(results), rows, people, store)
    if share is not None:  # a share is no sum of what people add, so no one has a part in it
        return _Found(kept, [], findings)
    reported = [result.period for result in results]
    ledger = store.run(compile_person_rows(dated, outcome=name))
    in_reported = pc.is_in(ledger.column("period"), pa.array(reported, pa.int64()))
    return _Found(kept, [ledger.filter(in_reported)], findings)


def _refuse_finer(deal: Deal, name: str, outcome: Outcome, rows: pa.Table) -> None:
    """Refuse people's quantities between two steps, unless the outcome rounds its values."""
    if outcome.rounding != "refuse" or not pa.types.is_decimal(rows.schema.field("quantity").type):
        return
    finer = sum(
        quantity is not None and (Fraction(quantity) / outcome.tick).denominator != 1
        for quantity in rows.column("quantity").to_pylist()
    )
    if finer:
        raise Refusal(
            Problem(
                f"{name}: the numbers of {counted(finer, 'person')} are finer than the outcome's "
                f"smallest step, {exact_text(outcome.tick)}.",
                "State how each is rounded (`rounding` of the measure), or a smaller `tick`.",
                deal.place_of("outcomes", name, "measure"),
            )
        )


def _as_it_happens(
    deal: Deal,
    name: str,
    outcome: Outcome,
    parts: MeasuredPeople,
    store: Store,
    findings: tuple[Finding, ...],
) -> _Found:
    """Each period that every feed has seen to its end; its people are those who earned in it."""
    evidence = rows_fingerprint(parts.rows)
    sums = {
        row["period"]: (row["people"], Fraction(row["total"]))
        for row in store.run(compile_parts_by_period(parts.table)).to_pylist()
    }
    results = []
    to_date = Fraction(0)
    for period in deal.schedule.all():
        if period.last_day > parts.seen.through:
            break
        people, total = sums.get(period.number, (0, Fraction(0)))
        to_date += total
        results.append(
            Result(
                outcome=name,
                period=period.number,
                value=to_date if outcome.reported_as == "to-date" else total,
                people=people,
                evidence=evidence,
            )
        )
    reported = [result.period for result in results]
    ledger = store.run(compile_parts_ledger(parts.table, outcome=name))
    in_reported = pc.is_in(ledger.column("period"), pa.array(reported, pa.int64()))
    sql = listing(deal, name, parts.sql)
    kept = MeasuredOutcome(name, tuple(results), parts.rows, evidence, sql)
    return _Found(kept, [ledger.filter(in_reported)], findings)


def _is_seen(
    period: Period, statuses: dict[str, tuple[int, Fraction]], people: MeasuredPeople
) -> bool:
    """Whether every window that ends in the period was seen to its end."""
    if NOT_YET_OBSERVED in statuses:
        return False
    return bool(statuses) or period.last_day <= people.seen.through


def _not_yet(
    deal: Deal, name: str, period: Period, statuses: dict[str, tuple[int, Fraction]]
) -> Finding:
    waiting = statuses[NOT_YET_OBSERVED][0]
    return Finding(
        "not-yet-observed",
        f"{name}, {period}: {waiting:,} windows are not yet seen to their end, so the period has "
        "no result.",
        deal.place_of("outcomes", name),
    )


def _unknown(deal: Deal, name: str, period: Period, unknown: int) -> Finding:
    return Finding(
        "unknown",
        f"{name}, {period}: the result of {unknown:,} people is unknown by the measure's rules; "
        "they count neither for nor against.",
        deal.place_of("outcomes", name),
    )


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


def _no_share(deal: Deal, name: str, period: Period) -> Finding:
    return Finding(
        "unknown",
        f"{name}, {period}: no one has a known result, so there is no share.",
        deal.place_of("outcomes", name),
    )
