"""California's tobacco programme by mixes of states, against synthdid-py and pysyncon.

synthetic.json is made by make_synthetic.py (`make references`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    difference_in_changes,
    synthetic_control,
    synthetic_difference,
)
from payforsuccess.evaluation.panels.synthetic_differences import (
    SyntheticWeights,
    synthetic_weights,
    weighted_difference,
)

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("synthetic.json").read_text())
POOL, CALIFORNIA = np.array(KNOWN["pool"]), np.array(KNOWN["california"])[None]
START = 19  # 1989
PANEL = Panel(np.vstack([POOL, CALIFORNIA]), np.array([NEVER] * 38 + [START]))


def test_with_their_weights_the_difference_is_that_of_synthdid() -> None:
    theirs = KNOWN["synthdid"]
    weights = SyntheticWeights(np.array(theirs["units"]), np.array(theirs["periods"]))
    found = weighted_difference(POOL, CALIFORNIA, START, weights)
    assert found == pytest.approx(theirs["value"], abs=1e-5)


def test_the_value_is_that_to_which_a_longer_search_of_synthdid_comes() -> None:
    # The paper prints -15.6 (8.4). Its error is by placebos drawn at random: only the value is
    # compared, as errors differ between packages and draws.
    rng = np.random.Generator(np.random.PCG64(1))
    found = synthetic_difference(PANEL, error="placebo", rng=rng, placebos=50)
    theirs = KNOWN["synthdid"]
    assert found.effect.value == pytest.approx(theirs["value_of_longer_search"], abs=2e-4)
    assert found.effect.value == pytest.approx(theirs["value"], abs=5e-3)
    assert 4 < found.effect.standard_error < 16
    np.testing.assert_allclose(found.weights.periods, theirs["periods"], atol=2e-3)
    np.testing.assert_allclose(found.weights.units, theirs["units"], atol=5e-3)


def test_our_weights_do_no_worse_than_those_of_synthdid_by_its_own_measure() -> None:
    theirs = KNOWN["synthdid"]
    ours = synthetic_weights(POOL, CALIFORNIA, START)
    pool = POOL[:, :START].T - POOL[:, :START].mean(axis=1)
    target = CALIFORNIA[0, :START] - CALIFORNIA[0, :START].mean()

    def loss(weights: np.ndarray) -> float:
        left = pool @ weights - target
        return float((left**2).mean() + theirs["reach"] ** 2 * (weights**2).sum())

    assert loss(ours.units) <= loss(np.array(theirs["units"])) + 1e-9


def test_plain_differences_are_those_of_synthdid() -> None:
    one_more = Panel(np.vstack([PANEL.outcomes, CALIFORNIA]), np.append(PANEL.first_treated, START))
    found = difference_in_changes(one_more, flavour="hc1")  # a second, equal state moves no mean
    assert found.effect.value == pytest.approx(KNOWN["synthdid"]["difference"], abs=1e-5)


def test_the_synthetic_control_is_that_of_pysyncon() -> None:
    found, theirs = synthetic_control(PANEL), KNOWN["pysyncon"]
    assert found.value == pytest.approx(theirs["value"], abs=0.01)
    assert found.error_before <= theirs["error_before"] + 1e-9
    np.testing.assert_allclose(found.weights, theirs["weights"], atol=2e-3)
    assert found.is_unique
