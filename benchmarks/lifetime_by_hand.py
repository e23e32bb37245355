"""The deal of `lifetimes.py` as an analyst writes it for this deal alone.

Once in float64 numpy, a block of worlds at a time, and once in plain Python, one world at a time;
both from the same normal scores. Money is in cents; the flows of the tranches are told by day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from lifetime_deal import FEE, GRANT, OTHER, SENIOR, Size, ends_on

START, PAY = 0, 1
DAY_PRICE, HOME_PRICE = 1_250.0, 1_050_000.0
DAYS_MOST, HOMES_MOST, HOMES_EACH, REDUCTION_MOST = 350e6, 600e6, 40e6, 250e6
ALL_MOST = 1_100e6
SERVICE, EVALUATION, PUT_OFF, STAY = 250_000.0, 2_000_000.0, 0.06, 0.98
NOTHING = 1e-9


@dataclass(frozen=True)
class Laid:
    """What all worlds share: days in order (what, quarter, years since), ramp, loans."""

    days: tuple[tuple[int, int, float], ...]
    planned: tuple[int, ...]
    points: dict[int, int]
    loans: dict[str, float]
    rates: dict[str, float]
    last: int
    """The quarter after the last in which anybody is in service."""


def laid(size: Size) -> Laid:
    """Quarters start on their first day and are paid 30 days after their last, by 30/360."""
    when = []
    for quarter in range(size.quarters):
        when.append((90 * quarter, START, quarter))
        last = ends_on(quarter)
        paid = last.toordinal() + 30
        on = type(last).fromordinal(paid)
        thirty = 360 * (on.year - 2026) + 30 * (on.month - 1) + on.day - 1
        when.append((thirty, PAY, quarter))
    when.sort()
    days, before = [], 0
    for at, what, quarter in when:
        days.append((what, quarter, (at - before) / 360))
        before = at
    planned, to_date = [], 0
    for quarter in range(size.quarters):
        to_date += 0 if quarter >= size.enrols else 20 if quarter < 2 else 40
        planned.append(to_date)
    loans = {name: amount * 100.0 for name, amount in size.loans.items()}
    rates = {name: float(OTHER if at else SENIOR) for at, name in enumerate(loans)}
    points = {quarter: at for at, quarter in enumerate(size.points.values())}
    return Laid(tuple(days), tuple(planned), points, loans, rates, size.enrols + 3)


def in_numpy(size: Size, scores: Any, model: Laid | None = None) -> dict[str, Any]:
    """Flows by tranche and day from a matrix of scores, a row a driver; the claim's peer."""
    model = model or laid(size)
    worlds = scores.shape[1]
    reached = np.maximum(1 + 0.1 * scores[0], 0)
    rate = np.minimum(np.maximum(0.7 + 0.15 * scores[1], 0), 1)
    effect = 22 + 8 * scores[2]
    starts, before = [], np.zeros(worlds)
    for planned in model.planned:
        now = np.floor(planned * reached + 0.5)
        starts.append(now - before)
        before = now
    serving, costs = np.zeros(worlds), []
    for quarter in range(model.last):
        serving = serving * STAY + starts[quarter]
        if quarter >= 4:
            serving = serving - STAY**4 * starts[quarter - 4]
        costs.append(serving * SERVICE)
    paid = _paid_in_numpy(size, model, scores, starts, rate, effect)
    return _flows_in_numpy(model, worlds, costs, paid)


def _paid_in_numpy(
    size: Size, model: Laid, scores: Any, starts: list[Any], rate: Any, effect: Any
) -> list[Any]:
    worlds = len(rate)
    days_left = np.full(worlds, DAYS_MOST)
    homes_left = np.full(worlds, HOMES_MOST)
    reduced_left = np.full(worlds, REDUCTION_MOST)
    all_left = np.full(worlds, ALL_MOST)
    found = []
    for quarter in range(size.quarters):
        days = np.floor(np.clip(9_000 + 3_000 * scores[3 + quarter], 0, 20_000) + 0.5)
        due = np.minimum(days * DAY_PRICE, days_left)
        days_left -= due
        total = due
        if quarter >= 4:
            homes = np.floor(np.minimum(starts[quarter - 4] * rate, 200) + 0.5)
            due = np.minimum(np.minimum(homes * HOME_PRICE, HOMES_EACH), homes_left)
            homes_left -= due
            total = total + due
        if quarter in model.points:
            error = scores[3 + size.quarters + model.points[quarter]]
            tenths = np.clip((effect + 6 * error) * 10, -1_000, 1_000)
            tenths = np.copysign(np.floor(np.abs(tenths) + 0.5), tenths)
            due = np.where(
                tenths < 50,
                0.0,
                np.where(
                    tenths < 200,
                    10e6 + (tenths - 50) * 100_000,
                    np.where(tenths < 400, 35e6 + (tenths - 200) * 75_000, 70e6),
                ),
            )
            due = np.minimum(due, reduced_left)
            reduced_left -= due
            total = total + due
        total = np.minimum(total, all_left)
        all_left -= total
        found.append(total)
    return found


