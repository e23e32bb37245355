"""A million worlds down a waterfall, against the same waterfall written by hand.

28 quarters; a senior loan at 5 percent, a junior one at 2, a recoverable grant and a deferred fee;
three payment terms; half of what is left goes to the junior lender. The same costs and payments
are given to each side, in blocks; seconds are of the processor, so that other work on the machine
counts less. The rates of return of the same flows are found against pyxirr, one flow at a time.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

import numpy as np
from measured import in_own_process, keep, tell

sys.path.insert(0, str(Path(__file__).parents[1]))

from payforsuccess.finance.moves import PROJECT, Move, party, tranche
from payforsuccess.finance.returns import xirr
from payforsuccess.finance.waterfall import Worlds, plan_of, run_waterfall
from tests.lib.capital import SECOND, a_calendar, a_financed_deal, a_step, a_tranche
from tests.lib.deals import COUNTY, PROVIDER, a_term

WORLDS = 1_000_000
BLOCK = 16_384
QUARTERS, DRAWN = 28, 20
TERMS = ("homes", "days", "kept")
PUT_OFF = 0.06
RULE = {"day_count": "30/360", "unpaid": "compounds"}
AMOUNTS = {
    "senior-loan": 600_000_000.0,
    "junior-loan": 200_000_000.0,
    "recoverable-grant": 100_000_000.0,
}
FEE = 50_000_000.0
DEAL = a_financed_deal(
    a_tranche("senior-loan", amount="6000000", rate="5%", interest=RULE),
    a_tranche("junior-loan", amount="2000000", rate="2%", interest=RULE, party=SECOND),
    a_tranche("recoverable-grant", amount="1000000", party=SECOND),
    a_tranche("deferred-fee", amount="500000", party=PROVIDER),
    ends_on="2032-12-31",
    payments=[a_term(name=name, pays_for=name) for name in TERMS],
    waterfall=[
        a_step("interest", "senior-loan"),
        a_step("principal", "senior-loan"),
        a_step("interest", "junior-loan"),
        a_step("principal", "junior-loan"),
        a_step("principal", "recoverable-grant"),
        a_step("deferred-fee", "deferred-fee"),
        a_step("return", "junior-loan", shares=["0.5"]),
        a_step("release", COUNTY),
    ],
)
CALENDAR = a_calendar(DEAL)
PLAN = plan_of(DEAL, merges_pools=True)
START = [CALENDAR.at(period.start) for period in CALENDAR.periods]
PAID = [CALENDAR.at(day) for day in CALENDAR.paid_on]


@dataclass(frozen=True)
class Block:
    """Costs by quarter, and payments by quarter and term, one number for each world."""

    costs: list[Any]
    pays: list[list[Any]]


def a_block(worlds: int, seed: int = 3) -> Block:
    rng = np.random.default_rng(seed)
    reached = np.maximum(rng.normal(1, 0.1, worlds), 0)
    ramp = [min(quarter + 1, 8) / 8 * (quarter < DRAWN) for quarter in range(QUARTERS)]
    scale = [0.0 if quarter < 4 else 14_000_000.0 for quarter in range(QUARTERS)]
    return Block(
        [reached * share * 40_000_000 for share in ramp],
        [
            [np.rint(np.maximum(rng.normal(1, 0.4, worlds), 0) * each) for _ in TERMS]
            for each in scale
        ],
    )


def ours(block: Block) -> dict[str, Any]:
    """The four tranches' flows by day, by the deal's own waterfall."""
    needs = []
    for quarter in range(DRAWN):
        cost, at = block.costs[quarter], START[quarter]
        needs.append(Move(at, "cost", PROJECT, party(PROVIDER), cost, "service"))
        source, fee = tranche("deferred-fee"), cost * PUT_OFF
        needs.append(Move(at, "deferred-cost", source, party(PROVIDER), fee, "service"))
    flows = run_waterfall(
        DEAL,
        CALENDAR,
        needs=needs,
        payments={
            (PAID[quarter], name): block.pays[quarter][term]
            for quarter in range(QUARTERS)
            for term, name in enumerate(TERMS)
        },
        draws="as-needed",
        triggers_met={},
        arithmetic=Worlds(),
        plan=PLAN,
    )
    net = {
        tranche(each.name): np.zeros((len(CALENDAR.days), len(block.costs[0])))
        for each in DEAL.capital
    }
    for move in flows.moves:
        if move.source in net:
            net[move.source][move.day] -= move.amount
        if move.target in net:
            net[move.target][move.day] += move.amount
    return net


def part_of_year(since: date, to: date) -> float:
    """30/360; no day here is a 31st."""
    months = 12 * (to.year - since.year) + to.month - since.month
    return (30 * months + to.day - since.day) / 360


def by_hand(block: Block) -> dict[str, Any]:
    """The same, as an analyst writes it in numpy for this one deal."""
    worlds = len(block.costs[0])
    names = [*AMOUNTS, "deferred-fee"]
    net = {tranche(name): np.zeros((len(CALENDAR.days), worlds)) for name in names}
    left = {name: np.full(worlds, amount) for name, amount in AMOUNTS.items()}
    owed = {name: np.zeros(worlds) for name in names}
    interest = {"senior-loan": np.zeros(worlds), "junior-loan": np.zeros(worlds)}
    bearing = {"senior-loan": np.zeros(worlds), "junior-loan": np.zeros(worlds)}
    rates = {"senior-loan": 0.05, "junior-loan": 0.02}
    room = np.full(worlds, FEE)
    last = CALENDAR.days[0]
    quarter_of = {at: ("start", quarter) for quarter, at in enumerate(START)}
    quarter_of |= {at: ("paid", quarter) for quarter, at in enumerate(PAID)}
    for at, day in enumerate(CALENDAR.days):
        what, quarter = quarter_of[at]
        if what == "start" and quarter >= DRAWN:
            continue
        share = part_of_year(last, day)
        for name, rate in rates.items():
            interest[name] += bearing[name] * (rate * share)
        last = day
        if what == "start":
            cost = block.costs[quarter]
            put_off = np.minimum(cost * PUT_OFF, room)
            extra = cost * PUT_OFF - put_off
            room -= put_off
            owed["deferred-fee"] += put_off
            net[tranche("deferred-fee")][at] -= put_off
            still = left["senior-loan"] + left["junior-loan"] + left["recoverable-grant"]
            factor = np.minimum(cost + extra, still) / np.maximum(still, 1e-9)
            for name in AMOUNTS:
                draw = left[name] * factor
                left[name] -= draw
                owed[name] += draw
                if name in rates:
                    bearing[name] += draw
                net[tranche(name)][at] -= draw
            continue
        homes, days, kept = block.pays[quarter]
        cash = homes + days + kept
        for name in names:
            row = net[tranche(name)][at]
            if name in rates:
                paid = np.minimum(cash, interest[name])
                cash -= paid
                interest[name] -= paid
                row += paid
            paid = np.minimum(cash, owed[name])
            cash -= paid
            owed[name] -= paid
            row += paid
        net[tranche("junior-loan")][at] += cash * 0.5
        for name in rates:
            bearing[name] = owed[name] + interest[name]
    return net


def plainly(costs: list[float], pays: list[list[float]]) -> dict[str, list[float]]:
    """The same for one world, in plain Python."""
    names = [*AMOUNTS, "deferred-fee"]
    net = {tranche(name): [0.0] * len(CALENDAR.days) for name in names}
    left = dict(AMOUNTS)
    owed = dict.fromkeys(names, 0.0)
    interest = {"senior-loan": 0.0, "junior-loan": 0.0}
    bearing = dict(interest)
    rates = {"senior-loan": 0.05, "junior-loan": 0.02}
    room = FEE
    last = CALENDAR.days[0]
    quarter_of = {at: ("start", quarter) for quarter, at in enumerate(START)}
    quarter_of |= {at: ("paid", quarter) for quarter, at in enumerate(PAID)}
    for at, day in enumerate(CALENDAR.days):
        what, quarter = quarter_of[at]
        if what == "start" and quarter >= DRAWN:
            continue
        share = part_of_year(last, day)
        for name, rate in rates.items():
            interest[name] += bearing[name] * rate * share
        last = day
        if what == "start":
            cost = costs[quarter]
            put_off = min(cost * PUT_OFF, room)
            room -= put_off
            owed["deferred-fee"] += put_off
            net[tranche("deferred-fee")][at] -= put_off
            still = sum(left.values())
            factor = min(cost + cost * PUT_OFF - put_off, still) / max(still, 1e-9)
            for name in AMOUNTS:
                draw = left[name] * factor
                left[name] -= draw
                owed[name] += draw
                if name in rates:
                    bearing[name] += draw
                net[tranche(name)][at] -= draw
            continue
        cash = sum(pays[quarter])
        for name in names:
            if name in rates:
                paid = min(cash, interest[name])
                cash -= paid
                interest[name] -= paid
                net[tranche(name)][at] += paid
            paid = min(cash, owed[name])
            cash -= paid
            owed[name] -= paid
            net[tranche(name)][at] += paid
        net[tranche("junior-loan")][at] += cash * 0.5
        for name in rates:
            bearing[name] = owed[name] + interest[name]
    return net


def agree(block: Block) -> float:
    """The largest difference between all three, in minor units."""
    one, other = ours(block), by_hand(block)
    most = max(float(np.abs(one[name] - other[name]).max()) for name in one)
    for world in range(20):
        third = plainly(
            [float(cost[world]) for cost in block.costs],
            [[float(term[world]) for term in terms] for terms in block.pays],
        )
        for name, flow in third.items():
            most = max(most, float(np.abs(np.array(flow) - other[name][:, world]).max()))
    return most


def seconds(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def rates_of_return() -> dict[str, object]:
    """Microseconds for each flow, ours in a batch and pyxirr's one by one."""
    import pyxirr

    found = by_hand(a_block(BLOCK))
    senior, days = found[tranche("senior-loan")].T, list(CALENDAR.days)
    few = [flow.tolist() for flow in senior[:2000]]
    mine = theirs = float("inf")
    for _ in range(5):
        mine = min(mine, seconds(lambda: xirr(days, senior), 1) / BLOCK)
        one_by_one = seconds(lambda: [pyxirr.xirr(days, flow, silent=True) for flow in few], 1)
        theirs = min(theirs, one_by_one / len(few))
    said = [pyxirr.xirr(days, flow, silent=True) for flow in few]
    gap = max(
        abs(one - other)
        for one, other in zip(said, xirr(days, senior[:2000]).rate.tolist(), strict=True)
        if one is not None
    )
    return {
        "rate_microseconds": round(mine * 1e6, 2),
        "rate_peer": "pyxirr, one flow at a time",
        "rate_ratio": round(theirs / mine, 1),
        "rate_ratio_claimed": 3,
        "rate_largest_difference": float(f"{gap:.1e}"),
    }


