"""Adjusted differences of changes: whom they compare, their errors, and what they refuse."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.panels import NEVER, Panel, adjusted_difference
from payforsuccess.evaluation.panels.changes import TRIMMED_FROM, Adjustment, effect_on_change
from payforsuccess.evaluation.panels.scores import likely_scores, tilted_scores

ADJUSTED: tuple[Adjustment, ...] = get_args(Adjustment)


def drawn(units: int = 400, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.Generator(np.random.PCG64(seed))
    covariates = rng.normal(size=(units, 2))
    is_treated = rng.logistic(size=units) < covariates[:, 0] - 0.5
    change = 1 + covariates @ [1.0, 0.5] + 2.0 * is_treated + rng.normal(size=units)
    return change, is_treated, covariates


@pytest.mark.parametrize("by", [by for by in ADJUSTED if by != "none"])
def test_a_planted_effect_is_found_in_spite_of_who_was_treated(by: Adjustment) -> None:
    change, is_treated, covariates = drawn(4000)
    found = effect_on_change(change, is_treated, covariates, by=by)
    error = np.sqrt((found.influence**2).sum()) / len(change)
    assert abs(found.value - 2) < 3 * error
    assert abs(effect_on_change(change, is_treated).value - 2) > 10 * error  # plain means miss


@pytest.mark.parametrize("by", ADJUSTED)
def test_the_error_is_that_of_units_left_out_in_turn(by: Adjustment) -> None:
    change, is_treated, covariates = drawn(150)
    found = effect_on_change(change, is_treated, covariates, by=by)
    left_out = [
        effect_on_change(
            np.delete(change, at), np.delete(is_treated, at), np.delete(covariates, at, 0), by=by
        ).value
        for at in range(150)
    ]
    jackknife = np.sqrt(149 * np.var(left_out))
    error = np.sqrt((found.influence**2).sum()) / 150
    assert error == pytest.approx(jackknife, rel=0.15)


def test_tilted_weights_give_the_untreated_the_means_of_the_treated() -> None:
    _, is_treated, covariates = drawn()
    design = np.column_stack([np.ones(len(covariates)), covariates])
    scores = tilted_scores(is_treated, design)
    weights = np.where(is_treated, 0, scores / (1 - scores))
    np.testing.assert_allclose(weights @ design, design[is_treated].sum(axis=0), rtol=1e-8)


def test_likely_scores_leave_nothing_over_in_total() -> None:
    _, is_treated, covariates = drawn()
    design = np.column_stack([np.ones(len(covariates)), covariates])
    left = is_treated - likely_scores(is_treated, design)
    np.testing.assert_allclose(design.T @ left, 0, atol=1e-8)


@pytest.mark.parametrize("by", ["inverse-weighting", "doubly-robust", "improved-doubly-robust"])
def test_covariates_that_tell_treated_units_apart_without_fail_are_refused(by: Adjustment) -> None:
    change, _, covariates = drawn(60)
    with pytest.raises(Refusal, match="without fail"):
        effect_on_change(change, covariates[:, 0] > 0, covariates, by=by)


@pytest.mark.parametrize("by", [by for by in ADJUSTED if by != "none"])
def test_covariates_that_repeat_each_other_are_refused(by: Adjustment) -> None:
    change, is_treated, covariates = drawn(60)
    doubled = np.column_stack([covariates, covariates[:, 0] * 3 + 1])
    with pytest.raises(Refusal, match="follow from the others"):
        effect_on_change(change, is_treated, doubled, by=by)


def test_one_unit_on_a_side_is_refused() -> None:
    change, _, _ = drawn(10)
    with pytest.raises(Refusal, match="1 treated and 9 untreated"):
        effect_on_change(change, np.arange(10) == 0)


def test_untreated_units_that_are_all_but_surely_treated_are_left_out_and_counted() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    trait = np.concatenate([rng.normal(size=400), [9.0, 9.0, 30.0]])
    is_treated = np.concatenate([rng.logistic(size=400) < 2 * trait[:400], [False, False, True]])
    change = rng.normal(size=403)
    found = effect_on_change(change, is_treated, trait[:, None], by="doubly-robust")
    design = np.column_stack([np.ones(403), (trait - trait.mean()) / trait.std()])
    scores = likely_scores(is_treated, design)
    assert found.trimmed == int((scores[~is_treated] >= TRIMMED_FROM).sum()) > 0


def test_a_panel_of_two_periods_and_known_covariates_is_needed() -> None:
    change, is_treated, covariates = drawn(60)
    first = np.where(is_treated, 1, NEVER)
    panel = Panel(np.column_stack([np.zeros(60), change]), first)
    assert "traditional" in adjusted_difference(panel, covariates).method
    unknown = covariates.copy()
    unknown[:4, 1] = np.nan
    with pytest.raises(Refusal, match="4 of 60 units have a covariate that is unknown"):
        adjusted_difference(panel, unknown)
    with pytest.raises(ValueError, match="two periods"):
        adjusted_difference(Panel(np.zeros((60, 3)), first), covariates)
    with pytest.raises(ValueError, match="units by covariates"):
        adjusted_difference(panel, covariates[:5])
