"""From the rows of a measure to an outcome's results: period by period, or one across arms."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, MeanDifference, PersonMeasure, ShareOfCohort
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.measures import (
    KNOWN,
    NOT_YET_OBSERVED,
    arm_counts,
    compile_by_arm,
    compile_by_period,
    compile_parts_by_period,
    compile_parts_ledger,
    compile_person_rows,
    compile_with_period,
    mean_difference,
    percent_reduction,
)
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.share_of_cohort import compile_reached, share_of_cohort
from payforsuccess.runs.data.slots import slot_of_effect
from payforsuccess.runs.measure.measuring import MeasuredPeople
from payforsuccess.store import Store, rows_fingerprint
from payforsuccess.units import Period, exact_text

_WAY = "way_of_matching"
_THEN = "\x1d"
"""Between the number of a way and what a column holds: no key of a person has it."""


@dataclass(frozen=True)
class Counts:
    """What rows of people come to: results, the rows of the person ledger, what to know."""

    results: tuple[Result, ...]
    person_rows: tuple[pa.Table, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Counting(ABC):
    """How one outcome is counted; the same question can be asked of other rows of people."""

    deal: Deal
    name: str
    outcome: Outcome
    people: MeasuredPeople
    store: Store

    def count(self) -> Counts:
        """What the measure's own rows come to."""
        return self._counts(self.people.rows)

    def count_others(self, rows: pa.Table) -> Counts:
        """What other rows of the same form come to, as if the measure had found these."""
        self.people.show(self.store, rows)
        return self._counts(rows)

    def count_ways(self, ways: Sequence[pa.Table]) -> list[Counts]:
        """The same for several tables of rows, each by itself."""
        return [self.count_others(rows) for rows in ways]

    @abstractmethod
    def _counts(self, rows: pa.Table) -> Counts:
        """What the rows come to, which `people.table` now shows."""


@dataclass(frozen=True)
class AcrossArmsCounting(Counting):
    """One result for all: a treated arm against a control arm."""

    measure: AcrossArms

    @cached_property
    def _by_arm(self) -> ir.Table:
        return compile_by_arm(self.people.table)

    def _counts(self, rows: pa.Table) -> Counts:
        measure = self.measure
        counts = arm_counts(self.store.run(self._by_arm))
        if isinstance(measure, MeanDifference):
            value = mean_difference(measure, counts)
        else:
            value = percent_reduction(measure, counts)
        last_day = pc.max(rows.column("last_day")).as_py()
        result = Result.model_validate(
            {
                **slot_of_effect(self.deal, self.name, last_day=last_day),
                "outcome": self.name,
                "value": value,
                "people": counts[measure.treated].known + counts[measure.control].known,
                "evidence": rows_fingerprint(rows),
            }
        )
        return Counts((result,))


@dataclass(frozen=True)
class PeriodCounting(Counting):
    """A result for each period whose windows were all seen to their end."""

    measure: PersonMeasure | ShareOfCohort

    @property
    def _share(self) -> ShareOfCohort | None:
        return self.measure if isinstance(self.measure, ShareOfCohort) else None

    @cached_property
    def _dated(self) -> ir.Table:
        taken = self.people.table
        if self._share is not None:
            taken = compile_reached(self._share, taken)
        return compile_with_period(taken, periods=self.deal.schedule.all())

    @cached_property
    def _by_period(self) -> ir.Table:
        return compile_by_period(self._dated)

    @cached_property
    def _ledger(self) -> ir.Table:
        return compile_person_rows(self._dated, outcome=self.name)

    def count_ways(self, ways: Sequence[pa.Table]) -> list[Counts]:
        """The same for several tables of rows: the engine is asked once for all of them."""
        if self._share is not None or not ways:
            return super().count_ways(ways)
        numbers = [pa.array([str(at)] * rows.num_rows, pa.string()) for at, rows in enumerate(ways)]
        together = pa.concat_tables(
            [rows.append_column(_WAY, of) for rows, of in zip(ways, numbers, strict=True)]
        )
        name = f"{self.people.table.get_name()}_in_ways"
        shown = self.store.tables_from({name: together})[name]
        dated = compile_with_period(shown, periods=self.deal.schedule.all())
        by_period = compile_by_period(dated.mutate(status=dated[_WAY] + _THEN + dated.status))
        ledger = compile_person_rows(
            dated.mutate(person=dated[_WAY] + _THEN + dated.person), outcome=self.name
        )
        counted_in = _by_way(self.store.run(by_period), "status", len(ways))
        earned_in = _by_way(self.store.run(ledger), "person", len(ways))
        return [
            self._made(rows, of_way, earned)
            for rows, of_way, earned in zip(ways, counted_in, earned_in, strict=True)
        ]

    def _counts(self, rows: pa.Table) -> Counts:
        ledger = self.store.run(self._ledger) if self._share is None else None
        return self._made(rows, self.store.run(self._by_period), ledger)

    def _made(self, rows: pa.Table, by_period: pa.Table, ledger: pa.Table | None) -> Counts:
        """The results, from people by period and status; ledger: who earned, None for a share."""
        share = self._share
        if share is None:
            refuse_finer(self.deal, self.name, self.outcome, rows)
        evidence = rows_fingerprint(rows)
        statuses: dict[int, dict[str, tuple[int, Fraction]]] = {}
        for row in by_period.to_pylist():
            if row["period"] is not None:
                of_period = statuses.setdefault(row["period"], {})
                of_period[row["status"]] = (row["people"], Fraction(row["total"]))
        results: list[Result] = []
        findings: list[Finding] = []
        so_far = (0, Fraction(0))
        for period in self.deal.schedule.all():
            of_period = statuses.get(period.number, {})
            if not _is_seen(period, of_period, self.people):
                if of_period:
                    findings.append(_not_yet(self.deal, self.name, period, of_period))
                break
            known, total = of_period.get(KNOWN, (0, Fraction(0)))
            so_far = (so_far[0] + known, so_far[1] + total)
            # everyone so far where results are to date
            counts, value = so_far if self.outcome.reported_as == "to-date" else (known, total)
            if share is not None and not counts:
                findings.append(_no_share(self.deal, self.name, period))
                continue
            if share is not None:
                value = share_of_cohort(int(value), counts, unit=self.outcome.unit)
            results.append(
                Result(
                    outcome=self.name,
                    period=period.number,
                    value=value,
                    people=known if share is None else counts,
                    evidence=evidence,
                )
            )
            unknown = sum(count for count, _ in of_period.values()) - known
            if unknown:
                findings.append(unknown_results(self.deal, self.name, period, unknown))
        if ledger is None:  # a share is no sum of what people add, so no one has a part in it
            return Counts(tuple(results), (), tuple(findings))
        return Counts(tuple(results), (_of_periods(ledger, results),), tuple(findings))


