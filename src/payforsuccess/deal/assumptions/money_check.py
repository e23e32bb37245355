"""What costs, base pay and planned draws must agree on with the deal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from payforsuccess.deal.assumptions.assumptions import Assumptions
from payforsuccess.deal.assumptions.values import Assumed
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem
from payforsuccess.units import CURRENCY_DIGITS, add_months, grouped

START_UP = WIND_UP = 24
"""Months before a deal is in force, and after it ends, in which it may still cost something."""


def check_costs(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """Costs fall within the deal or near it, in whole minor units where nothing multiplies them."""
    last = deal.schedule.count
    tranches = {tranche.name: tranche for tranche in deal.capital}
    for number, line in enumerate(assumptions.costs):
        path: FieldPath = ("costs", number)
        first, end = line.from_ or 1, line.to_period or last
        if first > last or end > last or first > end:
            yield Problem(
                f"`{line.name}` runs from period {first} to {end}, and the deal has {last}.",
                "Put the first before the last, both within the deal.",
                assumptions.place_of(*path, "from"),
            )
        earliest = add_months(_begins(deal), -START_UP)
        latest = add_months(deal.ends_on, WIND_UP)
        if line.on is not None and not earliest <= line.on <= latest:
            yield Problem(
                f"`{line.name}` falls on {line.on}, far from the deal, which runs from "
                f"{_begins(deal)} to {deal.ends_on}.",
                "Correct the day, or leave out what is no cost of this deal.",
                assumptions.place_of(*path, "on"),
            )
        if line.kind in ("fixed", "once"):
            yield from _whole(line.amount, assumptions, deal, (*path, "amount"))
        if line.deferred_to is not None:
            tranche = tranches.get(line.deferred_to)
            if tranche is None or tranche.kind != "deferred-fee":
                names = tuple(t.name for t in deal.capital if t.kind == "deferred-fee")
                where = assumptions.place_of(*path, "deferred_to")
                yield no_such(line.deferred_to, "deferred-fee tranche", names, where)


def check_base_pay(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """Base pay goes from one party to another, and is no part of a minor unit."""
    for number, line in enumerate(assumptions.base_pay):
        path: FieldPath = ("base_pay", number)
        if line.from_party == line.to:
            yield Problem(
                f"`{line.name}` is paid by the party that receives it.",
                "Name who pays it, or leave it out.",
                assumptions.place_of(*path, "from_party"),
            )
        if line.kind == "fixed":
            yield from _whole(line.amount, assumptions, deal, (*path, "amount"))


def check_draws(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """Planned draws are of tranches, within their amounts, in order, while the deal is in force."""
    if assumptions.draws == "as-needed":
        return
    known = {tranche.name: tranche for tranche in deal.capital if tranche.kind != "guarantee"}
    drawn: dict[str, Fraction] = {}
    for number, draw in enumerate(assumptions.draws):
        path: FieldPath = ("draws", number)
        tranche = known.get(draw.tranche)
        if tranche is None:
            where = assumptions.place_of(*path, "tranche")
            yield no_such(draw.tranche, "tranche", tuple(known), where)
            continue
        if tranche.kind == "deferred-fee":
            yield Problem(
                f"`{draw.tranche}` is a deferred fee: it grows with the fees that are put off.",
                "Take the draw away; give the cost line `deferred_to` instead.",
                assumptions.place_of(*path, "tranche"),
            )
        before = drawn.get(draw.tranche, Fraction(0))
        drawn[draw.tranche] = before + draw.amount
        if before <= tranche.amount < drawn[draw.tranche]:
            yield Problem(
                f"Draws of `{draw.tranche}` add up to {grouped(drawn[draw.tranche])}, more than "
                f"its {grouped(tranche.amount)}.",
                "Lower a draw, or raise the tranche by amendment.",
                assumptions.place_of(*path, "amount"),
            )
        if not _is_whole(draw.amount, deal):
            yield _in_part(draw.amount, assumptions, deal, (*path, "amount"))
        if draw.on > deal.ends_on:
            yield Problem(
                f"A draw on {draw.on} comes after the deal ends on {deal.ends_on}.",
                "Correct the day.",
                assumptions.place_of(*path, "on"),
            )
        if draw.on < _begins(deal):
            yield Problem(
                f"A draw on {draw.on} comes before the deal is in force, from {_begins(deal)} on.",
                "Correct the day.",
                assumptions.place_of(*path, "on"),
            )
    days = [draw.on for draw in assumptions.draws]
    for number, (one, other) in enumerate(pairwise(days), 1):
        if other < one:
            yield Problem(
                f"The draw on {other} is listed after the one on {one}.",
                "List draws by their days.",
                assumptions.place_of("draws", number, "on"),
            )


def _begins(deal: Deal) -> date:
    """The day from which the deal is in force: of an amended one, that of its first period.

    An amendment says from when it holds itself, and not from when the deal does.
    """
    return deal.in_force_from if deal.amendment is None else deal.periods.from_


def _whole(
    amount: Assumed, assumptions: Assumptions, deal: Deal, path: FieldPath
) -> Iterator[Problem]:
    for key in ("base", "low", "high"):
        told = getattr(amount, key)
        if told is not None and not _is_whole(told, deal):
            yield _in_part(told, assumptions, deal, (*path, key))


def _is_whole(amount: Fraction, deal: Deal) -> bool:
    return (amount * Fraction(10 ** CURRENCY_DIGITS[deal.currency])).denominator == 1


def _in_part(amount: Fraction, assumptions: Assumptions, deal: Deal, path: FieldPath) -> Problem:
    return Problem(
        f"{grouped(amount)} is no whole number of minor units of {deal.currency}.",
        "Write whole cents." if CURRENCY_DIGITS[deal.currency] else "Write whole units.",
        assumptions.place_of(*path),
    )
