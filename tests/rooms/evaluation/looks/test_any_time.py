"""Confidence sequences: values by hand, and what is refused (R139)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.looks import (
    betting_sequence,
    mixture_sequence,
    running_effects,
    weighted_outcomes,
)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_the_mixture_by_hand() -> None:
    values = 100 + rng().standard_normal(400)
    found = mixture_sequence(values, confidence=0.95, tightest_at=200)

    r2 = (-2 * math.log(0.05) + math.log(-2 * math.log(0.05) + 1)) / 200
    for at, t in ((0, 50), (150, 200), (350, 400)):
        reach = values[:t].std() * math.sqrt(
            2 * (t * r2 + 1) / (t**2 * r2) * math.log(math.sqrt(t * r2 + 1) / 0.05)
        )
        assert found.people[at] == t
        assert found.middle[at] == pytest.approx(values[:t].mean())
        assert found.low[at] == pytest.approx(values[:t].mean() - reach)
        assert found.high[at] == pytest.approx(values[:t].mean() + reach)


def test_the_mixture_is_tightest_about_where_the_plan_says() -> None:
    """Beside an interval for that time alone, no other choice is much narrower there."""
    values = rng().standard_normal(2_000)
    at = 1_000

    def width(tightest_at: int) -> float:
        found = mixture_sequence(values, confidence=0.95, tightest_at=tightest_at)
        return float((found.high - found.low)[found.people == at][0])

    assert width(at) <= 1.005 * min(width(choice) for choice in (300, 600, 800, 1_300, 2_000))
    fixed = 2 * 1.96 * values[:at].std() / at**0.5
    assert 1.3 < width(at) / fixed < 1.6


def test_the_bets_by_hand_after_two_people() -> None:
    """Bets are capped at half the capital, so two people rule out little at 40 percent."""
    found = betting_sequence(np.array([1.0, 1.0]), low=0, high=1, confidence=0.4)

    alpha = 0.6
    first = math.sqrt(2 * math.log(2 / alpha) / (0.25 * 1 * math.log(2)))
    mean = (0.5 + 1) / 2
    spread = (0.25 + (1 - mean) ** 2) / 2
    second = math.sqrt(2 * math.log(2 / alpha) / (spread * 2 * math.log(3)))

    def capital(m: float) -> float:
        bets = [min(bet, 0.5 / m) for bet in (first, second)]
        return (1 + bets[0] * (1 - m)) * (1 + bets[1] * (1 - m))

    grid = np.arange(1, 1000) / 1000
    kept = grid[[capital(m) < 2 / alpha for m in grid]]
    assert found.low[1] == pytest.approx(kept[0] - 0.001)
    assert found.high[1] == 1.0


def test_a_betting_sequence_only_narrows_and_stays_in_its_range() -> None:
    values = 3 + 4 * (rng().random(3_000) < 0.2)
    found = betting_sequence(values, low=3, high=7, confidence=0.95)

    assert (np.diff(found.low) >= 0).all()
    assert (np.diff(found.high) <= 0).all()
    assert found.low[0] == 3.0
    assert found.high[0] == 7.0
    assert found.low[-1] < 3.8 < found.high[-1]
    assert found.high[-1] - found.low[-1] < 0.3


@pytest.mark.parametrize(("value", "low", "high"), [(0.0, 0.0, 0.002), (1.0, 0.998, 1.0)])
def test_values_all_at_one_end_leave_that_end(value: float, low: float, high: float) -> None:
    found = betting_sequence(np.full(20_000, value), low=0, high=1, confidence=0.95)
    assert found.low[-1] == pytest.approx(low, abs=1e-9)
    assert found.high[-1] == pytest.approx(high, abs=1e-9)
    assert np.isfinite(found.low).all()


def test_so_many_people_that_the_truth_lies_between_two_of_the_grid() -> None:
    values = np.full(60_000, 0.50050)
    found = betting_sequence(values, low=0, high=1, confidence=0.95)
    assert found.low[-1] <= 0.5005 <= found.high[-1]
    assert np.isfinite(found.high).all()


def test_weighted_outcomes_and_running_effects_have_the_effect_as_their_mean() -> None:
    """Over all draws of four people with a known chance, exactly; whatever the outcomes are."""
    without, gain, share = np.array([3.0, 10.0, -2.0, 5.0]), np.array([1.0, 0.0, 4.0, 3.0]), 0.3
    for numbers in (weighted_outcomes, running_effects):
        mean = 0.0
        for code in range(16):
            treated = np.array([code >> at & 1 for at in range(4)], bool)
            chance = np.where(treated, share, 1 - share).prod()
            mean += chance * numbers(without + gain * treated, treated, share=share).mean()
        assert mean == pytest.approx(gain.mean())


def test_running_effects_are_less_noisy() -> None:
    source = rng()
    treated = source.random(2_000) < 0.5
    outcomes = 50 + source.standard_normal(2_000)
    plain = weighted_outcomes(outcomes, treated, share=0.5)
    running = running_effects(outcomes, treated, share=0.5)
    assert running[20:].std() < plain.std() / 20


def test_what_a_sequence_cannot_rest_on_is_refused() -> None:
    values = np.arange(100.0)
    with pytest.raises(Refusal, match="1 of 100 values are missing"):
        mixture_sequence(np.where(values == 4, np.nan, values), confidence=0.95, tightest_at=50)
    with pytest.raises(Refusal, match="20 people have come"):
        mixture_sequence(values[:20], confidence=0.95, tightest_at=50)
    with pytest.raises(Refusal, match="all the same"):
        mixture_sequence(np.full(100, 0.1), confidence=0.95, tightest_at=50)
    with pytest.raises(Refusal, match="0 of 0 values"):
        betting_sequence(np.array([]), low=0, high=1, confidence=0.95)
    with pytest.raises(Refusal, match="98 values lie outside the range of 0 to 1"):
        betting_sequence(values, low=0, high=1, confidence=0.95)
    with pytest.raises(ValueError, match="length"):
        betting_sequence(values, low=1, high=1, confidence=0.95)
    with pytest.raises(ValueError, match="share"):
        weighted_outcomes(values, values > 3, share=1.0)
    with pytest.raises(ValueError, match="confidence"):
        mixture_sequence(values, confidence=95, tightest_at=50)
