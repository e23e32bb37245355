"""The value of a forecast by budget: every case, and what was found beside what is projected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.results import Statement
from payforsuccess.deal.value import ValueFile, ValueLine
from payforsuccess.finance.forecast import CaseForecast, Forecast
from payforsuccess.finance.slots import Slot
from payforsuccess.finance.value.found import SideBySide, found_by_line, side_by_side
from payforsuccess.finance.value.holders import HolderValue, holders_of, programme_cost
from payforsuccess.finance.value.lines import EXACT, LineValue, line_value
from payforsuccess.finance.value.units import beyond_no_success, units_by_year
from payforsuccess.units import CURRENCY_DIGITS


@dataclass(frozen=True)
class Offset:
    """Value of all lines, each with its sign, over what the programme costs.

    The one figure in which budgets are added up: it says how far the public as a whole is offset,
    and never that one budget pays itself back.
    """

    average: Fraction
    marginal: Fraction
    cashable: Fraction


@dataclass(frozen=True)
class CaseValue:
    """The value of one case."""

    case: Case
    lines: tuple[LineValue, ...]
    holders: tuple[HolderValue, ...]
    programme_cost: int

    @property
    def offset(self) -> Fraction | None:
        """The offset at the margin; None without a cost."""
        return None if self.offsets is None else self.offsets.marginal

    @property
    def offsets(self) -> Offset | None:
        """The offset in its three readings; None without a cost."""
        cost = self.programme_cost
        if not cost:
            return None
        return Offset(
            Fraction(sum(line.average for line in self.lines), cost),
            Fraction(sum(line.marginal for line in self.lines), cost),
            Fraction(sum(line.cashable for line in self.lines), cost),
        )


@dataclass(frozen=True)
class Value:
    """Every case, and by line and year what was found beside what the base case projects."""

    cases: Mapping[Case, CaseValue]
    found: tuple[SideBySide, ...]

    @property
    def offset_interval(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most of the offset at the margin over the cases: no confidence."""
        told = [one.offset for one in self.cases.values() if one.offset is not None]
        return (min(told), max(told)) if told else None


def value_of(
    forecast: Forecast,
    file: ValueFile,
    *,
    statements: Sequence[Statement] = (),
    planned: Forecast | None = None,
) -> Value:
    """The value of a forecast to each budget. `file` must fit the deal (see `check_value`).

    `statements` are those issued so far: what they determined is verified. What is projected is
    told of the base case, or of the first case where there is no base case; of `planned` where it
    is given, a forecast on assumptions alone, so that what is known already does not move it.
    """
    lines = {case: _lines(forecast, one, file) for case, one in forecast.cases.items()}
    plan = forecast if planned is None else planned
    first = plan.cases["base"] if "base" in plan.cases else next(iter(plan.cases.values()))
    found = side_by_side(forecast.deal, file, _lines(plan, first, file), statements)
    by_line = found_by_line(found)
    cases = {
        case: CaseValue(
            case,
            lines[case],
            holders_of(forecast.deal, lines[case], one.flows, by_line),
            int(programme_cost(one.flows)),
        )
        for case, one in forecast.cases.items()
    }
    return Value(cases, found)


def _lines(forecast: Forecast, one: CaseForecast, file: ValueFile) -> tuple[LineValue, ...]:
    """Each line, with what its determined results come to by themselves.

    Whoever starts is assumed throughout: no result says how many did.
    """
    deal = forecast.deal
    beyond = beyond_no_success(deal, one.results, number=EXACT.number)
    known = {slot: value for slot, value in beyond.items() if slot.key in forecast.determined}
    digits = 10 ** CURRENCY_DIGITS[deal.currency]

    def worth(line: ValueLine, of: Mapping[Slot, Any]) -> LineValue:
        each = line.units_each.in_case(one.case)
        units = units_by_year(deal, line, of, one.people, each=each)
        return line_value(line, units, case=one.case, digits=digits, reading=EXACT)

    found = []
    for line in file.lines:
        slots = {slot for slot in beyond if slot.outcome == line.outcome}
        told = slots & known.keys()
        found.append(
            replace(
                worth(line, beyond),
                determined=worth(line, known) if told else None,
                is_assumed=not slots or bool(slots - told),
            )
        )
    return tuple(found)
