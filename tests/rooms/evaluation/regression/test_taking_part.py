"""The effect of taking part: sets of every shape, and compliers that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.evaluation import regression as room
from payforsuccess.evaluation.regression import Errors
from payforsuccess.evaluation.regression.anderson_rubin import AndersonRubin, set_of


def counted() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """1,000 offered of whom 600 take part, 1,000 not offered of whom 100 do: half are compliers.

    Outcomes are shares with an event: of compliers .2 with the programme and .4 without, of those
    who would always take part .1, of those who never would .5.
    """
    arms, took, events = [], [], []
    for offered, part, people, with_event in (
        (True, True, 500, 100),
        (True, True, 100, 10),
        (True, False, 400, 200),
        (False, False, 500, 200),
        (False, True, 100, 10),
        (False, False, 400, 200),
    ):
        arms += [offered] * people
        took += [part] * people
        events += [1.0] * with_event + [0.0] * (people - with_event)
    return np.array(events), np.array(arms), np.array(took)


def test_compliers_by_hand() -> None:
    outcome, arms, took = counted()
    found = room.compliers(outcome, arms, took)
    effect = room.effect_of_taking_part(outcome, arms, took)

    assert found.share.value == pytest.approx(0.5)
    assert found.treated_mean.value == pytest.approx(0.2)
    assert found.control_mean.value == pytest.approx(0.4)
    assert effect.value == pytest.approx(-0.2)
    assert effect.first_stage is not None
    assert effect.first_stage.moved == pytest.approx((0.5,))
    assert effect.first_stage.p_value < 1e-9


def test_everyone_as_assigned_gives_the_difference_in_means() -> None:
    outcome, arms, _ = counted()
    effect = room.effect_of_taking_part(outcome, arms, arms, flavour="hc1")
    offered = room.difference_in_means(outcome, arms, flavour="hc1")
    bounds = room.anderson_rubin(outcome, arms, arms, confidence=0.9, flavour="hc1")

    assert effect.value == pytest.approx(offered.value)
    assert effect.standard_error == pytest.approx(offered.standard_error)
    assert effect.first_stage is not None
    assert effect.first_stage.f_statistic == np.inf
    assert bounds.interval is not None
    ends = offered.interval(0.9)
    assert (bounds.interval.low, bounds.interval.high) == pytest.approx((ends.low, ends.high))
    assert bounds.p_value == pytest.approx(offered.p_value)


def weak(seed: int, moved: float, *, people: int = 401) -> AndersonRubin:
    rng = np.random.default_rng(seed)
    arms = np.arange(people) % 2 == 0
    took = rng.random(people) < 0.3 + moved * arms
    outcome = rng.normal(size=people) + took * 3.0
    return room.anderson_rubin(outcome, arms, took, confidence=0.95)


def test_weak_instruments_give_no_numbers() -> None:
    found = [weak(seed, 0.01) for seed in range(30)]
    shapes = {one.shape for one in found}

    assert {"unbounded", "disjoint"} <= shapes
    for one in found:
        assert (one.interval is None) == (one.shape != "bounded")
        assert one.says.endswith(".")
    strong = weak(1, 0.5)
    assert strong.shape == "bounded"
    assert strong.interval is not None
    assert strong.interval.low < 3 < strong.interval.high


def test_instruments_that_contradict_each_other_leave_nothing() -> None:
    rng = np.random.default_rng(5)
    instruments = rng.normal(size=(500, 2))
    treatment = instruments.sum(axis=1) + rng.normal(size=500)
    outcome = instruments @ np.array([3.0, -3.0]) + rng.normal(size=500)
    found = set_of(
        outcome,
        treatment,
        instruments,
        Errors("classical"),
        confidence=0.95,
        covariates=np.empty((500, 0)),
    )

    assert (found.shape, found.interval) == ("empty", None)
    with pytest.raises(ValueError, match="several instruments"):
        set_of(
            outcome,
            treatment,
            instruments,
            Errors("hc1"),
            confidence=0.95,
            covariates=np.empty((500, 0)),
        )


@pytest.mark.parametrize("seed", range(12))
def test_the_set_holds_the_effects_that_a_search_does_not_reject(seed: int) -> None:
    """Whatever its shape: outcome less b times taking part is not moved by assignment."""
    rng = np.random.default_rng(seed)
    arms = np.arange(80) % 2 == 0
    took = rng.random(80) < 0.3 + rng.choice([0.05, 0.2, 0.4]) * arms
    outcome = rng.normal(size=80) + took
    found = room.anderson_rubin(outcome, arms, took, confidence=0.9, flavour="hc2")
    held = []
    for effect in np.linspace(-40, 40, 161):
        left = room.difference_in_means(outcome - effect * took, arms, flavour="hc2")
        held.append(left.p_value >= 0.1)
    edges = int(np.abs(np.diff(np.array(held).astype(int))).sum())
    expected = {"bounded": (0, 2), "disjoint": (0, 2), "unbounded": (0,), "half-bounded": (1,)}
    assert edges in expected[found.shape]
    if found.interval is not None:
        for effect in (found.interval.low, found.interval.high):
            left = room.difference_in_means(outcome - effect * took, arms, flavour="hc2")
            assert left.p_value == pytest.approx(0.1, abs=1e-9)


def test_strata_and_clusters_reach_both_stages() -> None:
    outcome, arms, took = counted()
    rng = np.random.default_rng(3)
    strata, clusters = rng.integers(0, 4, len(arms)), rng.integers(0, 40, len(arms))
    dummies = (strata[:, None] == np.arange(1, 4)).astype(float)
    names = ["two", "three", "four"]
    for flavour in ("cr1", "cr2"):
        absorbed = room.effect_of_taking_part(
            outcome, arms, took, strata=strata, clusters=clusters, flavour=flavour
        )
        written = room.effect_of_taking_part(
            outcome, arms, took, covariates=dummies, names=names, clusters=clusters, flavour=flavour
        )
        assert absorbed.value == pytest.approx(written.value)
        assert absorbed.standard_error == pytest.approx(written.standard_error)
        assert absorbed.first_stage is not None
        assert written.first_stage is not None
        assert absorbed.first_stage.f_statistic == pytest.approx(written.first_stage.f_statistic)
        sets = [
            room.anderson_rubin(
                outcome, arms, took, confidence=0.95, clusters=clusters, flavour=flavour, **how
            ).interval
            for how in ({"strata": strata}, {"covariates": dummies, "names": names})
        ]
        assert sets[0] is not None
        assert sets[1] is not None
        assert (sets[0].low, sets[0].high) == pytest.approx((sets[1].low, sets[1].high))
