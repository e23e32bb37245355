"""A line of value in money: units at average cost, at the margin with its steps, and cashable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.value import ValueLine
from payforsuccess.units import round_exact

RestsOn = Literal["assumed", "determined", "both"]


@dataclass(frozen=True)
class LineValue:
    """One line over the life of the deal, in minor units; signed, and below 0 it costs its holder.

    `average` is units at average cost, `marginal` at what a unit really changes plus the steps
    reached, `cashable` the part of `marginal` that can be taken out of the budget. `by_year` is the
    marginal value by fiscal year in which it shows. Exact in one world; an array for many.
    `determined` is what the results determined so far come to by themselves, None where there are
    none; `is_assumed` says whether anything of it is assumed.
    """

    line: ValueLine
    units: Any
    steps: Any
    average: Any
    marginal: Any
    cashable: Any
    by_year: Mapping[int, Any]
    determined: LineValue | None = None
    is_assumed: bool = True

    @property
    def rests_on(self) -> RestsOn:
        """Whether it was determined, is assumed, or is both added up."""
        if self.determined is None:
            return "assumed"
        return "both" if self.is_assumed else "determined"

    @property
    def assumed(self) -> LineValue:
        """What is added to what is determined, by what is assumed for the rest."""
        known = self.determined
        if known is None:
            return self
        return replace(
            self,
            units=self.units - known.units,
            steps=self.steps - known.steps,
            average=self.average - known.average,
            marginal=self.marginal - known.marginal,
            cashable=self.cashable - known.cashable,
            by_year={y: v - known.by_year.get(y, 0) for y, v in self.by_year.items()},
            determined=None,
        )


@dataclass(frozen=True)
class Reading:
    """How numbers are read: exactly in one world, or in floating point for many."""

    number: Callable[[Fraction], Any]
    money: Callable[[Any], Any]
    steps: Callable[[Any, Any], Any]


def _exact_steps(units: Fraction, step: Fraction) -> int:
    return int(abs(units) // step) * (1 if units >= 0 else -1)


EXACT = Reading(number=lambda exact: exact, money=round_exact, steps=_exact_steps)


def line_value(
    line: ValueLine, units_in: Mapping[int, Any], *, case: Case, digits: int, reading: Reading
) -> LineValue:
    """What the units of each fiscal year come to.

    `digits` are minor units of one unit of currency. Steps are counted within each year, since a
    post that is not filled this year is filled or not the next.
    """
    number, money = reading.number, reading.money
    marginal = number(line.marginal.in_case(case) * digits)
    by_year: dict[int, Any] = {}
    reached: Any = 0
    for year, units in sorted(units_in.items()):
        amount = units * marginal
        if line.step is not None:
            steps = reading.steps(units, number(line.step.units))
            reached = reached + steps
            amount = amount + steps * number(line.step.amount * digits)
        by_year[year] = money(amount)
    units = sum(units_in.values(), number(Fraction(0)))
    whole = sum(by_year.values())
    return LineValue(
        line,
        units,
        reached,
        money(units * number(line.average.in_case(case) * digits)),
        whole,
        money(whole * number(line.cashable.share)),
        by_year,
    )
