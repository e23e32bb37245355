"""Tests by chance: counted by hand on small cases, and refusals (R84)."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.chance import (
    Clustered,
    Complete,
    Draws,
    Simple,
    chance_tests,
    clustered_as,
    complete_as,
    draw,
    randomisation_inference,
    score,
    stratified_as,
    westfall_young,
)

TREATED = np.array([True, True, True, False, False, False, False])
OUTCOME = np.array([5.0, 7.0, 6.0, 1.0, 3.0, 6.5, 2.0])


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def all_of(people: int, treated: int) -> Draws:
    """Each assignment once."""
    rows = np.zeros((0, people), np.uint8)
    for chosen in combinations(range(people), treated):
        row = np.zeros((1, people), np.uint8)
        row[0, list(chosen)] = 1
        rows = np.vstack([rows, row])
    return Draws(np.packbits(rows, axis=1), people)


def people_like(seed: int = 3, people: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    source = rng(seed)
    treated = np.zeros(people, bool)
    treated[source.permutation(people)[: people // 3]] = True
    covariates = source.standard_normal((people, 2))
    outcomes = source.standard_normal((people, 3)) + covariates[:, :1] + 0.5 * treated[:, None]
    return treated, outcomes, covariates


def by_regression(
    arm: np.ndarray, outcome: np.ndarray, rest: np.ndarray, clusters: np.ndarray | None = None
) -> tuple[float, float]:
    """Coefficient of the arm and its HC0 (or CR0) error, by the textbook."""
    design = np.column_stack([arm.astype(float), rest])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ outcome
    scores = design * (outcome - design @ coefficients)[:, None]
    if clusters is not None:
        scores = np.array([scores[clusters == at].sum(axis=0) for at in np.unique(clusters)])
    return coefficients[0], (inverse @ scores.T @ scores @ inverse)[0, 0] ** 0.5


def test_all_thirty_five_assignments_counted_by_hand() -> None:
    gaps = [
        OUTCOME[list(chosen)].mean() - np.delete(OUTCOME, list(chosen)).mean()
        for chosen in combinations(range(7), 3)
    ]
    extreme = sum(abs(gap) >= abs(gaps[0]) - 1e-9 for gap in gaps)

    (found,) = chance_tests(score(all_of(7, 3), TREATED, OUTCOME))

    assert found.value == pytest.approx(gaps[0])
    assert found.p_value == (1 + extreme) / 36
    assert found.p_error == pytest.approx((found.p_value * (1 - found.p_value) / 35) ** 0.5)
    assert found.permutation_sd == pytest.approx(np.std(gaps))


@pytest.mark.parametrize("statistic", ["difference", "studentised"])
@pytest.mark.parametrize("has_covariates", [False, True])
@pytest.mark.parametrize("has_strata", [False, True])
@pytest.mark.parametrize("is_clustered", [False, True])
def test_every_draw_is_scored_as_the_textbooks_regression(
    statistic: str, has_covariates: bool, has_strata: bool, is_clustered: bool
) -> None:
    treated, outcomes, covariates = people_like()
    clusters = np.arange(60) // 3
    strata = clusters % 4
    if is_clustered:
        treated = np.isin(clusters, [0, 1, 2, 3, 9, 14, 18])
    design = clustered_as(treated, clusters) if is_clustered else complete_as(treated)
    draws = draw(design, 25, rng())
    rest = np.eye(4)[strata] if has_strata else np.ones((60, 1))
    if has_covariates:
        rest = np.column_stack([rest, covariates])

    found = score(
        draws,
        treated,
        outcomes,
        statistic=statistic,  # type: ignore[arg-type]
        strata=strata if has_strata else None,
        covariates=covariates if has_covariates else None,
    )

    for at in range(25):
        for outcome in range(3):
            effect, error = by_regression(
                draws.arms(at), outcomes[:, outcome], rest, clusters if is_clustered else None
            )
            expected = effect if statistic == "difference" else effect / error
            assert found.drawn[at, outcome] == pytest.approx(expected, rel=1e-9)
    assert found.values[0] == pytest.approx(by_regression(treated, outcomes[:, 0], rest)[0])


def test_the_interval_holds_the_effects_that_are_not_rejected() -> None:
    """Searched for by taking each effect out of the treated and testing again."""
    treated, outcomes, _ = people_like()
    draws = draw(complete_as(treated), 999, rng())
    (found,) = chance_tests(score(draws, treated, outcomes[:, 0]), confidence=0.9)
    assert found.interval is not None

    def p_value(effect: float) -> float:
        (test,) = chance_tests(score(draws, treated, outcomes[:, 0] - effect * treated))
        return test.p_value

    width = found.interval.high - found.interval.low
    for end, inwards in ((found.interval.low, width), (found.interval.high, -width)):
        assert p_value(end + 0.001 * inwards) > 0.1
        assert p_value(end - 0.001 * inwards) <= 0.1
    assert p_value(found.value) == 1.0


def test_an_interval_needs_draws_enough_and_ways_enough() -> None:
    with pytest.raises(Refusal, match="too few for an interval of 95 percent"):
        randomisation_inference(
            complete_as(TREATED), TREATED, OUTCOME, times=18, rng=rng(), confidence=0.95
        )
    treated = np.array([True, True, False, False])
    with pytest.raises(Refusal, match="too few for an interval"):
        randomisation_inference(
            complete_as(treated), treated, OUTCOME[:4], times=999, rng=rng(), confidence=0.95
        )


def test_a_studentised_test_states_no_interval() -> None:
    treated, outcomes, _ = people_like()
    found = randomisation_inference(
        complete_as(treated),
        treated,
        outcomes,
        times=99,
        rng=rng(),
        statistic="studentised",
        confidence=0.95,
    )
    assert [test.interval for test in found] == [None] * 3
    assert "HC0" in found[0].method


def test_westfall_young_lies_between_each_alone_and_bonferroni() -> None:
    treated, outcomes, _ = people_like()
    twice = np.column_stack([outcomes, outcomes[:, 0]])
    found = westfall_young(score(draw(complete_as(treated), 1_999, rng()), treated, twice))

    for adjusted in (found.single_step, found.step_down_max_t, found.step_down_min_p):
        assert (adjusted >= found.unadjusted - 1e-12).all()
        assert (adjusted <= 4 * found.unadjusted + 1e-12).all()
    assert (found.step_down_max_t <= found.single_step + 1e-12).all()
    assert found.step_down_min_p[0] == found.step_down_min_p[3]


def test_an_outcome_given_twice_costs_nothing() -> None:
    treated, outcomes, _ = people_like()
    twice = outcomes[:, [0, 0]] * [1.0, 100.0]
    found = westfall_young(score(draw(complete_as(treated), 499, rng()), treated, twice))
    assert found.single_step == pytest.approx(found.unadjusted)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcomes": np.where(np.arange(7) == 2, np.nan, OUTCOME)}, "1 values of the outcomes"),
        ({"outcomes": np.full(7, 4.2)}, "no variation"),
        ({"treated": np.zeros(7, bool)}, "No one is in one of the arms"),
        ({"treated": np.ones(7, bool)}, "No one is in one of the arms"),
        ({"covariates": np.full((7, 1), 3.0)}, "covariates repeat"),
        ({"covariates": np.column_stack([OUTCOME, 2 * OUTCOME])}, "covariates repeat"),
        ({"covariates": np.full((7, 1), np.inf)}, "7 values of the covariates"),
        ({"covariates": TREATED[:, None] * 1.0}, "tell everyone's arm"),
        ({"strata": TREATED.astype(np.int64)}, "tell everyone's arm"),
        (
            {"outcomes": TREATED * 1.0, "statistic": "studentised"},
            "does not vary within the arms",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(change: dict[str, object], says: str) -> None:
    given = {"treated": TREATED, "outcomes": OUTCOME, **change}
    with pytest.raises(Refusal, match=says):
        score(all_of(7, 3), **given)  # type: ignore[arg-type]


def test_one_cluster_in_each_arm_is_refused() -> None:
    clusters = np.array([0, 0, 0, 1, 1, 1, 1])
    design = clustered_as(TREATED, clusters)
    with pytest.raises(Refusal, match="a single cluster"):
        randomisation_inference(design, TREATED, OUTCOME, times=99, rng=rng())


def test_a_cluster_in_two_strata_is_refused() -> None:
    clusters = np.array([0, 0, 1, 2, 2, 3, 3])
    treated = clusters < 2
    with pytest.raises(Refusal, match="in two strata"):
        score(
            draw(clustered_as(treated, clusters), 9, rng()),
            treated,
            OUTCOME,
            strata=np.arange(7) % 2,
        )


def test_a_draw_in_which_nothing_is_compared_counts_as_extreme() -> None:
    """Two strata of two, drawn by tosses: a draw may put each stratum whole into one arm."""
    strata = np.array([0, 0, 1, 1])
    treated = np.array([True, False, True, False])
    scores = score(
        draw(Simple(4, 0.5), 400, rng()), treated, np.array([3.0, 1.0, 4.0, 0.0]), strata=strata
    )
    (found,) = chance_tests(scores)
    assert np.isinf(scores.drawn).any()
    assert np.isfinite(found.permutation_sd)
    assert found.p_value > np.isinf(scores.drawn).mean()


def test_draws_none_of_which_compares_anyone_are_refused() -> None:
    strata = np.array([0, 0, 1, 1])
    whole = Draws(np.packbits([[1, 1, 0, 0], [0, 0, 1, 1]], axis=1), 4)
    scores = score(
        whole, np.array([True, False] * 2), np.array([3.0, 1.0, 4.0, 0.0]), strata=strata
    )
    with pytest.raises(Refusal, match="In none of the draws"):
        chance_tests(scores)


def test_studentising_a_draw_without_spread_warns_of_nothing() -> None:
    treated = np.array([True, True, False, False, False, False])
    outcome = np.array([1.0, 0.0, 1.0, 0.0, 0.0, 0.0])
    (found,) = chance_tests(score(all_of(6, 2), treated, outcome, statistic="studentised"))
    assert 0 < found.p_value <= 1


def test_shapes_that_do_not_agree_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="one row a person each"):
        score(all_of(7, 3), TREATED[:6], OUTCOME[:6])


def test_clusters_of_unlike_size_are_weighed_by_people() -> None:
    clusters = np.array([0, 0, 0, 1, 2, 2, 3])
    treated = np.isin(clusters, [0, 3])
    draws = draw(Clustered(clusters, Complete(4, 2)), 50, rng())
    found = score(draws, treated, OUTCOME)
    for at in range(50):
        arm = draws.arms(at)
        assert found.drawn[at, 0] == pytest.approx(OUTCOME[arm].mean() - OUTCOME[~arm].mean())


def test_strata_fixed_effects_are_named() -> None:
    strata = np.array([0, 0, 0, 0, 1, 1, 1])
    (found,) = randomisation_inference(
        stratified_as(TREATED, np.array([0, 1, 1, 0, 0, 1, 1])),
        TREATED,
        OUTCOME,
        times=50,
        rng=rng(),
        strata=np.array([0, 1, 1, 0, 0, 1, 1]),
    )
    assert "within strata" in found.method
    assert len(strata) == found.people
