"""From a snapshot to results: what each measured outcome came to, period by period."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, MeanDifference, Measure, MeasureBase
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.tables import PERSON_ROWS
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures import (
    KNOWN,
    NOT_YET_OBSERVED,
    arm_counts,
    check_computable,
    compile_by_arm,
    compile_by_period,
    compile_person_rows,
    compile_with_period,
    mean_difference,
    percent_reduction,
)
from payforsuccess.runs.ingest import Tell, keep_quiet
from payforsuccess.runs.measuring import (
    MeasuredPeople,
    measure_people,
    rows_of,
    unreported_endings,
)
from payforsuccess.runs.slots import points_of, slot_of_effect
from payforsuccess.store import Snapshot, Store, joined, rows_fingerprint
from payforsuccess.units import Period


@dataclass(frozen=True)
class MeasuredOutcome:
    """One outcome: its results, the rows of people behind them, and the SQL that found those."""

    outcome: str
    results: tuple[Result, ...]
    rows: pa.Table
    fingerprint: str
    sql: str


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
    deal: Deal, snapshot: Snapshot, *, store: Store, tell: Tell = keep_quiet
) -> Measured:
    """Every outcome of the deal that states a measure, on the snapshot's records.

    A window belongs to the period that holds its last day. A period in which some window is not
    yet seen to its end has no result, and a finding says so. Refuses every measure that this
    version does not compute, all told together.
    """
    measured: list[MeasuredOutcome] = []
    ledger: list[pa.Table] = []
    findings: list[Finding] = []
    problems: list[Problem] = []
    for name, outcome in deal.outcomes.items():
        if outcome.measure is None:
            continue
        where = deal.place_of("outcomes", name, "measure")
        try:
            found = _measure(deal, name, outcome, outcome.measure, store, snapshot, where)
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
    snapshot: Snapshot,
    where: Place,
) -> _Found:
    problems = check_computable(measure, where=where)
    if problems:
        raise Refusal(problems)
    of = measure if isinstance(measure, MeasureBase) else measure.of
    people = measure_people(
        deal, of, excused_as=(name,), store=store, snapshot=snapshot, where=where
    )
    findings = unreported_endings(deal, of, where)
    if isinstance(measure, AcrossArms):
        result, rows = _across_arms(deal, name, measure, people, store)
        kept = MeasuredOutcome(name, (result,), rows, str(result.evidence), people.sql)
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
    return _by_period(deal, name, outcome, people, store, findings)


def _across_arms(
    deal: Deal,
    name: str,
    measure: AcrossArms,
    people: MeasuredPeople,
    store: Store,
) -> tuple[Result, pa.Table]:
    rows = rows_of(store, people)
    counts = arm_counts(store.run(compile_by_arm(people.rows)))
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
    people: MeasuredPeople,
    store: Store,
    findings: tuple[Finding, ...],
) -> _Found:
    periods = deal.schedule.all()
    dated = compile_with_period(people.rows, periods=periods)
    rows = rows_of(store, people)
    evidence = rows_fingerprint(rows)
    statuses: dict[int, dict[str, tuple[int, int]]] = {}
    for row in store.run(compile_by_period(dated)).to_pylist():
        if row["period"] is not None:
            of_period = statuses.setdefault(row["period"], {})
            of_period[row["status"]] = (row["people"], int(row["total"]))
    results = []
    to_date = Fraction(0)
    for period in periods:
        of_period = statuses.get(period.number, {})
        if not _is_seen(period, of_period, people):
            if of_period:
                findings = (*findings, _not_yet(deal, name, period, of_period))
            break
        known, total = of_period.get(KNOWN, (0, 0))
        to_date += total
        results.append(
            Result(
                outcome=name,
                period=period.number,
                value=to_date if outcome.reported_as == "to-date" else Fraction(total),
                people=known,
                evidence=evidence,
            )
        )
        unknown = sum(count for count, _ in of_period.values()) - known
        if unknown:
            findings = (*findings, _unknown(deal, name, period, unknown))
    reported = [result.period for result in results]
    ledger = store.run(compile_person_rows(dated, outcome=name))
    in_reported = pc.is_in(ledger.column("period"), pa.array(reported, pa.int64()))
    kept = MeasuredOutcome(name, tuple(results), rows, evidence, people.sql)
    return _Found(kept, [ledger.filter(in_reported)], findings)


def _is_seen(period: Period, statuses: dict[str, tuple[int, int]], people: MeasuredPeople) -> bool:
    """Whether every window that ends in the period was seen to its end."""
    if NOT_YET_OBSERVED in statuses:
        return False
    return bool(statuses) or period.last_day <= people.seen.through


def _not_yet(
    deal: Deal, name: str, period: Period, statuses: dict[str, tuple[int, int]]
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
