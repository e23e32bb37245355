"""Which results of a chain of statements tell of few people, by themselves or beside others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import ResultUsed, Statement
from payforsuccess.disclosure import counts_people

_NO_COUNTS = ("percent", "point", "share", "rate", "score")
Slot = tuple[str, str, str]


@dataclass(frozen=True)
class OpenResult:
    """A result as a statement first used it, or changed it; value and people None where not shown.

    `period_start` and `period_end` are the days of its payment period, where it is for one.
    """

    statement: int
    outcome: str
    slot: str
    cohort: str
    unit: str
    value: Fraction | None
    people: int | None
    standing: str
    period_start: date | None
    period_end: date | None


class SmallResults:
    """Goes through statements in order and remembers what was stated and what is kept back."""

    def __init__(self, deal: Deal, *, threshold: int) -> None:
        self._deal, self._threshold = deal, threshold
        self._stated: dict[Slot, ResultUsed] = {}
        self._kept_back: set[Slot] = set()
        self.touched: set[str] = set()
        """The outcomes of which this statement adds a number that tells of few people."""

    def results_of(self, statement: Statement) -> tuple[OpenResult, ...]:
        """The results that are new in a statement, or were changed by it."""
        self.touched = set()
        new = sorted(filter(self._is_news, statement.results), key=_in_time)
        shown: list[tuple[Slot, Fraction]] = []
        rows = []
        for used in new:
            is_small = self._is_small(used) or any(
                slot[1:] == _slot(used)[1:] and self._tells(used, used.value - value)
                for slot, value in shown
                if self._is_people(used)
            )
            if is_small:
                self.touched.add(used.outcome)
                self._kept_back.add(self._chain(used))
            is_shown = not is_small and self._chain(used) not in self._kept_back
            if is_shown and self._is_people(used):
                shown.append((_slot(used), used.value))
            rows.append(self._row(statement.number, used, is_shown=is_shown))
            self._stated[_slot(used)] = used
        return tuple(rows)

    def tells(self, outcomes: Collection[str], *, period: int, of_period: bool) -> bool:
        """Whether an amount that rests on these outcomes tells a number that is kept back.

        of_period: it rests on the results of its own period alone; otherwise on any so far.
        """
        if self.touched & set(outcomes):
            return True
        return any(
            outcome in outcomes and (not of_period or slot in ("", f"period {period}"))
            for outcome, slot, _ in self._kept_back
        )

    def _is_news(self, used: ResultUsed) -> bool:
        before = self._stated.get(_slot(used))
        return before is None or (before.value, before.people) != (used.value, used.people)

    def _is_small(self, used: ResultUsed) -> bool:
        """Whether the value, its people, those without it, or the change since tell of few."""
        before = self._stated.get(_slot(used))
        start = Fraction(0)
        if before is not None:
            start = before.value
        elif self._is_to_date(used):
            start = self._reached_before(used)
        people = used.people
        changed: int = 0 if before is None else abs(int(people or 0) - int(before.people or 0))
        return (
            self._tells(used, used.value)
            or self._tells(used, used.value - start)
            or 1 <= int(people or 0) <= self._threshold
            or 1 <= changed <= self._threshold
            or (
                people is not None
                and self._is_people(used)
                and self._tells(used, people - used.value)
            )
        )

    def _tells(self, used: ResultUsed, number: Fraction | int) -> bool:
        unit = used.unit.casefold()
        if unit.upper() == self._deal.currency or any(word in unit for word in _NO_COUNTS):
            return False
        return 0 < abs(Fraction(number)) <= self._threshold

    def _is_people(self, used: ResultUsed) -> bool:
        return counts_people(used.unit)

    def _is_to_date(self, used: ResultUsed) -> bool:
        outcome = self._deal.outcomes.get(used.outcome)
        return outcome is not None and outcome.reported_as == "to-date"

    def _reached_before(self, used: ResultUsed) -> Fraction:
        """The running total of the last period before this one."""
        earlier = [
            one
            for one in self._stated.values()
            if (one.outcome, one.cohort) == (used.outcome, used.cohort)
            and _in_time(one) < _in_time(used)
        ]
        return max(earlier, key=_in_time).value if earlier else Fraction(0)

    def _chain(self, used: ResultUsed) -> Slot:
        """What stays back once one value of it does: all of a running total, else its own slot."""
        if self._is_to_date(used):
            return (used.outcome, "", used.cohort)
        return _slot(used)

    def _row(self, statement: int, used: ResultUsed, *, is_shown: bool) -> OpenResult:
        number, schedule = _number(used), self._deal.schedule
        period = schedule.period(number) if 1 <= number <= schedule.count else None
        return OpenResult(
            statement=statement,
            outcome=used.outcome,
            slot=used.slot,
            cohort=used.cohort,
            unit=used.unit,
            value=used.value if is_shown else None,
            people=used.people if is_shown else None,
            standing=used.standing,
            period_start=None if period is None else period.start,
            period_end=None if period is None else period.last_day,
        )


def _number(used: ResultUsed) -> int:
    """The number of the payment period that a result is for; 0 for a measurement point."""
    written = used.slot.rpartition(" ")[2]
    return int(written) if used.slot.startswith("period") and written.isdecimal() else 0


def _in_time(used: ResultUsed) -> tuple[str, str, int, str]:
    return (used.outcome, used.cohort, _number(used), used.slot)


def _slot(used: ResultUsed) -> Slot:
    return (used.outcome, used.slot, used.cohort)
