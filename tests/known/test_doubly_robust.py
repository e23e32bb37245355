"""Adjusted difference-in-differences of job training, against drdid.

doubly_robust.json is made by make_doubly_robust.py (`make references`) from causaldata's own copy
of the data.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from causaldata import cps_mixtape, nsw_mixtape

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels import NEVER, Panel, adjusted_difference
from payforsuccess.evaluation.panels.changes import Adjustment

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("doubly_robust.json").read_text())
COVARIATES = ["age", "educ", "black", "marr", "nodegree", "hisp", "re74"]
GROUPS = {"treated_vs_cps": 1, "placebo_controls_vs_cps": 0}
IN_DRDID: tuple[Adjustment, ...] = ("doubly-robust", "outcome-regression", "inverse-weighting")


@cache
def estimated(group: str, by: Adjustment) -> Estimated:
    trial, survey = nsw_mixtape.load_pandas().data, cps_mixtape.load_pandas().data
    taken = trial[trial.treat == GROUPS[group]]
    columns = {
        name: np.concatenate([taken[name], survey[name]]).astype(float)
        for name in [*COVARIATES, "re75", "re78"]
    }
    start = np.concatenate([np.full(len(taken), 1), np.full(len(survey), NEVER)])
    panel = Panel(np.column_stack([columns["re75"], columns["re78"]]), start)
    covariates = np.column_stack([columns[name] for name in COVARIATES])
    return adjusted_difference(panel, covariates, by=by)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("by", IN_DRDID)
def test_values_and_errors_are_those_of_drdid(group: str, by: Adjustment) -> None:
    ours, theirs = estimated(group, by), KNOWN[group][by]
    assert ours.value == pytest.approx(theirs["value"], rel=1e-6)
    assert ours.standard_error == pytest.approx(theirs["standard_error"], rel=1e-6)


@pytest.mark.parametrize("group", GROUPS)
def test_the_improved_value_is_that_of_its_two_steps_by_other_means(group: str) -> None:
    ours, theirs = estimated(group, "improved-doubly-robust"), KNOWN[group]
    assert ours.value == pytest.approx(theirs["improved-doubly-robust"]["value"], rel=1e-5)


def test_job_training_raised_earnings_by_1_866_dollars() -> None:
    # drdid 1.1.7 and, for the improved estimator, a tilting of ours from before this program
    found = estimated("treated_vs_cps", "doubly-robust")
    assert found.value == pytest.approx(1865.64229, abs=0.01)
    assert found.standard_error == pytest.approx(644.9274, abs=0.05)  # theirs divides by n - 1
    improved = estimated("treated_vs_cps", "improved-doubly-robust")
    assert improved.value == pytest.approx(1869.52544, abs=0.01)


def test_where_nothing_was_done_a_small_effect_is_found_only_with_covariates() -> None:
    # the trial's controls against the survey: no effect is the truth
    assert estimated("placebo_controls_vs_cps", "doubly-robust").value == pytest.approx(
        252.50155, abs=0.01
    )
    assert estimated("placebo_controls_vs_cps", "none").value == pytest.approx(2092.03597, abs=0.01)
