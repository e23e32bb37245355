"""Planned looks: bounds, decisions and what is refused (R139)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.looks import (
    Bounds,
    crossing,
    decide_at_look,
    obrien_fleming,
    pocock,
    spending_bounds,
)

FIVE = (0.2, 0.4, 0.6, 0.8, 1.0)


def published() -> Bounds:
    return spending_bounds(FIVE, spending="obrien-fleming", convention="each-side")


def test_one_look_at_the_end_has_the_usual_bound() -> None:
    for bounds in (
        pocock([1.0]),
        obrien_fleming([1.0]),
        spending_bounds([1.0], spending="pocock", convention="two-sided"),
        spending_bounds([1.0], spending="obrien-fleming", convention="each-side"),
    ):
        assert bounds.bounds == pytest.approx([1.959964], abs=1e-6)


def test_bounds_at_early_looks_do_not_depend_on_later_ones() -> None:
    """R139: the calendar of looks may change as information comes in."""
    two = spending_bounds((0.3, 0.5), spending="obrien-fleming", convention="each-side")
    four = spending_bounds((0.3, 0.5, 0.55, 1.0), spending="obrien-fleming", convention="each-side")

    assert four.bounds[:2] == pytest.approx(two.bounds, abs=1e-9)
    assert two.spent[-1] < 0.05
    assert four.spent[-1] == pytest.approx(0.05)


@pytest.mark.parametrize("times", [(0.2, 0.9, 1.0), (0.5, 0.51, 1.0), (0.05, 0.1, 0.3, 1.0)])
def test_bounds_at_uneven_looks_err_as_often_as_they_say(times: tuple[float, ...]) -> None:
    for bounds in (
        pocock(times),
        obrien_fleming(times),
        spending_bounds(times, spending="obrien-fleming", convention="two-sided"),
        spending_bounds(times, spending="pocock", convention="each-side"),
    ):
        assert sum(crossing(bounds.bounds, times).either) == pytest.approx(0.05, abs=1e-9)
        assert bounds.spent[-1] == pytest.approx(0.05, abs=1e-9)


def test_a_million_studies_stop_as_often_as_the_integral_says() -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    times = np.array([0.2, 0.5, 1.0])
    bounds = (2.8, 2.4, 2.0)
    steps = np.sqrt(np.diff(times, prepend=0.0))
    statistics = np.cumsum(steps * rng.standard_normal((1_000_000, 3)), axis=1) / np.sqrt(times)
    beyond = np.abs(statistics) >= bounds
    first = np.where(beyond.any(axis=1), beyond.argmax(axis=1), 3)

    found = crossing(bounds, list(times)).either

    for look in range(3):
        error = math.sqrt(found[look] / 1e6)
        assert (first == look).mean() == pytest.approx(found[look], abs=4.9 * error)


def test_power_is_the_chance_to_stop_above_at_the_effects_drift() -> None:
    """Without early looks a drift of 1.96 + 0.8416 gives 80 percent; looks cost little of it."""
    assert sum(crossing((1.959964,), (1.0,), drift=2.801585).above) == pytest.approx(0.8, abs=1e-6)
    with_looks = sum(crossing(published().bounds, FIVE, drift=2.801585).above)
    assert 0.77 < with_looks < 0.8
    mirrored = crossing(published().bounds, FIVE, drift=-2.801585)
    assert sum(mirrored.below) == pytest.approx(with_looks, abs=1e-12)


def test_a_look_too_early_to_stop_on_anything_has_no_finite_bound() -> None:
    found = spending_bounds((0.01, 1.0), spending="obrien-fleming", convention="each-side")
    assert found.bounds[0] == math.inf
    assert found.spent[0] == 0
    assert decide_at_look(found, [8.0]).verdict == "go on"
    assert found.bounds[1] == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize(
    ("statistics", "verdict"),
    [
        ([1.0], "go on"),
        ([5.0], "stop"),
        ([-5.0], "stop"),
        ([0.3, -1.0, 2.7], "stop"),
        ([0.3, -1.0, 2.6], "go on"),
        ([0.3, -1.0, 2.6, 2.0, 2.0], "end without effect shown"),
        ([0.3, -1.0, 2.6, 2.0, -2.04], "stop"),
    ],
)
def test_a_look_stops_goes_on_or_ends(statistics: list[float], verdict: str) -> None:
    found = decide_at_look(published(), statistics)

    assert found.verdict == verdict
    assert found.look == len(statistics)
    if verdict == "go on":
        assert found.adjusted_p is None
    else:
        assert found.adjusted_p is not None
        assert (found.adjusted_p <= 0.05) == (verdict == "stop")
        assert found.adjusted_p >= found.unadjusted_p
    assert f"Look {found.look} of 5" in found.says


def test_a_statistic_on_its_bound_stops_and_spends_what_the_look_spends() -> None:
    bounds = published()
    found = decide_at_look(bounds, [0.0, 0.0, bounds.bounds[2]])
    assert found.verdict == "stop"
    assert found.adjusted_p == pytest.approx(bounds.spent[2], rel=1e-9)


def test_the_first_look_needs_no_adjustment() -> None:
    found = decide_at_look(published(), [5.1])
    assert found.adjusted_p == pytest.approx(found.unadjusted_p, rel=1e-12)
    assert decide_at_look(pocock((1.0,)), [0.0]).adjusted_p == pytest.approx(1.0)


def test_unplanned_looks_and_looks_after_the_stop_are_refused() -> None:
    """R139."""
    with pytest.raises(Refusal, match="6 looks, and the plan has 5"):
        decide_at_look(published(), [0.1] * 6)
    with pytest.raises(Refusal, match="Look 2 had passed its bound"):
        decide_at_look(published(), [0.1, 4.0, 0.2])
    with pytest.raises(ValueError, match="finite statistic"):
        decide_at_look(published(), [math.nan])
    with pytest.raises(ValueError, match="finite statistic"):
        decide_at_look(published(), [])


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ((0.5, 0.5, 1.0), "do not rise"),
        ((0.6, 0.4, 1.0), "do not rise"),
        ((0.0, 1.0), "do not rise"),
        ((0.5, 0.500001, 1.0), "all but at the same information"),
        ((0.5, 1.1), "110.0 percent of the full information"),
    ],
)
def test_looks_that_cannot_be_are_refused(times: tuple[float, ...], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        spending_bounds(times, spending="pocock", convention="each-side")
    with pytest.raises(Refusal):
        pocock(times)


def test_constants_need_the_look_at_full_information() -> None:
    with pytest.raises(Refusal, match="not at the full information"):
        obrien_fleming((0.5, 0.9))


def test_wrong_arguments_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="at least one look"):
        pocock(())
    with pytest.raises(ValueError, match="alpha"):
        pocock((1.0,), alpha=1.5)
    with pytest.raises(ValueError, match="one bound above 0"):
        crossing((2.0,), (0.5, 1.0))
