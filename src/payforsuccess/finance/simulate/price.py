"""The price at which a target is met: prices multiplied, the same draws at every try."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.moves import PROJECT, pool, tranche
from payforsuccess.finance.repriced import prices_of, repriced
from payforsuccess.finance.returns.rates import xirr_of
from payforsuccess.finance.simulate.drivers import drivers_of
from payforsuccess.finance.simulate.figures import Figure, figure
from payforsuccess.finance.simulate.simulate import WORLDS, blocks_of, setting_of
from payforsuccess.finance.simulate.worlds import (
    Drawn,
    Setting,
    pay_worlds,
    price_worlds,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import money_text, to_minor

GRID = Fraction(1, 10_000)
"""Factors are looked for in steps of a ten-thousandth of the price."""
LEAST, MOST = Fraction(1, 100), Fraction(10)
FLAT = 1e-6
"""What grows by less than this part of it between two prices counts as not growing."""
HELD = 0.1
"""Payments that grow by less than this part of what prices do are held by something else."""
ALREADY = "The target is met already at a hundredth of the prices."
NO_PRICE = "No price does, up to ten times the present ones."


@dataclass(frozen=True)
class Target:
    """What the price is to bring.

    rate: the yearly rate of return of the mean flows of a tranche, or of all investors together.
    multiple: mean money back over mean money drawn. paid: the mean of what payors pay for success,
    less what is taken back, in minor units (what an outcome is worth to the payor).
    """

    kind: Literal["rate", "multiple", "paid"]
    value: float
    of: str = "all"

    def __str__(self) -> str:
        who, s, whose = ("all who gave capital", "", "their")
        if self.of != "all":
            who, s, whose = (f"`{self.of}`", "s", "its")
        match self.kind:
            case "rate":
                return f"{who} earn{s} {self.value:.2%} a year on {whose} mean flows"
            case "multiple":
                return f"{who} get{s} back {self.value:.4f} times what was given, in the mean"
            case "paid":
                return f"success payments come to {self.value / 100:,.2f} in the mean"


@dataclass(frozen=True)
class OldAndNew:
    """One price before and after, as the deal file's key of its term; whole decimals kept exact."""

    term: str
    key: str
    old: Fraction
    new: Fraction


@dataclass(frozen=True)
class Solved:
    """The least factor on the prices at which the target is met, or why there is none.

    `reached` is what the target's figure comes to there, with its error between scrambles;
    `evaluations` counts how often all worlds were priced.
    """

    target: Target
    factor: Fraction | None
    reached: Figure
    evaluations: int
    why: str
    prices: tuple[OldAndNew, ...]


def solve_price(
    history: DealHistory,
    assumptions: Assumptions,
    target: Target,
    *,
    seed: int,
    worlds: int = WORLDS,
    scrambles: int = 8,
    terms: Collection[str] = (),
    case: Case = "base",
    known: Sequence[Result] = (),
) -> Solved:
    """Bracketed search over factors from 0.01 to 10, in steps of 0.0001, with common draws.

    A payment never falls as its price rises in a deal whose prices and quantities are not negative
    and that has no netting, return ceiling or share cap; else the search may find one of several.
    Where nothing up to 10 reaches the target, `why` tells what holds it: results that earn too
    little, limits on what is paid, or terms of the capital that give it no more. One that is passed
    already at the least price has no factor either.
    """
    setting, _ = setting_of(history, assumptions, case=case, known=known)
    _refuse_unknown(setting, target, terms)
    drivers = drivers_of(setting.deal, assumptions, setting.slots)
    drawn = [
        list(blocks)
        for blocks in blocks_of(setting, drivers, seed=seed, worlds=worlds, scrambles=scrambles)
    ]
    tried: dict[Fraction, Figure] = {}
    paid: dict[Fraction, float] = {}
    spare: dict[Fraction, float] = {}

    def at(factor: Fraction) -> Figure:
        if factor not in tried:
            priced = setting.priced_by(repriced(setting.deal, factor, terms=terms))
            samples = [_flows(priced, blocks, target) for blocks in drawn]
            tried[factor] = figure([each for *_, each in samples], _measure(target, setting))
            paid[factor] = sum(each for each, *_ in samples)
            spare[factor] = sum(each for _, each, _ in samples)
        return tried[factor]

    found = _search(lambda factor: at(factor).value, target)
    shown, why = found, ""
    if shown is None:
        shown = LEAST if tried[LEAST].value >= target.value else MOST
        over = _over_the_ceiling(target, setting.deal)
        why = ALREADY if shown == LEAST else over or _why_not(tried, paid, spare[MOST])
    prices = tuple(
        OldAndNew(term.name, key, old, old * found)
        for term in setting.deal.payments
        if found is not None and (not terms or term.name in terms)
        for key, old in prices_of(term)
    )
    return Solved(target, found, at(shown), len(tried), why, prices)


