"""What the project has to pay and receives apart from success payments, by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Move
from payforsuccess.finance.waterfall.arithmetic import Arithmetic, minus, plus, total
from payforsuccess.finance.waterfall.plan import Plan


@dataclass(frozen=True)
class Needs:
    """By place of the day in the calendar: costs of the project, other moves, money wanted."""

    costs: tuple[tuple[Move, ...], ...]
    """What the project pays."""
    others: tuple[tuple[Move, ...], ...]
    """Everything else: base pay, costs that others bear, costs that are put off."""
    wanted: tuple[Any, ...]
    """The money the project should have on that day: on a period's first day for all its costs up
    to the next period's, on any other day for that day's."""
    totals: tuple[Any, ...]
    """All costs of the day."""


def needs_of(
    moves: Sequence[Move], *, plan: Plan, calendar: CashCalendar, numbers: Arithmetic
) -> Needs:
    """Costs and other moves by day.

    What would be put off beyond the amount of its deferred fee is a cost of the project instead.
    """
    days = len(calendar.days)
    costs: list[list[Move]] = [[] for _ in range(days)]
    others: list[list[Move]] = [[] for _ in range(days)]
    room: list[Any] = [numbers.amount(amount) for amount in plan.amounts]
    for given in sorted(moves, key=lambda move: move.day):
        move = replace(given, amount=numbers.amount(given.amount))
        if isinstance(move.amount, int) and not move.amount:
            continue
        if move.kind == "deferred-cost":
            at = plan.place_of(move.source)
            if at is None:
                raise ValueError(f"no tranche puts off the cost {move.why}")
            part = numbers.least(move.amount, room[at])
            room[at] = minus(room[at], part)
            rest = minus(move.amount, part)
            if not numbers.is_nothing(rest):
                costs[move.day].append(replace(move, kind="cost", source=PROJECT, amount=rest))
            if not numbers.is_nothing(part):
                others[move.day].append(replace(move, amount=part))
        elif move.kind == "cost" and move.source == PROJECT:
            costs[move.day].append(move)
        else:
            others[move.day].append(move)
    totals = tuple(total(move.amount for move in listed) for listed in costs)
    return Needs(
        tuple(map(tuple, costs)), tuple(map(tuple, others)), _wanted(totals, calendar), totals
    )


def _wanted(totals: Sequence[Any], calendar: CashCalendar) -> tuple[Any, ...]:
    starts = {period.start for period in calendar.periods}
    found: list[Any] = []
    for at, day in enumerate(calendar.days):
        wanted = totals[at]
        if day in starts:
            for later in range(at + 1, len(calendar.days)):
                if calendar.days[later] in starts:
                    break
                wanted = plus(wanted, totals[later])
        found.append(wanted)
    return tuple(found)
