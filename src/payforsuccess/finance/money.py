"""Costs and base pay of a world, as moves: what the project needs, and what others bear or pay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Assumptions, BasePay, Case, CostLine
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar, base_pay_day
from payforsuccess.finance.moves import PROJECT, Move, party, tranche
from payforsuccess.finance.people import People
from payforsuccess.units import CURRENCY_DIGITS, round_exact

Minor = Callable[[Any], Any]
"""Brings an amount in minor units to what the reading keeps: whole ones, or floating point."""


def whole_minor(amount: Any) -> int:
    """Whole minor units, halves away from zero: each line and period is rounded once."""
    return round_exact(Fraction(amount))


def loose_minor(amount: Any) -> Any:
    """Floating point, not rounded."""
    return float(amount) if isinstance(amount, int | Fraction) else amount


def money_needed(
    deal: Deal,
    assumptions: Assumptions,
    calendar: CashCalendar,
    people: People,
    *,
    case: Case,
    minor: Minor,
) -> tuple[Move, ...]:
    """Every cost and every base payment, in the order of days.

    A cost falls on the first day of its period. `cost` leaves the project's account; `own-cost` is
    borne by somebody else and moves no money of the project; a deferred part moves nothing and
    makes a fee that is owed. Base pay goes straight from one party to another.
    """
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    moves = [
        move
        for line in assumptions.costs
        for move in _costs(line, calendar, people, digits, case=case, minor=minor, deal=deal)
    ]
    moves += [
        move
        for line in assumptions.base_pay
        for move in _base_pay(line, calendar, people, digits, case=case, minor=minor)
    ]
    return tuple(sorted(moves, key=lambda move: move.day))


def _costs(
    line: CostLine,
    calendar: CashCalendar,
    people: People,
    digits: int,
    *,
    case: Case,
    minor: Minor,
    deal: Deal,
) -> Iterator[Move]:
    each = line.amount.in_case(case) * digits
    amounts: list[tuple[int, Any]]
    if line.kind == "once":
        assert line.on is not None
        amounts = [(calendar.at(line.on), each)]
    else:
        first, last = _periods_of(line, people, len(calendar.periods))
        amounts = [
            (calendar.at(calendar.periods[at].start), _by_kind(line.kind, each, people, at))
            for at in range(first, last)
        ]
    for day, amount in amounts:
        whole = minor(amount)
        deferred = minor(_product(line.deferred, amount)) if line.deferred is not None else 0
        if line.deferred_to is not None:
            owed = tranche(line.deferred_to)
            yield Move(day, "deferred-cost", owed, party(line.to), deferred, line.name)
        if line.borne_by == "project":
            yield Move(day, "cost", PROJECT, party(line.to), whole - deferred, line.name)
        else:
            bearer = _bearer(line, deal)
            yield Move(day, "own-cost", bearer, party(line.to), whole - deferred, line.name)


def _periods_of(line: CostLine, people: People, periods: int) -> tuple[int, int]:
    """The first period and the one after the last in which a line falls."""
    first = (line.from_ or 1) - 1
    if line.to_period is not None:
        return first, line.to_period
    for at in reversed(range(first, periods)):
        if _anyone(people.in_service[at]):
            return first, at + 1
    return first, first


def _anyone(number: Any) -> bool:
    found = number > 0
    return bool(found) if isinstance(found, bool) else bool(found.any())


def _bearer(line: CostLine, deal: Deal) -> str:
    """Whose account bears a cost that is not the project's."""
    match line.borne_by:
        case "provider":
            return party(line.to)
        case "payor":
            return party(deal.payors[0].party)
        case other:
            return f"outside:{other}"


def _base_pay(
    line: BasePay,
    calendar: CashCalendar,
    people: People,
    digits: int,
    *,
    case: Case,
    minor: Minor,
) -> Iterator[Move]:
    each = line.amount.in_case(case) * digits
    for at, period in enumerate(calendar.periods):
        amount = minor(_by_kind(line.kind, each, people, at))
        day = calendar.at(base_pay_day(period, line.paid_after))
        yield Move(day, "base-pay", party(line.from_party), party(line.to), amount, line.name)


def _by_kind(kind: str, each: Fraction, people: People, at: int) -> Any:
    match kind:
        case "fixed":
            return each
        case "each-slot":
            return _product(each, people.in_service[at])
        case _:
            return _product(each, people.started[at])


def _product(exact: Fraction, by: Any) -> Any:
    return exact * by if isinstance(by, int | Fraction) else float(exact) * by
