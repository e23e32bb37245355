"""Laws of looking: all of alpha is spent, and a confidence sequence holds at all times at once.

Bounds on simulated shares are passed by chance less than once in a million. (R139)
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation.looks import (
    betting_sequence,
    crossing,
    decide_at_look,
    mixture_sequence,
    running_effects,
    spending_bounds,
    weighted_outcomes,
)

FAR = 4.9
looks = st.lists(st.integers(1, 49), min_size=0, max_size=4, unique=True).map(
    lambda fiftieths: (*(at / 50 for at in sorted(fiftieths)), 1.0)
)
kinds = st.tuples(
    st.sampled_from(["obrien-fleming", "pocock"]), st.sampled_from(["each-side", "two-sided"])
)


@given(looks, kinds, st.sampled_from([0.01, 0.05, 0.1]))
def test_however_looks_are_spaced_all_of_alpha_is_spent_and_no_more(
    times: tuple[float, ...], kind: tuple[str, str], alpha: float
) -> None:
    spending, convention = kind
    found = spending_bounds(
        times,
        spending=spending,  # type: ignore[arg-type]
        convention=convention,  # type: ignore[arg-type]
        alpha=alpha,
    )
    assert sum(crossing(found.bounds, times).either) == pytest.approx(alpha, abs=1e-9)
    assert list(found.spent) == sorted(found.spent)


@given(looks, kinds, st.data())
def test_the_adjusted_p_is_at_most_what_was_spent_just_where_the_study_stops(
    times: tuple[float, ...], kind: tuple[str, str], data: st.DataObject
) -> None:
    bounds = spending_bounds(times, spending=kind[0], convention=kind[1])  # type: ignore[arg-type]
    look = data.draw(st.integers(1, len(times)))
    last = data.draw(st.floats(-6, 6))
    if abs(abs(last) - bounds.bounds[look - 1]) < 1e-6:
        return
    found = decide_at_look(bounds, [0.0] * (look - 1) + [last])
    mirrored = decide_at_look(bounds, [0.0] * (look - 1) + [-last])

    if found.verdict == "go on":
        assert found.adjusted_p is mirrored.adjusted_p is None
        return
    assert found.adjusted_p == pytest.approx(mirrored.adjusted_p, rel=1e-9)
    assert found.adjusted_p is not None
    assert found.adjusted_p >= found.unadjusted_p * (1 - 1e-9)
    if found.verdict == "stop":
        assert found.adjusted_p <= bounds.spent[look - 1] + 1e-9
    else:
        assert found.adjusted_p > bounds.spent[look - 1]


def test_an_asymptotic_sequence_misses_the_truth_at_any_time_no_more_often_than_it_says() -> None:
    """400 studies of 1,500 people, an effect of 0.3 on skewed outcomes; 90 percent. At most a tenth
    ever miss it, and 4.9 standard errors of 0.015."""
    rng = np.random.Generator(np.random.PCG64(11))
    missed = 0
    for _ in range(400):
        treated = rng.random(1_500) < 0.4
        outcomes = rng.exponential(size=1_500) + 0.3 * treated
        found = mixture_sequence(
            running_effects(outcomes, treated, share=0.4),
            confidence=0.9,
            tightest_at=500,
            start=100,
        )
        missed += bool(((found.low > 0.3) | (found.high < 0.3)).any())
    assert missed / 400 <= 0.1 + FAR * 0.015


@pytest.mark.parametrize("truth", [0.5, 0.03])
def test_a_betting_sequence_misses_the_truth_at_any_time_no_more_often_than_it_says(
    truth: float,
) -> None:
    """150 studies of 150 people from the first one on; 90 percent, standard error 0.025."""
    rng = np.random.Generator(np.random.PCG64(12))
    missed = 0
    for _ in range(150):
        values = (rng.random(150) < truth).astype(float)
        found = betting_sequence(values, low=0, high=1, confidence=0.9)
        missed += bool(((found.low > truth) | (found.high < truth)).any())
    assert missed / 150 <= 0.1 + FAR * 0.025


def test_an_effect_on_shares_is_covered_by_bets_on_weighted_outcomes() -> None:
    """100 studies of 150 people, shares of 0.5 and 0.3, half treated; 90 percent."""
    rng = np.random.Generator(np.random.PCG64(13))
    missed = 0
    for _ in range(100):
        treated = rng.random(150) < 0.5
        outcomes = (rng.random(150) < np.where(treated, 0.5, 0.3)).astype(float)
        found = betting_sequence(
            weighted_outcomes(outcomes, treated, share=0.5), low=-2, high=2, confidence=0.9
        )
        missed += bool(((found.low > 0.2) | (found.high < 0.2)).any())
    assert missed / 100 <= 0.1 + FAR * 0.03


@given(st.integers(0, 10_000), st.floats(-3, 3), st.floats(0.1, 10))
def test_a_sequence_moves_with_its_values(seed: int, shift: float, unit: float) -> None:
    values = np.random.Generator(np.random.PCG64(seed)).exponential(size=120)
    plain = mixture_sequence(values, confidence=0.9, tightest_at=100)
    moved = mixture_sequence(shift + unit * values, confidence=0.9, tightest_at=100)
    assert moved.low == pytest.approx(shift + unit * plain.low, abs=1e-9)
    assert moved.high == pytest.approx(shift + unit * plain.high, abs=1e-9)