def _flows_in_numpy(model: Laid, worlds: int, costs: list[Any], paid: list[Any]) -> dict[str, Any]:
    names = [*model.loans, "grant", "fee"]
    giving = {**model.loans, "grant": GRANT * 100.0}
    net = {name: np.zeros((len(model.days), worlds)) for name in names}
    left = {name: np.full(worlds, amount) for name, amount in giving.items()}
    owed = {name: np.zeros(worlds) for name in names}
    interest = {name: np.zeros(worlds) for name in model.loans}
    bearing = {name: np.zeros(worlds) for name in model.loans}
    room = np.full(worlds, FEE * 100.0)
    for at, (what, quarter, years) in enumerate(model.days):
        for name, rate in model.rates.items():
            interest[name] += bearing[name] * (rate * years)
        if what == START:
            if quarter < model.last:
                put_off = np.minimum(costs[quarter] * PUT_OFF, room)
                room -= put_off
                owed["fee"] += put_off
                net["fee"][at] = -put_off
                need = costs[quarter] - put_off + EVALUATION
                still = sum(left.values())
                factor = np.minimum(need, still) / np.maximum(still, NOTHING)
                for name in giving:
                    drawn = left[name] * factor
                    left[name] -= drawn
                    owed[name] += drawn
                    if name in bearing:
                        bearing[name] += drawn
                    net[name][at] = -drawn
            continue
        cash = paid[quarter]
        for name in names:
            row = net[name][at]
            if name in interest:
                part = np.minimum(cash, interest[name])
                cash = cash - part
                interest[name] -= part
                row += part
            part = np.minimum(cash, owed[name])
            cash = cash - part
            owed[name] -= part
            row += part
        net[list(model.loans)[-1]][at] += cash * 0.5
        for name in bearing:
            bearing[name] = owed[name] + interest[name]
    return net


def in_python(size: Size, scores: list[float], model: Laid | None = None) -> dict[str, list[float]]:
    """The same for one world, in plain Python."""
    model = model or laid(size)
    reached = max(1 + 0.1 * scores[0], 0)
    rate = min(max(0.7 + 0.15 * scores[1], 0), 1)
    effect = 22 + 8 * scores[2]
    starts, before = [], 0
    for planned in model.planned:
        now = math.floor(planned * reached + 0.5)
        starts.append(now - before)
        before = now
    serving, costs = 0.0, []
    for quarter in range(model.last):
        serving = serving * STAY + starts[quarter]
        if quarter >= 4:
            serving -= STAY**4 * starts[quarter - 4]
        costs.append(serving * SERVICE)
    return _flows_in_python(
        model, costs, _paid_in_python(size, model, scores, starts, rate, effect)
    )


def _paid_in_python(
    size: Size,
    model: Laid,
    scores: list[float],
    starts: list[int],
    rate: float,
    effect: float,
) -> list[float]:
    days_left, homes_left, reduced_left = DAYS_MOST, HOMES_MOST, REDUCTION_MOST
    all_left, found = ALL_MOST, []
    for quarter in range(size.quarters):
        days = math.floor(min(max(9_000 + 3_000 * scores[3 + quarter], 0), 20_000) + 0.5)
        total = min(days * DAY_PRICE, days_left)
        days_left -= total
        if quarter >= 4:
            homes = math.floor(min(starts[quarter - 4] * rate, 200) + 0.5)
            due = min(homes * HOME_PRICE, HOMES_EACH, homes_left)
            homes_left -= due
            total += due
        if quarter in model.points:
            error = scores[3 + size.quarters + model.points[quarter]]
            tenths = min(max((effect + 6 * error) * 10, -1_000), 1_000)
            tenths = math.copysign(math.floor(abs(tenths) + 0.5), tenths)
            if tenths < 50:
                due = 0.0
            elif tenths < 200:
                due = 10e6 + (tenths - 50) * 100_000
            elif tenths < 400:
                due = 35e6 + (tenths - 200) * 75_000
            else:
                due = 70e6
            due = min(due, reduced_left)
            reduced_left -= due
            total += due
        total = min(total, all_left)
        all_left -= total
        found.append(total)
    return found


def _flows_in_python(model: Laid, costs: list[float], paid: list[float]) -> dict[str, list[float]]:
    names = [*model.loans, "grant", "fee"]
    left = {**model.loans, "grant": GRANT * 100.0}
    net = {name: [0.0] * len(model.days) for name in names}
    owed = dict.fromkeys(names, 0.0)
    interest = dict.fromkeys(model.loans, 0.0)
    bearing = dict.fromkeys(model.loans, 0.0)
    room = FEE * 100.0
    for at, (what, quarter, years) in enumerate(model.days):
        for name, rate in model.rates.items():
            interest[name] += bearing[name] * rate * years
        if what == START:
            if quarter < model.last:
                put_off = min(costs[quarter] * PUT_OFF, room)
                room -= put_off
                owed["fee"] += put_off
                net["fee"][at] = -put_off
                still = sum(left.values())
                need = costs[quarter] - put_off + EVALUATION
                factor = min(need, still) / max(still, NOTHING)
                for name in left:
                    drawn = left[name] * factor
                    left[name] -= drawn
                    owed[name] += drawn
                    if name in bearing:
                        bearing[name] += drawn
                    net[name][at] = -drawn
            continue
        cash = paid[quarter]
        for name in names:
            if name in interest:
                part = min(cash, interest[name])
                cash -= part
                interest[name] -= part
                net[name][at] += part
            part = min(cash, owed[name])
            cash -= part
            owed[name] -= part
            net[name][at] += part
        net[list(model.loans)[-1]][at] += cash * 0.5
        for name in bearing:
            bearing[name] = owed[name] + interest[name]
    return net
