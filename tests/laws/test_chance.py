"""Laws of drawing people again: margins stay, p is uniform under no effect and never 0 (R83, R84).

Bounds on simulated shares are passed by chance less than once in a million.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation.chance import (
    Clustered,
    Complete,
    Design,
    PermutedBlocks,
    SequentialLottery,
    Simple,
    Stratified,
    chance_tests,
    complete_as,
    draw,
    randomisation_inference,
    score,
    stratified_as,
    westfall_young,
)

FAR = 4.9
"""Standard errors that a share strays by less than once in a million."""


def rng(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


@st.composite
def grouped(draw_: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Codes of up to five groups in any order, and how many are treated in each, not all alike."""
    sizes = draw_(st.lists(st.integers(1, 40), min_size=1, max_size=5))
    treated = [draw_(st.integers(0, size)) for size in sizes]
    if sum(treated) in (0, sum(sizes)):
        sizes, treated = [*sizes, 2], [*treated, 1]
    codes = np.repeat(np.arange(len(sizes)), sizes)
    return codes[rng(draw_(st.integers(0, 99))).permutation(len(codes))], np.array(treated)


@given(grouped(), st.integers(0, 999))
def test_strata_and_full_blocks_keep_how_many_are_treated(
    groups: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    codes, treated = groups
    sizes = np.bincount(codes)
    for design in (Stratified(codes, treated), PermutedBlocks(codes, sizes, treated)):
        draws = draw(design, 7, rng(seed))
        for at in range(7):
            counts = np.bincount(codes, weights=draws.arms(at), minlength=len(treated))
            assert (counts == treated).all()


@given(grouped(), st.integers(0, 999))
def test_complete_draws_and_clusters_keep_how_many_are_treated(
    groups: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    codes, treated = groups
    people, chosen = len(codes), int(treated.sum())
    draws = draw(Complete(people, chosen), 7, rng(seed))
    assert all(draws.arms(at).sum() == chosen for at in range(7))

    clusters = int(codes.max()) + 1
    if clusters > 1:
        of_clusters = draw(Clustered(codes, Complete(clusters, 1)), 7, rng(seed))
        for at in range(7):
            assert len(np.unique(codes[of_clusters.arms(at)])) == 1
            assert len(np.unique(codes)) - len(np.unique(codes[~of_clusters.arms(at)])) == 1


@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=60),
    st.lists(st.integers(0, 8), min_size=5, max_size=5),
    st.integers(0, 4),
    st.integers(0, 999),
)
def test_a_lottery_gives_no_more_than_its_slots_and_no_place_stays_empty(
    arrived: list[int], slots: list[int], waits: int, seed: int
) -> None:
    came = np.bincount(arrived, minlength=5)
    if not sum(slots) or (waits == 0 and (came <= slots).all()):
        return
    design = SequentialLottery(np.array(arrived), np.array(slots), waits)
    draws = draw(design, 5, rng(seed))
    for at in range(5):
        drawn = draws.arms(at)
        assert drawn.sum() <= sum(slots)
        if waits == 0:
            assert (
                np.bincount(arrived, weights=drawn, minlength=5) == np.minimum(came, slots)
            ).all()
        if waits == 4:  # no one's wait ends: the number in the lottery each day is certain
            waiting = served = 0
            for day in range(5):
                waiting += came[day]
                served += min(waiting, slots[day])
                waiting -= min(waiting, slots[day])
            assert drawn.sum() == served


def no_effect(design: Design, *, strata: np.ndarray | None = None, **choices: object) -> np.ndarray:
    """p-values of studies without an effect, each assigned by the design itself."""
    source = rng(17)
    people = 40
    outcomes = np.round(source.exponential(size=(people, 1)) ** 2, 1)
    studies = draw(design, 600, source)
    found = []
    for at in range(studies.times):
        treated = studies.arms(at)
        (test,) = chance_tests(
            score(
                draw(design, 99, source),
                treated,
                outcomes,
                strata=strata,
                **choices,  # type: ignore[arg-type]
            )
        )
        found.append(test.p_value)
    return np.array(found)


