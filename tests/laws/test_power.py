"""What must hold of power, whatever the design."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.durations import log_rank
from payforsuccess.evaluation.power.blocked import Stratified, Stratum
from payforsuccess.evaluation.power.clustered import Clustered
from payforsuccess.evaluation.power.differences import BeforeAfter
from payforsuccess.evaluation.power.solving import Design, solve
from payforsuccess.evaluation.power.survival import Events, FixedWindow, StaggeredEntry
from payforsuccess.evaluation.power.take_up import Attrition, TakeUp
from payforsuccess.evaluation.power.two_arms import TwoMeans, TwoProportions

CORES: list[Design] = [
    TwoMeans(),
    TwoMeans(spread=3.0, treated_share=0.3, explained=0.4, covariates=3, strata=4),
    TwoMeans(explained=0.2, blocks_of=4),
    TwoProportions(0.3),
    TwoProportions(0.31, treated_share=0.6, pooled=True, explained=0.1),
    Stratified((Stratum(0.25, 0.5, 1.0), Stratum(0.75, 0.4, 2.0)), explained=0.3, covariates=1),
    Clustered(25, 0.1),
    Clustered(8, 0.05, size_variation=0.6, explained_between=0.5, covariates=2, blocks=3),
    Events(),
    FixedWindow(0.31, treated_share=0.6),
    StaggeredEntry(0.02, entry=24, follow_up=12, drop_out=0.005),
    BeforeAfter(3, 4, 0.5, "fading"),
    BeforeAfter(2, 2, 0.6, "constant", "ancova"),
]
DIFFERENCES = [design for design in CORES if design.scale == "difference"]
DESIGNS: list[Design] = [
    *CORES,
    TakeUp(TwoMeans(), 0.79, 0.05),
    TakeUp(TwoProportions(0.31, pooled=True), 0.6),
    Attrition(TwoMeans(), 0.1, 0.2),
    Attrition(TakeUp(Clustered(25, 0.1), 0.8), 0.1, 0.1),
]
designs = st.sampled_from(DESIGNS)
sizes = st.floats(60, 3000)
effects = st.floats(0.02, 0.25)
powers = st.floats(0.1, 0.97)


@given(designs, sizes)
def test_power_at_no_effect_is_the_level(design: Design, size: float) -> None:
    for level in (0.05, 0.01):
        found = solve(design, size=size, effect=0.0, level=level)
        assert found.power == pytest.approx(level, rel=1e-9)


@given(designs, sizes, effects, st.floats(1.01, 3))
def test_power_rises_with_size_and_with_the_effect(
    design: Design, size: float, effect: float, times: float
) -> None:
    here = solve(design, size=size, effect=effect).power

    assert solve(design, size=size * times, effect=effect).power >= here - 1e-12
    assert solve(design, size=size, effect=effect * times).power >= here - 1e-12
    assert here >= 0.05 - 1e-12


@given(designs, effects, powers, st.booleans())
def test_size_effect_and_power_solve_each_other(
    design: Design, effect: float, power: float, falls: bool
) -> None:
    change = -effect if falls else effect

    size = solve(design, effect=change, power=power).size

    if size > design.least:
        assert solve(design, size=size, effect=change).power == pytest.approx(power, rel=1e-8)
        back = solve(design, size=size, power=power, falls=falls)
        assert back.effect == pytest.approx(change, rel=1e-6)
        assert back.solved == "effect"


@given(st.sampled_from(DIFFERENCES), sizes, effects, st.floats(0.1, 1.0))
def test_power_of_taking_part_is_that_of_the_diluted_offer(
    design: Design, size: float, effect: float, taken: float
) -> None:
    whole = solve(design, size=size, effect=effect * taken)

    found = solve(TakeUp(design, taken), size=size, effect=effect)

    assert found.power == pytest.approx(whole.power)
    assert found.standard_error * taken == pytest.approx(whole.standard_error)


@given(designs, sizes, effects, st.floats(0.0, 0.5))
def test_attrition_is_a_smaller_study(
    design: Design, size: float, effect: float, lost: float
) -> None:
    found = solve(Attrition(design, lost, lost), size=2 * size, effect=effect)

    left = solve(design, size=2 * size * (1 - lost), effect=effect)
    assert found.power == pytest.approx(left.power)


@given(sizes, effects)
def test_one_stratum_and_clusters_of_one_person_are_people_one_by_one(
    size: float, effect: float
) -> None:
    plain = solve(TwoMeans(), size=size, effect=effect).power

    for same in (
        Stratified((Stratum(1.0),)),
        Clustered(1, 0.0),
        BeforeAfter(0, 1, 0.0, compares="after"),
    ):
        assert solve(same, size=size, effect=effect).power == pytest.approx(plain)


@given(st.integers(1, 8), st.integers(1, 8), st.floats(0, 0.95), st.floats(0.05, 0.95))
def test_ancova_is_never_less_precise_than_change_or_after(
    before: int, after: int, correlation: float, share: float
) -> None:
    for pattern in ("constant", "fading"):
        one = BeforeAfter(before, after, correlation, pattern, "ancova", share)  # type: ignore[arg-type]
        least = one.contrast_variance()
        assert least <= replace(one, compares="change").contrast_variance() + 1e-12
        assert least <= replace(one, compares="after").contrast_variance() + 1e-12


@given(st.integers(1, 8), st.integers(1, 8), st.floats(0, 0.95))
def test_constant_correlation_is_that_of_frison_and_pocock(
    before: int, after: int, correlation: float
) -> None:
    found = BeforeAfter(before, after, correlation).contrast_variance()

    assert found == pytest.approx((1 - correlation) * (1 / before + 1 / after))


DRAWS = 2000


def in_a_million(share: float, draws: int = DRAWS) -> float:
    """How far a simulated share may lie from its own, but once in a million (Hoeffding 1963)."""
    return math.sqrt(math.log(2 / 1e-6) / (2 * draws))


def rejected(ours: np.ndarray, theirs: np.ndarray, line: float) -> float:
    """The share of rows whose pooled t lies beyond the line. ours, theirs: (draws, people)."""
    n, m = ours.shape[1], theirs.shape[1]
    squares = ours.var(axis=1) * n + theirs.var(axis=1) * m
    error = np.sqrt(squares / (n + m - 2) * (1 / n + 1 / m))
    return float((np.abs((ours.mean(axis=1) - theirs.mean(axis=1)) / error) > line).mean())


def test_simulated_t_tests_reject_as_often_as_said() -> None:
    """The line is the 0.975 quantile of t with 38 degrees of freedom."""
    rng = np.random.default_rng(20241)
    found = solve(TwoMeans(treated_share=0.3), size=40, effect=0.9)
    share = rejected(
        0.9 + rng.standard_normal((DRAWS, 12)), rng.standard_normal((DRAWS, 28)), 2.024394
    )

    assert abs(share - found.power) < in_a_million(found.power)


def test_simulated_cluster_means_reject_as_often_as_said() -> None:
    rng = np.random.default_rng(20242)
    design = Clustered(10, 0.2)
    found = solve(design, size=20, effect=0.6)

    def means(shift: float) -> np.ndarray:
        between = rng.standard_normal((DRAWS, 10)) * math.sqrt(0.2)
        within = rng.standard_normal((DRAWS, 10, 10)).mean(axis=2) * math.sqrt(0.8)
        return shift + between + within

    # The 0.975 quantile of t with 18 degrees of freedom.
    share = rejected(means(0.6), means(0.0), 2.100922)

    assert abs(share - found.power) < in_a_million(found.power)


def test_simulated_changes_reject_as_often_as_said() -> None:
    rng = np.random.default_rng(20243)
    design = BeforeAfter(2, 3, 0.6, "fading")
    found = solve(design, size=60, effect=0.7)
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    root = np.linalg.cholesky(0.6**apart)

    def changes(shift: float) -> np.ndarray:
        periods = rng.standard_normal((DRAWS, 30, 5)) @ root.T
        return shift + periods[:, :, 2:].mean(axis=2) - periods[:, :, :2].mean(axis=2)

    # The 0.975 quantile of t with 58 degrees of freedom.
    share = rejected(changes(0.7), changes(0.0), 2.001717)

    assert abs(share - found.power) < in_a_million(found.power)


def test_simulated_proportions_reject_as_often_as_said() -> None:
    """Counts jump, so that the normal distribution is out by a little more: half a point."""
    rng = np.random.default_rng(20244)
    found = solve(TwoProportions(0.31, pooled=True), size=800, effect=-0.1)
    ours, theirs = rng.binomial(400, 0.21, DRAWS) / 400, rng.binomial(400, 0.31, DRAWS) / 400
    both = (ours + theirs) / 2
    z = (ours - theirs) / np.sqrt(both * (1 - both) * 2 / 400)

    share = float((np.abs(z) > 1.959964).mean())

    assert abs(share - found.power) < in_a_million(found.power) + 0.005


@pytest.mark.parametrize(
    "design", [FixedWindow(0.4), StaggeredEntry(0.03, entry=20, follow_up=10, drop_out=0.01)]
)
def test_simulated_log_rank_tests_reject_as_often_as_said(
    design: FixedWindow | StaggeredEntry,
) -> None:
    """Schoenfeld's formula holds for many events and ratios near 1: out by a point here."""
    rng, draws, people = np.random.default_rng(20245), 600, 500
    found = solve(design, size=people, effect=math.log(0.7))
    arms = np.arange(people) % 2 == 0
    hits = 0
    for _ in range(draws):
        if isinstance(design, FixedWindow):
            hazard, ends = -math.log(0.6), np.ones(people)
        else:
            hazard = design.control_hazard
            lost = rng.exponential(1 / design.drop_out, people)
            ends = np.minimum(30 - rng.uniform(0, 20, people), lost)
        happens = rng.exponential(1 / np.where(arms, 0.7 * hazard, hazard))
        hits += log_rank(np.minimum(happens, ends), happens <= ends, arms).p_value < 0.05

    assert abs(hits / draws - found.power) < in_a_million(found.power, draws) + 0.01


@given(designs)
def test_too_small_a_study_is_refused(design: Design) -> None:
    with pytest.raises(Refusal) as refused:
        solve(design, size=design.least / 2, effect=0.1)
    assert "too small" in refused.value.problems[0].what
