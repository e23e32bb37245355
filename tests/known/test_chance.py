"""Randomisation inference and several tests at once agree with other packages (make_chance.py)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from causaldata import nsw_mixtape

from payforsuccess.evaluation.chance import (
    Draws,
    Scores,
    anderson_index,
    benjamini_hochberg,
    bonferroni,
    chance_tests,
    complete_as,
    holm,
    randomisation_inference,
    score,
    westfall_young,
)

KNOWN = json.loads(Path(__file__).with_name("chance.json").read_text())
COVARIATES = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
DATA = nsw_mixtape.load_pandas().data
TREATED = DATA["treat"].to_numpy() == 1
EARNINGS = DATA["re78"].to_numpy(float)
# Benjamini and Hochberg (1995), section 3.2: how many are rejected at 0.05, and the first five.
PUBLISHED = {
    "bonferroni": (3, [0.0015, 0.006, 0.0285, 0.1425, 0.3015]),
    "holm": (3, [0.0015, 0.0056, 0.0247, 0.114, 0.2211]),
    "benjamini_hochberg": (4, [0.0015, 0.003, 0.0095, 0.03562, 0.0603]),
}


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def shuffled(groups: np.ndarray | None = None) -> Draws:
    """The assignments that make_chance.py gave to the other package."""
    source = np.random.default_rng(KNOWN["shuffles"]["seed"])
    rows = np.tile(TREATED.astype(int), (KNOWN["shuffles"]["times"], 1))
    for group in [None] if groups is None else np.unique(groups):
        columns = slice(None) if group is None else np.flatnonzero(groups == group)
        rows[:, columns] = source.permuted(rows[:, columns], axis=1)
    return Draws(np.packbits(rows, axis=1), len(TREATED))


@pytest.mark.parametrize("case", ["complete", "adjusted", "within_strata"])
def test_on_the_same_draws_we_count_what_ritest_counts(case: str) -> None:
    black = DATA["black"].to_numpy().astype(np.int64)
    groups = black if case == "within_strata" else None
    covariates = DATA[COVARIATES].to_numpy(float) if case == "adjusted" else None

    draws = shuffled(groups)
    scores = score(draws, TREATED, EARNINGS, strata=groups, covariates=covariates)
    (found,) = chance_tests(scores, confidence=0.95)

    known = KNOWN[case]
    assert found.value == pytest.approx(known["value"], rel=1e-10)
    assert found.p_value == (1 + known["as_extreme"]) / (1 + draws.times)
    # The other package searches in steps of 0.002 standard errors; ours has no steps.
    assert found.interval is not None
    assert found.interval.low == pytest.approx(known["interval"][0], abs=6.0)
    assert found.interval.high == pytest.approx(known["interval"][1], abs=6.0)


def test_reference_case_r03_with_draws_of_our_own() -> None:
    """Case 3: 20,000 draws; p 0.005, standard deviation over draws 637."""
    (found,) = randomisation_inference(
        complete_as(TREATED), TREATED, EARNINGS, times=20_000, rng=rng()
    )

    assert found.p_value == pytest.approx(0.00505, abs=0.0015)
    assert found.permutation_sd == pytest.approx(636.83, abs=12.0)
    assert found.p_value == pytest.approx(KNOWN["scipy"]["p_value"], abs=0.003)
    assert found.permutation_sd == pytest.approx(KNOWN["scipy"]["permutation_sd"], rel=0.02)
    assert found.p_error == pytest.approx(0.0005, abs=0.0001)


def test_adjusted_for_covariates_as_pyfixest_within_chance() -> None:
    """Case 2's coefficient. pyfixest tosses a coin for each person, ours keeps the arms' sizes; the
    difference is within five standard errors of both sides' draws."""
    (found,) = randomisation_inference(
        complete_as(TREATED),
        TREATED,
        EARNINGS,
        times=20_000,
        rng=rng(),
        covariates=DATA[COVARIATES].to_numpy(float),
    )

    known = KNOWN["pyfixest_adjusted"]
    assert found.value == pytest.approx(known["value"], rel=1e-9)
    assert found.p_value == pytest.approx(known["p_value"], abs=0.008)


@pytest.mark.parametrize(
    ("name", "adjust"),
    [("bonferroni", bonferroni), ("holm", holm), ("benjamini_hochberg", benjamini_hochberg)],
)
def test_reference_case_r23_several_tests(name: str, adjust: object) -> None:
    """Case 23: the fifteen p-values of Benjamini and Hochberg (1995)."""
    adjusted = adjust(np.array(KNOWN["several"]["p_values"]))  # type: ignore[operator]

    rejections, first = PUBLISHED[name]
    assert int((adjusted <= 0.05).sum()) == rejections
    assert adjusted[:5] == pytest.approx(first, abs=6e-5)
    assert adjusted == pytest.approx(KNOWN["several"][name], rel=1e-12)


def test_westfall_young_as_pyfixest_on_the_same_statistics() -> None:
    """Its Romano-Wolf step-down is Westfall and Young's by the largest statistic.

    The scale of each outcome is taken out before, so that ours has nothing to scale.
    """
    known = KNOWN["westfall_young"]
    observed, drawn = np.array(known["observed"]), np.array(known["drawn"])
    found = westfall_young(scores_of(observed, drawn))
    scale = np.sqrt((np.vstack([observed, drawn]) ** 2).mean(axis=0))

    assert found.step_down_min_p == pytest.approx(known["step_down_min_p"], rel=1e-12)
    unscaled = westfall_young(scores_of(observed, drawn, statistic="studentised"))
    assert unscaled.step_down_max_t == pytest.approx(known["step_down_max_t"], rel=1e-12)
    scaled = westfall_young(scores_of(observed / scale, drawn / scale, statistic="studentised"))
    assert scaled.step_down_max_t == pytest.approx(found.step_down_max_t, rel=1e-12)


def scores_of(observed: np.ndarray, drawn: np.ndarray, statistic: str = "difference") -> Scores:
    return Scores(
        values=observed,
        observed=observed,
        drawn=drawn,
        of_arm=np.zeros(len(drawn)),
        people=100,
        statistic=statistic,  # type: ignore[arg-type]
        method="made up",
    )


def test_the_index_is_the_generalised_least_squares_mean() -> None:
    """Anderson (2008); statsmodels' GLS of each person's outcomes on a constant."""
    outcomes = DATA[KNOWN["index"]["outcomes"]].to_numpy(float)

    found = anderson_index(outcomes, ~TREATED, np.ones(3))

    assert found.values[:20] == pytest.approx(KNOWN["index"]["first"], rel=1e-8)
    assert found.weights.sum() == pytest.approx(1.0)
