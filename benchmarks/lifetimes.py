"""A million whole lifetimes of a deal, from draws through payment trees to the tranches' cash.

The deal of `lifetime_deal.py` against the same model by hand in float64 numpy, both with fast draws
of their own and in blocks of the size that suits each; a plain Python loop; and LibreOffice, which
works out the deal's workbook scenario by scenario. Seconds are of the processor, the best of
several in turn; LibreOffice's are by the clock. Then a price is solved at 16,384 points.

    python benchmarks/lifetimes.py
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

import numpy as np
from lifetime_by_hand import in_numpy, in_python, laid
from lifetime_deal import Size, the_deal, what_is_assumed
from lifetime_office import recalculated
from lifetime_ours import SEED, from_scores, lifetimes, ready
from measured import in_own_process, keep, tell

from payforsuccess.finance.simulate.price import Target, solve_price
from payforsuccess.finance.simulate.simulate import BLOCK

WORLDS = 1_000_000
TIMED = 64 * BLOCK
"""What we need once for all of them is among our time."""
LOOPED = 200
HAND_BLOCKS = (8_192, 16_384)
"""An analyst would try a few sizes too: the better one counts."""
TIMES = 9
POINTS = 16_384
RATE = 0.06


def by_hand(size: Size, worlds: int, block: int) -> None:
    """Draws and cash, block after block."""
    model, rng = laid(size), np.random.Generator(np.random.SFC64(SEED))
    for _ in range(worlds // block):
        in_numpy(size, rng.standard_normal((size.drivers, block)), model)


def by_us(size: Size, worlds: int) -> Callable[[], None]:
    """The same by this program, with all made ready before."""
    made = ready(size)

    def work() -> None:
        for _ in lifetimes(made, worlds):
            pass

    return work


def agree(size: Size) -> float:
    """The largest difference between all three, in minor units, from the same draws."""
    scores = np.random.default_rng(SEED).standard_normal((size.drivers, BLOCK))
    ours, hand = from_scores(ready(size), scores, worlds=WORLDS), in_numpy(size, scores)
    most = max(float(np.abs(ours[name] - hand[name]).max()) for name in hand)
    for world in range(20):
        for name, flow in in_python(size, scores[:, world].tolist()).items():
            most = max(most, float(np.abs(np.array(flow) - hand[name][:, world]).max()))
    return most


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turn(size: Size, *, times: int = TIMES, worlds: int = TIMED) -> tuple[float, float, float]:
    """Microseconds for each world: ours, by hand in numpy, and in a plain loop."""
    ours, loop, mine, hand, plain = by_us(size, worlds), looped(size), [], [], []
    for _ in range(times):
        for block in HAND_BLOCKS:
            hand.append(seconds(lambda block=block: by_hand(size, worlds, block)))
        plain.append(seconds(loop))
        mine.append(seconds(ours))
    return min(mine) / worlds * 1e6, min(hand) / worlds * 1e6, min(plain) / LOOPED * 1e6


def looped(size: Size) -> Callable[[], None]:
    """A few worlds in plain Python, with their draws."""
    from random import Random

    rng, model = Random(SEED), laid(size)

    def work() -> None:
        for _ in range(LOOPED):
            in_python(size, [rng.gauss(0, 1) for _ in range(size.drivers)], model)

    return work


def a_million() -> None:
    """A million worlds in this process; tells its peak of memory."""
    work = by_us(Size(), WORLDS)
    tell(seconds(work))


def a_price() -> dict[str, object]:
    """A price at which all who gave capital earn 6 percent, by 16,384 Sobol points."""
    size, found = Size(), []
    took = seconds(
        lambda: found.append(
            solve_price(
                the_deal(size),
                what_is_assumed(size),
                Target("rate", RATE),
                seed=SEED,
                worlds=POINTS,
                scrambles=1,
            )
        )
    )
    (solved,) = found
    assert solved.factor is not None
    return {
        "price_points": POINTS,
        "price_target": f"a return of {RATE:.0%} a year on the mean flows of all capital",
        "price_factor": float(solved.factor),
        "price_reached": round(solved.reached.value, 5),
        "price_evaluations": solved.evaluations,
        "price_seconds": round(took, 1),
    }


def main() -> None:
    """All sides, and the figures."""
    size = Size()
    gap = agree(size)
    assert gap < 1e-3, f"the sides differ by {gap} minor units"
    load = os.getloadavg()[0]
    mine, hand, loop = in_turn(size)
    office = recalculated()
    whole = in_own_process(__file__, "million")
    keep(
        "lifetimes",
        {
            "data": "a made-up deal",
            "worlds": WORLDS,
            "quarters": size.quarters,
            "tranches": size.tranches,
            "drivers": size.drivers,
            "block": BLOCK,
            "load_at_start": round(load, 1),
            "largest_difference_minor_units": float(f"{gap:.1e}"),
            "microseconds_a_world": round(mine, 2),
            "hand_peer": "the same model in float64 numpy, with its draws, written for this deal",
            "hand_ratio": round(mine / hand, 2),
            "hand_ratio_claimed": 2.5,
            "loop_peer": "the same model in plain Python, one world at a time",
            "loop_ratio": round(loop / mine),
            "loop_ratio_claimed": 100,
            "office_peer": f"{office.version}, {office.formulas:,} formulas of the deal's workbook "
            "worked out for each scenario",
            "office_milliseconds": round(office.seconds * 1e3, 1),
            "office_ratio": round(office.seconds / mine * 1e6),
            "office_ratio_claimed": 1000,
            "seconds_of_a_whole_million": round(whole.seconds, 2),
            "peak_megabytes": round(whole.megabytes),
            "peak_megabytes_claimed": 1000,
            **a_price(),
        },
    )


if __name__ == "__main__":
    a_million() if sys.argv[1:] == ["million"] else main()
