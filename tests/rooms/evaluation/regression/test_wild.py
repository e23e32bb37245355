"""The wild cluster bootstrap: against least squares written out, draw by draw; and its size."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from payforsuccess.evaluation import regression as room
from payforsuccess.evaluation.regression import Errors
from payforsuccess.evaluation.regression.wild_weights import all_signs, drawn_weights


def world(
    seed: int, *, effect: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    clusters = rng.integers(0, 7, 60)
    arms = clusters < 3
    age = rng.normal(size=(60, 1))
    outcome = rng.normal(size=60) + rng.normal(size=7)[clusters] + age[:, 0] + effect * arms
    return outcome, arms, clusters, age


@pytest.mark.parametrize("stratified", [False, True])
def test_every_draw_fitted_again(stratified: bool) -> None:
    """Restricted fit, shaken by cluster, whole model fitted again, CR1 error: all 128 patterns."""
    outcome, arms, clusters, age = world(3, effect=0.7)
    strata = np.arange(60) % 4
    beside = (
        [age, (strata[:, None] == np.arange(4)) * 1.0] if stratified else [age, np.ones((60, 1))]
    )
    known = np.hstack(beside)
    whole = np.column_stack([arms, known])
    names = ["arm", *(f"c{at}" for at in range(known.shape[1]))]
    errors = Errors("cr1", clusters)
    ours = abs(
        room.coefficient(
            room.fit_least_squares(outcome, whole, names), "arm", errors, method=""
        ).statistic
    )
    restricted = room.fit_least_squares(outcome, known, names[1:])
    fitted = outcome - restricted.residuals
    far = 0
    for signs in product([-1.0, 1.0], repeat=7):
        shaken = fitted + restricted.residuals * np.array(signs)[clusters]
        fit = room.fit_least_squares(shaken, whole, names)
        far += abs(room.coefficient(fit, "arm", errors, method="").statistic) >= ours * (1 - 1e-9)

    found = room.wild_cluster_bootstrap(
        outcome,
        arms,
        clusters,
        rng=np.random.default_rng(1),
        covariates=age,
        names=["age"],
        strata=strata if stratified else None,
    )

    assert found.is_enumerated
    assert found.p_value == far / 128
    assert abs(found.statistic) == pytest.approx(ours)
    assert (found.draws, found.clusters) == (64, 7)


def test_too_many_patterns_are_drawn() -> None:
    outcome, arms, clusters, _ = world(3)
    found = room.wild_cluster_bootstrap(
        outcome, arms, clusters, rng=np.random.default_rng(1), draws=99
    )
    few = room.wild_cluster_bootstrap(
        outcome, arms, np.arange(60), rng=np.random.default_rng(1), draws=199
    )

    assert found.is_enumerated
    assert not few.is_enumerated
    assert few.p_value == (1 + few.at_least) / 200
    assert "Rademacher weights, 199 draws of 60 clusters" in few.method


def test_the_same_seed_gives_the_same_p_value() -> None:
    outcome, arms, clusters, _ = world(5)

    def p_value(seed: int) -> float:
        rng = np.random.default_rng(seed)
        return room.wild_cluster_bootstrap(
            outcome, arms, clusters, rng=rng, weights="webb", draws=399
        ).p_value

    assert p_value(1) == p_value(1)


def test_signs_and_weights() -> None:
    signs = np.vstack([all_signs(4, 0, 5), all_signs(4, 5, 3)])
    assert signs.shape == (8, 4)
    assert len(np.unique(signs, axis=0)) == 8
    assert (signs[0] == 1).all()
    assert (signs[:, 0] == 1).all()
    webb = drawn_weights("webb", 50, 4_000, np.random.default_rng(1))
    assert webb.mean() == pytest.approx(0, abs=0.01)
    assert webb.var() == pytest.approx(1, abs=0.01)
    assert sorted(set(np.round(webb.ravel() ** 2, 9))) == [0.5, 1.0, 1.5]
    rademacher = drawn_weights("rademacher", 7, 4_001, np.random.default_rng(1))
    assert set(rademacher.ravel()) == {-1.0, 1.0}
    assert rademacher.mean() == pytest.approx(0, abs=0.02)


def test_it_rejects_no_effect_as_often_as_it_says() -> None:
    """Twelve clusters that hang together, half treated: 5 % of 400 worlds, within three errors.

    The plain cluster error with a normal distribution rejects more than twice as often.
    """
    rejected = plain = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        clusters = np.repeat(np.arange(12), 10)
        outcome = rng.normal(size=120) + rng.normal(size=12)[clusters]
        arms = np.isin(clusters, rng.permutation(12)[:6])
        found = room.wild_cluster_bootstrap(outcome, arms, clusters, rng=rng)
        rejected += found.p_value <= 0.05
        plain += abs(found.statistic) > 1.96
    assert abs(rejected / 400 - 0.05) < 3 * (0.05 * 0.95 / 400) ** 0.5
    assert plain > 1.5 * rejected