def a_million() -> None:
    """Time a million worlds in blocks in this process, and tell its peak of memory."""
    block = a_block(BLOCK)
    start = time.process_time()
    for _ in range(-(-WORLDS // BLOCK)):
        ours(block)
    tell(time.process_time() - start)


def main() -> None:
    """Ours, by hand, and a plain loop; then rates of return; then a million worlds at once."""
    block = a_block(BLOCK)
    gap = agree(block)
    one = [float(cost[0]) for cost in block.costs], [[float(t[0]) for t in p] for p in block.pays]
    mine = hand = loop = float("inf")
    for _ in range(9):
        hand = min(hand, seconds(lambda: by_hand(block), 1))
        mine = min(mine, seconds(lambda: ours(block), 1))
        loop = min(loop, seconds(lambda: [plainly(*one) for _ in range(50)], 1) / 50)
    whole = in_own_process(__file__, "million")
    keep(
        "waterfall",
        {
            "worlds": WORLDS,
            "block": BLOCK,
            "largest_difference_minor_units": float(f"{gap:.1e}"),
            "seconds_a_million": round(mine / BLOCK * WORLDS, 2),
            "hand_peer": "the same waterfall in float64 numpy, written for this deal alone",
            "hand_ratio": round(mine / hand, 2),
            "hand_ratio_claimed": 2.5,
            "loop_peer": "the same waterfall in plain Python, one world at a time",
            "loop_ratio": round(loop / (mine / BLOCK)),
            "loop_ratio_claimed": 100,
            "seconds_of_a_whole_million": round(whole.seconds, 2),
            "peak_megabytes": round(whole.megabytes),
            "peak_megabytes_claimed": 1000,
            **rates_of_return(),
        },
    )


if __name__ == "__main__":
    a_million() if sys.argv[1:] == ["million"] else main()
