"""A three-metric contract read from its tree, against the same contract written by hand.

Arrays against float64 numpy; exact integers without steps against hand-written integers. Both
sides of each pair are timed in turn in one process, many times, and the best of each is kept.
"""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
from measured import best_of, keep

from payforsuccess.payments.arrays import read_arrays
from payforsuccess.payments.nodes import (
    Bands,
    Ceiling,
    Condition,
    Outcome,
    Piece,
    Price,
    Round,
    Sum,
    Test,
)
from payforsuccess.payments.reading import read

WORLDS = 1_000_000


def piece(low: int, high: int | None, base: int, slope: int) -> Piece:
    """A band that holds its lower edge, in percent, with an amount in whole currency units."""
    top = None if high is None else Fraction(high)
    return Piece(Fraction(low), True, top, False, Fraction(base * 100), Fraction(slope * 100))


# 15.12 a day up to 6,000,000; a line from 20 to 65 percent; 300,000 or 800,000 for jobs, if at
# least 10 were kept; never more than 8,500,000 in all.
DAYS = Ceiling(
    Round(Price(Outcome("days"), Fraction(1512), "price", money=True), "half-up"),
    Fraction(600_000_000),
    "the ceiling of the line",
)
REDUCTION = Round(
    Bands(
        Outcome("reduction", Fraction(1, 10)),
        (
            piece(-100, 5, 0, 0),
            piece(5, 20, 0, 66_670),
            piece(20, 65, 1_000_050, 37_770),
            piece(65, None, 2_700_000, 0),
        ),
        "reduction",
    ),
    "half-up",
)
JOBS = Condition(
    Bands(
        Outcome("jobs"),
        (piece(0, 100, 0, 0), piece(100, 200, 300_000, 0), piece(200, None, 800_000, 0)),
        "jobs",
    ),
    (Test(Outcome("kept"), ">=", Fraction(10)),),
    key="jobs",
)
TREE = Ceiling(Sum((DAYS, REDUCTION, JOBS)), Fraction(850_000_000), "the ceiling")


def by_hand_float(days, reduction, jobs, kept):  # type: ignore[no-untyped-def]
    """The contract as an analyst writes it in numpy, in dollars."""
    housing = np.minimum(np.rint(days * 15.12 * 100) / 100, 6_000_000.0)
    line = np.where(
        reduction < 5,
        0.0,
        np.where(
            reduction < 20,
            (reduction - 5) * 66_670.0,
            np.where(reduction < 65, 1_000_050 + (reduction - 20) * 37_770.0, 2_700_000.0),
        ),
    )
    step = np.where(jobs < 100, 0.0, np.where(jobs < 200, 300_000.0, 800_000.0))
    return np.minimum(
        housing + np.rint(line * 100) / 100 + np.where(kept >= 10, step, 0.0), 8_500_000.0
    )


def by_hand_integer(days: int, reduction: int, jobs: int, kept: int) -> int:
    """The contract in cents; the reduction in tenths of a percent."""
    housing = min(days * 1512, 600_000_000)
    if reduction < 50:
        line = 0
    elif reduction < 200:
        line = (reduction - 50) * 666_700
    elif reduction < 650:
        line = 100_005_000 + (reduction - 200) * 377_700
    else:
        line = 270_000_000
    step = 0 if jobs < 100 else 30_000_000 if jobs < 200 else 80_000_000
    return min(housing + line + (step if kept >= 10 else 0), 850_000_000)


def arrays() -> dict[str, float]:
    """Seconds for a million worlds, and whether both agree to a cent."""
    rng = np.random.default_rng(3)
    inputs = {
        "days": rng.integers(0, 500_000, WORLDS),
        "reduction": rng.integers(-500, 900, WORLDS),
        "jobs": rng.integers(0, 300, WORLDS),
        "kept": rng.integers(0, 30, WORLDS),
    }
    floats = [inputs["days"] * 1.0, inputs["reduction"] / 10, inputs["jobs"] * 1.0]
    floats.append(inputs["kept"] * 1.0)
    reading = read_arrays(TREE)
    cents = reading(inputs, {}, {})
    dollars = by_hand_float(*floats)
    assert np.abs(cents - dollars * 100).max() < 1
    ours = hand = float("inf")
    for _ in range(7):
        hand = min(hand, best_of(lambda: by_hand_float(*floats), times=1))
        ours = min(ours, best_of(lambda: reading(inputs, {}, {}), times=1))
    return {"hand": hand, "ours": ours}


def exactly() -> dict[str, float]:
    """Seconds for 20,000 contracts, one at a time."""
    rng = random.Random(5)
    rows = [
        (rng.randrange(500_000), rng.randrange(-500, 900), rng.randrange(300), rng.randrange(30))
        for _ in range(20_000)
    ]
    worlds = [
        {"days": days, "reduction": reduction, "jobs": jobs, "kept": kept}
        for days, reduction, jobs, kept in rows
    ]
    reading = read(TREE)
    assert [reading(w, {}, {}) for w in worlds] == [by_hand_integer(**w) for w in worlds]

    def hand_work() -> None:
        for world in worlds:
            by_hand_integer(world["days"], world["reduction"], world["jobs"], world["kept"])

    def our_work() -> None:
        for world in worlds:
            reading(world, {}, {})

    ours = hand = float("inf")
    for _ in range(9):
        hand = min(hand, best_of(hand_work, times=1))
        ours = min(ours, best_of(our_work, times=1))
    return {"hand": hand, "ours": ours}


def main() -> None:
    """Both pairs."""
    many, one = arrays(), exactly()
    keep(
        "trees",
        {
            "arrays": "1,000,000 worlds of a three-metric contract",
            "arrays_peer": "hand-written float64 numpy",
            "arrays_ratio": round(many["ours"] / many["hand"], 2),
            "arrays_ratio_claimed": 1.5,
            "exact": "one contract at a time, without steps",
            "exact_peer": "hand-written Python integers",
            "exact_microseconds": round(one["ours"] / 20_000 * 1e6, 2),
            "exact_ratio": round(one["ours"] / one["hand"], 2),
            "exact_ratio_claimed": 3,
        },
    )


if __name__ == "__main__":
    main()
