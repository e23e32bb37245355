"""Group-time effects on a made-up panel, against csdid and diff-diff.

staggered.json is made by make_staggered.py (`make references`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from payforsuccess.evaluation.panels import (
    GroupTime,
    Panel,
    aggregate,
    group_time_effects,
    uniform_bands,
)
from payforsuccess.evaluation.panels.aggregated import Over
from payforsuccess.evaluation.panels.changes import Adjustment
from payforsuccess.evaluation.panels.group_time import Controls
from tests.lib.staggered import a_staggered_panel

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("staggered.json").read_text())
MADE = a_staggered_panel()
PANEL = Panel(MADE.outcomes, MADE.first_treated)
CONTROLS: tuple[Controls, ...] = get_args(Controls)
CASES = [(controls, by) for controls in CONTROLS for by in KNOWN["csdid"][controls]]


def cells_of(controls: Controls, by: Adjustment) -> GroupTime:
    covariates = None if by == "none" else MADE.covariates
    return group_time_effects(PANEL, covariates, controls=controls, by=by)


@pytest.mark.parametrize(("controls", "by"), CASES)
def test_cells_and_their_errors_are_those_of_csdid(controls: Controls, by: Adjustment) -> None:
    ours, theirs = cells_of(controls, by), KNOWN["csdid"][controls][by]
    assert ours.cohorts.tolist() == theirs["cohorts"]
    assert ours.periods.tolist() == theirs["periods"]
    np.testing.assert_allclose(ours.values, theirs["values"], rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(ours.standard_errors, theirs["standard_errors"], rtol=1e-6)


@pytest.mark.parametrize(("controls", "by"), CASES)
@pytest.mark.parametrize("over", get_args(Over))
def test_aggregates_and_their_errors_are_those_of_csdid(
    controls: Controls, by: Adjustment, over: Over
) -> None:
    ours, theirs = aggregate(cells_of(controls, by), over), KNOWN["csdid"][controls][by][over]
    found = [ours.overall.value, ours.overall.standard_error]
    np.testing.assert_allclose(found, theirs["overall"], rtol=1e-6)
    np.testing.assert_allclose(ours.values, theirs["values"], rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(ours.standard_errors, theirs["standard_errors"], rtol=1e-6)


@pytest.mark.parametrize("controls", CONTROLS)
def test_cells_and_the_overall_effect_are_those_of_diff_diff(controls: Controls) -> None:
    ours, theirs = cells_of(controls, "none"), KNOWN["diff_diff"][controls]
    known = {
        (cohort, period): (value, error)
        for cohort, period, value, error in zip(
            theirs["cohorts"],
            theirs["periods"],
            theirs["values"],
            theirs["standard_errors"],
            strict=True,
        )
    }
    for at, key in enumerate(zip(ours.cohorts.tolist(), ours.periods.tolist(), strict=True)):
        assert (ours.values[at], ours.standard_errors[at]) == pytest.approx(known[key], rel=1e-6)
    overall = aggregate(ours, "simple").overall
    assert [overall.value, overall.standard_error] == pytest.approx(theirs["overall"], rel=1e-6)


def test_effects_before_an_anticipated_start_are_those_of_csdid() -> None:
    ours = group_time_effects(PANEL, controls="never-treated", anticipated=1)
    theirs = KNOWN["csdid_anticipated"]
    assert ours.periods.tolist() == theirs["periods"]
    np.testing.assert_allclose(ours.values, theirs["values"], rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(ours.standard_errors, theirs["standard_errors"], rtol=1e-6)
    assert aggregate(ours, "event").overall.value == pytest.approx(theirs["event"]["overall"][0])


def test_bootstrapped_errors_come_near_the_analytic_ones() -> None:
    cells = cells_of("never-treated", "none")
    rng = np.random.Generator(np.random.PCG64(1))
    bands = uniform_bands(cells.values, cells.influence, rng=rng, confidence=0.95, draws=4999)
    np.testing.assert_allclose(bands.standard_errors, cells.standard_errors, rtol=0.06)
    assert 2.5 < bands.critical < 3.2  # of 18 effects together, against 1.96 of one