def _refuse_unknown(setting: Setting, target: Target, terms: Collection[str]) -> None:
    problems = []
    names = [each.name for each in setting.deal.capital]
    if target.kind != "paid" and not names:
        problems.append(
            Problem(
                "The deal has no capital, so there is no return to aim at.",
                "Aim at what success payments come to: --target paid=AMOUNT.",
            )
        )
    elif target.kind != "paid" and target.of not in ("all", *names):
        problems.append(
            Problem(f"There is no tranche `{target.of}`.", f"Name one of: {', '.join(names)}.")
        )
    known = [term.name for term in setting.deal.payments]
    problems += [
        Problem(f"There is no payment term `{name}`.", f"Name one of: {', '.join(known)}.")
        for name in terms
        if name not in known
    ]
    if problems:
        raise Refusal(problems)


def _search(at: Callable[[Fraction], float], target: Target) -> Fraction | None:
    """The least factor on the grid that meets the target; None where neither end leaves one."""
    if at(LEAST) >= target.value:
        return None
    low, high = LEAST, Fraction(1)
    while at(high) < target.value:
        if high == MOST:
            return None
        low, high = high, min(high * 2, MOST)
    while high - low > GRID:
        middle = _on_grid(_between(at, low, high, target.value))
        if not low < middle < high:
            middle = _on_grid((low + high) / 2)
        if not low < middle < high:
            break
        if at(middle) < target.value:
            low = middle
        else:
            high = middle
    return high


def _over_the_ceiling(target: Target, deal: Deal) -> str:
    """Why no price whatever brings more than the deal's ceiling; empty where that is not asked."""
    if target.kind != "paid" or deal.ceiling is None:
        return ""
    if target.value <= to_minor(deal.ceiling, deal.currency):
        return ""
    most = money_text(to_minor(deal.ceiling, deal.currency), deal.currency, code=True)
    return f"No price does: the deal's ceiling is {most} in all."


def _why_not(tried: Mapping[Fraction, Figure], paid: Mapping[Fraction, float], spare: float) -> str:
    """What holds a target that the highest price does not reach.

    `paid` is what payors pay at each price, and `spare` what of it goes to others or is left at
    the highest.
    """
    low, high = sorted(tried)[-2:]
    before, last = tried[low].value, tried[high].value
    if last - before > FLAT * max(abs(last), 1):
        if paid[high] - paid[low] < HELD * paid[high] * float((high - low) / high):
            return f"{NO_PRICE} It hardly grows there: ceilings and conditions hold most of it."
        return f"{NO_PRICE} It still grows there: results earn too little."
    if spare > FLAT * paid[high]:
        return (
            f"{NO_PRICE} Money is there that goes to others or stays on account: the terms of the "
            "capital and the order of repayment give no more of it."
        )
    return f"{NO_PRICE} It no longer grows there: ceilings, conditions or the results hold it."


def _between(
    at: Callable[[Fraction], float], low: Fraction, high: Fraction, wanted: float
) -> Fraction:
    """Where a straight line between both ends meets the target, kept off the very ends.

    The middle where the ends are far apart in price: a line is a good guess only near by.
    """
    below, above = at(low), at(high)
    if high - low > 100 * GRID or not above > below:
        return (low + high) / 2
    share = min(max((wanted - below) / (above - below), 0.05), 0.95)
    return low + (high - low) * Fraction(round(share * 1000), 1000)


def _on_grid(factor: Fraction) -> Fraction:
    return round(factor / GRID) * GRID


def _flows(setting: Setting, blocks: Sequence[Drawn], target: Target) -> tuple[float, float, Any]:
    """What is paid in the mean in one scramble, what of it is spare, and the target's measure.

    Spare is what goes to others by a return or a release, or stays on account. The measure is mean
    given and got back by day; for a target of what is paid, what is paid.
    """
    names = [
        each.name
        for each in setting.deal.capital
        if (target.of == "all" and each.kind not in ("guarantee", "deferred-fee"))
        or each.name == target.of
    ]
    givers = {tranche(name) for name in names}
    days = len(setting.calendar.days)
    given, back, paid, spare = numpy.zeros(days), numpy.zeros(days), 0.0, 0.0
    for drawn in blocks:
        flows = pay_worlds(setting, drawn, price_worlds(setting, drawn)).flows
        paid += float(numpy.mean(flows.paid))
        if target.kind == "paid":
            continue
        for move in flows.moves:
            amount = float(numpy.mean(move.amount))
            spare += amount * (_is_held(move.target) - _is_held(move.source))
            if move.kind in ("return", "release") and move.target not in givers:
                spare += amount
            if target.of == "all" and move.kind == "guarantee":
                continue  # a move among those who gave (see `together`)
            if move.source in givers:
                given[move.day] += amount
            if move.target in givers:
                back[move.day] += amount
    paid, spare = paid / len(blocks), spare / len(blocks)
    if target.kind == "paid":
        return paid, spare, paid
    return paid, spare, (given / len(blocks), back / len(blocks))


def _is_held(account: str) -> bool:
    """Whether money on an account is nobody's yet: the project's, or a pool of payment terms."""
    return account == PROJECT or account.startswith(pool(""))


def _measure(target: Target, setting: Setting) -> Callable[[Any], float]:
    match target.kind:
        case "paid":
            return float
        case "multiple":
            return _multiple
        case "rate":

            def rate(flows: Any) -> float:
                given, back = flows
                found = xirr_of(setting.calendar.days, back - given)
                return -1.0 if found.rate is None else found.rate

            return rate


def _multiple(flows: Any) -> float:
    given, back = (float(column.sum()) for column in flows)
    return back / given if given else 0.0
