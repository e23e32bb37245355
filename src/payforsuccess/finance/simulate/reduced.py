"""A block of worlds reduced to what is told of it: an array for each name (see `Sample`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy

from payforsuccess.deal.capital import Tranche
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import is_inside, party, tranche
from payforsuccess.finance.returns.rates import xirr
from payforsuccess.finance.returns.stake import stake_of
from payforsuccess.finance.simulate.bands import bands_in_worlds
from payforsuccess.finance.simulate.worlds import Paid, Setting
from payforsuccess.finance.waterfall.worlds import in_floats
from payforsuccess.units import fiscal_year_of


def told_of(setting: Setting, paid: Paid) -> Mapping[str, Any]:
    """What is told of a block of worlds, a column for each name (see `Sample`).

    What a tranche is left with on each day is among it (`day:TRANCHE:3`), for `reduced`.
    """
    deal, calendar, worlds = setting.deal, setting.calendar, paid.drawn.worlds
    found: dict[str, Any] = {}
    by_year: defaultdict[int, Any] = defaultdict(int)
    starts = deal.fiscal_year_starts
    totals: dict[str, Any] = {term.name: 0 for term in deal.payments}
    for number in range(len(calendar.periods)):
        day = calendar.paid_on[number]
        year = fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
        by_year[year] = 0
    worth: Any = 0
    for move in paid.flows.of("success-payment", "take-back"):
        amount = move.amount if move.kind == "success-payment" else -move.amount
        day = calendar.days[move.day]
        year = fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
        by_year[year] = by_year[year] + amount
        totals[move.why] = totals[move.why] + amount
        worth = worth + amount * _discount(setting, day)
    for name, total in totals.items():
        found[f"term:{name}"] = _wide(total, worlds)
    found["paid"] = sum((found[f"term:{name}"] for name in totals), 0)
    found["worth"] = _wide(worth, worlds)
    earned = sum((amount for amount in paid.lines.values()), 0)
    found["earned"] = _wide(earned, worlds)
    for year in sorted(by_year):
        found[f"year:{year}"] = _wide(by_year[year], worlds)
    for each in deal.capital:
        found.update(_of_tranche(each, setting, paid))
    payors = {payor.party for payor in deal.payors}
    for one in deal.parties:
        net = paid.flows.balance(party(one.name)) - _spent(paid, one.name)
        found[f"net:{one.name}"] = _wide(net, worlds)
        if "provider" in one.roles and one.name not in payors:
            found[f"pocket:{one.name}"] = _deepest(paid, one.name, deal, len(calendar.days), worlds)
    found["left"] = _wide(_left(paid), worlds)
    for name, met in paid.drawn.met.items():
        found[f"met:{name}"] = _wide(met, worlds)
    found.update(bands_in_worlds(deal, paid.drawn.results.ticks, worlds))
    return found


def _discount(setting: Setting, day: date) -> float:
    """What a unit on a day is worth on the deal's first, at the rate that is assumed."""
    rate = float(setting.assumptions.discount_rate.in_case(setting.case))
    years = (day - setting.calendar.periods[0].start).days / 365
    return float(1 / (1 + rate) ** years)


def _spent(paid: Paid, name: str) -> Any:
    """What the services of a party cost, whoever bears it."""
    kinds = paid.flows.of("cost", "own-cost", "deferred-cost")
    return paid.flows.total(move for move in kinds if move.target == party(name))


def _deepest(paid: Paid, name: str, deal: Deal, days: int, worlds: int) -> Any:
    """The most a party has ever paid, for its services too, beyond what it has received.

    A fee that is put off brings no cash until it is paid (see `tranches.provider_cash`).
    """
    own = {
        tranche(each.name)
        for each in deal.capital
        if each.kind == "deferred-fee" and each.party == name
    }
    net = paid.flows.net(party(name), days)
    for move in paid.flows.moves:
        if move.target == party(name):
            spent = move.kind in ("cost", "own-cost", "deferred-cost")
            put_off = move.kind == "deferred-cost"
            net[move.day] = net[move.day] - move.amount * (spent + put_off)
        if move.target in own and move.kind != "deferred-cost":
            net[move.day] = net[move.day] + move.amount
    so_far, deepest = numpy.zeros(worlds), numpy.zeros(worlds)
    for amount in net:
        so_far = so_far + amount
        deepest = numpy.maximum(deepest, -so_far)
    return deepest


def _left(paid: Paid) -> Any:
    """What stands on the project's account and in all pools at the end."""
    left: Any = 0
    for move in paid.flows.moves:
        left = left + move.amount * (is_inside(move.target) - is_inside(move.source))
    return left


def reduced(setting: Setting, told: Mapping[str, Any], *, with_rates: bool) -> Mapping[str, Any]:
    """The same with each tranche's mean flows, and its worlds' rates, in place of its days."""
    days = setting.calendar.days
    found = dict(told)
    for each in setting.deal.capital:
        name = each.name
        net = [found.pop(_on_day(name, at)) for at in range(len(days))]
        found[f"flow:{name}"] = numpy.array([column.mean() for column in net])
        if with_rates:
            rates = xirr(days, numpy.column_stack(net))
            found[f"rate:{name}"] = numpy.where(rates.lost, -1.0, rates.rate)
            found[f"roots:{name}"] = rates.roots
    return found


def _on_day(name: str, at: int) -> str:
    return f"day:{name}:{at}"


def _of_tranche(each: Tranche, setting: Setting, paid: Paid) -> Mapping[str, Any]:
    worlds, days = paid.drawn.worlds, setting.calendar.days
    stake = stake_of(each, paid.flows)
    name = each.name
    found = {
        f"drawn:{name}": _wide(stake.given, worlds),
        f"back:{name}": _wide(stake.came_back, worlds),
        f"unpaid:{name}": _wide(stake.unpaid, worlds),
        f"lost:{name}": _wide(stake.lost, worlds),
        f"made-good:{name}": _wide(stake.made_good, worlds),
    }
    for at, amount in enumerate(paid.flows.net(tranche(name), len(days))):
        found[_on_day(name, at)] = _wide(amount, worlds)
    return found


def _wide(column: Any, worlds: int) -> Any:
    return numpy.broadcast_to(in_floats(column), worlds)


def joined(name: str, parts: list[Any]) -> Any:
    """The parts of one name, block after block, as one array."""
    if name.startswith("flow:"):
        return numpy.mean(parts, axis=0)  # blocks are of one size, as worlds are a power of two
    return numpy.concatenate(parts)
