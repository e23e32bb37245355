"""Who starts and who is in service in each period: the ramp, its shortfall, and who leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.fields import Duration
from payforsuccess.finance.calendar import later
from payforsuccess.units import Period


@dataclass(frozen=True)
class People:
    """People by payment period: whole people start, and those in service are an expected number.

    Each entry is an exact number (one world, or the same in all), or an array with one number for
    each world. `stays` is the share that is still in service by periods since the start, and
    `goes_on` gives 1 for each period with services, 0 after a trigger has ended them.
    """

    started: tuple[Any, ...]
    in_service: tuple[Any, ...]
    stays: tuple[Fraction, ...] = ()
    goes_on: tuple[Any, ...] | None = None

    def in_service_of(self, start: int, age: int) -> Any:
        """How many of those who start in a period are in service `age` periods later."""
        started = self.started[start]
        if _is_plain_zero(started):
            return 0
        found = _times(self.stays[age], started)
        return found if self.goes_on is None else found * self.goes_on[start + age]


def planned_starts(assumptions: Assumptions, periods: int) -> tuple[Fraction, ...]:
    """New people in each period by the ramp."""
    starts: list[Fraction] = []
    steps = list(assumptions.enrolment.ramp)
    now = Fraction(0)
    for number in range(1, periods + 1):
        if steps and steps[0].period == number:
            now = steps.pop(0).people
        starts.append(now)
    return tuple(starts)


def people_of(
    assumptions: Assumptions,
    periods: Sequence[Period],
    *,
    case: Case,
    reached: Any,
    whole: Any,
    ends_before: Sequence[Any] | None = None,
) -> People:
    """The people of a world (or of many).

    `reached` is the part of the plan that is reached, exact or an array; `whole` brings a number
    that is not negative to the nearest whole one. People to date are rounded, so that a shortfall
    of a tenth costs a tenth of the plan. `ends_before` gives 1 for each period in which enrolment
    and services go on, 0 after a trigger has ended them.
    """
    planned = planned_starts(assumptions, len(periods))
    starts: list[Any] = []
    to_date, before = Fraction(0), 0
    for at, number in enumerate(planned):
        to_date += number
        now = whole(_times(to_date, reached))
        # A plain 0 where nobody is planned, so that many worlds carry no columns of nothing.
        new = now - before if number else 0
        starts.append(new if ends_before is None else new * ends_before[at])
        before = now
    leave = assumptions.enrolment.leave_each_period
    stay = 1 - (leave.in_case(case) if leave is not None else Fraction(0))
    ages = periods_served(assumptions.enrolment.serves_for, periods)
    stays = tuple(stay**age for age in range(min(ages, len(periods))))
    in_service = []
    for at in range(len(periods)):
        # A plain 0: an exact fraction plus an array goes through Python, number by number.
        total: Any = 0
        for age in range(min(ages, at + 1)):
            if not _is_plain_zero(starts[at - age]):
                total = total + _times(stays[age], starts[at - age])
        in_service.append(total if ends_before is None else total * ends_before[at])
    going = None if ends_before is None else tuple(ends_before)
    return People(tuple(starts), tuple(in_service), stays, going)


def periods_served(serves_for: Duration, periods: Sequence[Period]) -> int:
    """How many periods a person is in service in, counted from the period of the start.

    The last one is the period in which the time runs out for those who start on its first day.
    """
    ends = later(periods[0].start, serves_for)
    count = sum(1 for period in periods if period.start < ends)
    return max(count, 1)


def _is_plain_zero(number: Any) -> bool:
    return isinstance(number, int) and number == 0


def _times(exact: Fraction, by: Any) -> Any:
    """An exact number times another exact one, or times an array in floating point."""
    return exact * by if isinstance(by, int | Fraction) else float(exact) * by