@dataclass(frozen=True)
class PartsCounting(Counting):
    """As it happens: each period that every feed has seen to its end, and who earned in it."""

    @cached_property
    def _by_period(self) -> ir.Table:
        return compile_parts_by_period(self.people.table)

    @cached_property
    def _ledger(self) -> ir.Table:
        return compile_parts_ledger(self.people.table, outcome=self.name)

    def _counts(self, rows: pa.Table) -> Counts:
        refuse_finer(self.deal, self.name, self.outcome, rows)
        evidence = rows_fingerprint(rows)
        sums = {
            row["period"]: (row["people"], Fraction(row["total"]))
            for row in self.store.run(self._by_period).to_pylist()
        }
        results = []
        to_date = Fraction(0)
        for period in self.deal.schedule.all():
            if period.last_day > self.people.seen.through:
                break
            people, total = sums.get(period.number, (0, Fraction(0)))
            to_date += total
            results.append(
                Result(
                    outcome=self.name,
                    period=period.number,
                    value=to_date if self.outcome.reported_as == "to-date" else total,
                    people=people,
                    evidence=evidence,
                )
            )
        return Counts(tuple(results), (_of_periods(self.store.run(self._ledger), results),))


def _by_way(rows: pa.Table, column: str, ways: int) -> list[pa.Table]:
    """The rows of each way, whose number stands in a column before what that holds."""
    parts = pc.split_pattern(rows.column(column), _THEN, max_splits=1)
    way = pc.list_element(parts, 0)
    told = rows.set_column(rows.column_names.index(column), column, pc.list_element(parts, 1))
    return [told.filter(pc.equal(way, str(at))) for at in range(ways)]


def _of_periods(ledger: pa.Table, results: list[Result]) -> pa.Table:
    """The ledger's rows of the periods that have a result."""
    reported = pa.array([result.period for result in results], pa.int64())
    return ledger.filter(pc.is_in(ledger.column("period"), reported))


def refuse_finer(deal: Deal, name: str, outcome: Outcome, rows: pa.Table) -> None:
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
    are = "is" if waiting == 1 else "are"
    return Finding(
        "not-yet-observed",
        f"{name}, {period}: {counted(waiting, 'window')} {are} not yet seen to "
        f"{'its' if waiting == 1 else 'their'} end, so the period has no result.",
        deal.place_of("outcomes", name),
    )


def unknown_results(deal: Deal, name: str, period: Period, unknown: int) -> Finding:
    """The finding that the measure's own rules leave some people of a period without a result."""
    return Finding(
        "unknown",
        f"{name}, {period}: the result of {counted(unknown, 'person')} is unknown by the measure's "
        f"rules; {'this one counts' if unknown == 1 else 'they count'} neither for nor against.",
        deal.place_of("outcomes", name),
    )


def _no_share(deal: Deal, name: str, period: Period) -> Finding:
    return Finding(
        "unknown",
        f"{name}, {period}: no one has a known result, so there is no share.",
        deal.place_of("outcomes", name),
    )