STRATA = np.arange(40) % 4
DESIGNS: dict[str, tuple[Design, dict[str, object]]] = {
    "complete": (Complete(40, 15), {}),
    "studentised": (Complete(40, 15), {"statistic": "studentised"}),
    "simple": (Simple(40, 0.3), {}),
    "strata": (Stratified(STRATA, np.array([3, 5, 2, 7])), {"strata": STRATA}),
    "blocks, the last one short": (
        PermutedBlocks(np.arange(40) // 6, np.full(7, 6), np.full(7, 3)),
        {},
    ),
    "clusters": (Clustered(np.arange(40) // 3, Complete(14, 6)), {}),
    "lottery": (SequentialLottery(np.arange(40) // 4, np.full(10, 2), waits=2), {}),
}


@pytest.mark.parametrize("name", DESIGNS)
def test_without_an_effect_p_is_uniform(name: str) -> None:
    """With 99 draws, p is at most k / 100 in k of a hundred studies; fewer where draws tie.

    600 studies: the share at most 0.05 has a standard error of 0.009, and that of 0.25 and 0.5 of
    0.018 and 0.020.
    """
    design, choices = DESIGNS[name]
    found = no_effect(design, **choices)  # type: ignore[arg-type]

    for level in (0.05, 0.25, 0.5):
        error = (level * (1 - level) / len(found)) ** 0.5
        assert (found <= level).mean() <= level + FAR * error
        assert (found <= level).mean() >= level - FAR * error - 0.02  # ties
    assert found.min() >= 0.01


@given(st.integers(0, 10_000), st.floats(-2, 2), st.floats(0.1, 50))
def test_shift_and_unit_move_no_p_and_relabelling_arms_moves_no_two_sided_p(
    seed: int, shift: float, unit: float
) -> None:
    source = rng(seed)
    treated = source.permutation(np.arange(30) < 12)
    outcomes = source.standard_normal((30, 2))
    draws = draw(complete_as(treated), 99, source)
    plain = chance_tests(score(draws, treated, outcomes))
    moved = chance_tests(score(draws, treated, shift + unit * outcomes))
    mirrored = type(draws)(np.packbits([~draws.arms(at) for at in range(99)], axis=1), draws.units)
    swapped = chance_tests(score(mirrored, ~treated, outcomes))

    for one, other, mirror in zip(plain, moved, swapped, strict=True):
        assert one.p_value == other.p_value == mirror.p_value
        assert mirror.value == pytest.approx(-one.value)
        assert other.value == pytest.approx(unit * one.value)
        assert one.p_value > 0


@given(st.integers(0, 10_000))
def test_no_adjusted_p_is_below_its_own(seed: int) -> None:
    source = rng(seed)
    treated = source.permutation(np.arange(30) < 12)
    outcomes = source.standard_normal((30, 3)) + 0.7 * treated[:, None]
    found = westfall_young(score(draw(complete_as(treated), 99, source), treated, outcomes))
    for adjusted in (found.single_step, found.step_down_max_t, found.step_down_min_p):
        assert (found.unadjusted <= adjusted + 1e-12).all()
        assert (adjusted <= 1).all()
    assert found.unadjusted.min() >= 0.01


def test_the_variance_over_draws_is_neymans_under_the_sharp_null() -> None:
    """Neyman (1923): S^2 (1 / n1 + 1 / n0) with one S^2 for all, as both arms would show the same.

    With 40,000 draws the standard deviation strays by a fraction 1 / sqrt(80,000); 4.9 of that.
    """
    source = rng(5)
    outcome = source.exponential(size=80)
    treated = np.arange(80) < 25
    (found,) = randomisation_inference(
        complete_as(treated), treated, outcome, times=40_000, rng=source
    )
    neyman = (outcome.var(ddof=1) * (1 / 25 + 1 / 55)) ** 0.5
    assert found.permutation_sd == pytest.approx(neyman, rel=FAR / 80_000**0.5)


def test_within_strata_the_variance_is_neymans_too() -> None:
    source = rng(6)
    strata = np.repeat([0, 1, 2], [20, 30, 40])
    outcome = source.exponential(size=90) + strata
    treated = np.concatenate([np.arange(size) < 10 for size in (20, 30, 40)])
    (found,) = randomisation_inference(
        stratified_as(treated, strata), treated, outcome, times=40_000, rng=source, strata=strata
    )
    sizes = np.array([20, 30, 40])
    weights = 10 * (sizes - 10) / sizes
    spreads = np.array([outcome[strata == at].var(ddof=1) for at in range(3)])
    variance = (weights**2 * spreads * (1 / 10 + 1 / (sizes - 10))).sum() / weights.sum() ** 2
    assert found.permutation_sd == pytest.approx(variance**0.5, rel=FAR / 80_000**0.5)


def test_the_interval_of_a_constant_effect_covers_it() -> None:
    """500 studies with an effect of 0.4 on everyone; 90 percent, standard error 0.013."""
    source = rng(9)
    base = source.standard_normal(30)
    design = Complete(30, 12)
    studies, covered = draw(design, 500, source), 0
    for at in range(500):
        treated = studies.arms(at)
        (found,) = chance_tests(
            score(draw(design, 99, source), treated, base + 0.4 * treated), confidence=0.9
        )
        assert found.interval is not None
        covered += found.interval.low <= 0.4 <= found.interval.high
    assert covered / 500 == pytest.approx(0.9, abs=FAR * 0.0134)
