"""Known figures through the one door of estimates: a plan, rows of people, and the figure.

The data are those of causaldata and of tests/known/data; the figures stand in comparison.json and
regression.json, which mature packages made (`make references`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from causaldata import cps_mixtape, nsw_mixtape
from pydantic import TypeAdapter

from payforsuccess.deal.estimates import ArmFlow, Estimate, StatusCount
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.evaluation import estimate_effect
from payforsuccess.evaluation.attrition import attrition_reading
from payforsuccess.evaluation.balance import balance_of, hedges_g
from tests.lib.compared import a_matched_plan
from tests.lib.outside_data import outside_data
from tests.lib.studies import PLAN

HERE = Path(__file__).parent
KNOWN: dict[str, Any] = json.loads((HERE / "comparison.json").read_text())
REGRESSION: dict[str, Any] = json.loads((HERE / "regression.json").read_text())["training"]
TRAITS = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
EVIDENCE = "sha256:" + "0" * 64
GRID = {
    0: ("5.7", "10.0"), 5: ("6.1", "10.5"), 10: ("6.3", "10.9"), 15: ("5.9", "10.7"),
    20: ("5.4", "10.0"), 25: ("4.8", "9.2"), 30: ("4.1", "8.2"), 35: ("3.3", "7.2"),
    40: ("2.6", "6.0"), 45: ("1.8", "4.9"), 50: ("1.0", "3.7"), 55: ("0.3", "2.6"),
    57: ("0.0", "2.1"), 60: (None, "1.4"), 65: (None, "0.3"),
}  # fmt: skip
"""Overall attrition in percent: boundaries, cautious and optimistic (case 24)."""


def people(data: pd.DataFrame, facts: list[str], *, control: str = "none") -> pa.Table:
    """Rows as an estimate reads them; a fact in words stands behind its name and `:label`."""
    columns = {
        "arm": np.where(data.treat == 1, "aid", control),
        "quantity": data.re78.to_numpy(float),
        "status": ["known"] * len(data),
    }
    for name in facts:
        if pd.api.types.is_numeric_dtype(data[name]):
            columns[name] = data[name].to_numpy(float)
        else:
            columns[f"{name}:label"] = data[name].astype(str).tolist()
    return pa.table(columns)


def training() -> pd.DataFrame:
    return nsw_mixtape.load_pandas().data


def on_trial(**changes: Any) -> Estimate:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    plan = adapter.validate_python({**PLAN, **changes})
    return estimate_effect(
        plan, people(training(), TRAITS), name="earnings", evidence=EVIDENCE, unit="USD"
    )


def on_survey(**changes: Any) -> Estimate:
    trial, survey = training(), cps_mixtape.load_pandas().data
    rows = pd.concat([trial[trial.treat == 1], survey], ignore_index=True)
    plan = a_matched_plan(covariates=TRAITS, **changes)
    return estimate_effect(
        plan, people(rows, TRAITS, control="pool"), name="earnings", evidence=EVIDENCE, unit="USD"
    )


@pytest.mark.parametrize("flavour", ["hc1", "hc2", "hc3"])
@pytest.mark.parametrize("estimator", ["ancova", "lin"])
def test_adjusted_effects_on_earnings(estimator: str, flavour: str) -> None:
    """Case 2: 1,676.34 (HC2 677.05) and 1,621.58 (HC2 694.72, HC3 716.87)."""
    known = REGRESSION[estimator]

    effect = on_trial(estimator=estimator, covariates=TRAITS, standard_errors=flavour, test="wald")

    assert float(effect.effect.value) == pytest.approx(known["value"], rel=1e-9)
    assert float(effect.effect.standard_error or 0) == pytest.approx(known[flavour], rel=1e-9)


@pytest.mark.parametrize("estimator", ["ancova", "lin"])
def test_people_drawn_again_agree_with_hc2(estimator: str) -> None:
    """R83: an honest interval by draws lies close to that of the formula."""
    plan = {"estimator": estimator, "covariates": TRAITS, "test": "wald"}

    drawn = on_trial(**plan, standard_errors="bootstrap", draws=499, seed=20270101).effect

    assert float(drawn.value) == pytest.approx(REGRESSION[estimator]["value"], rel=1e-9)
    assert float(drawn.standard_error or 0) == pytest.approx(REGRESSION[estimator]["hc2"], rel=0.08)


def test_an_adjusted_rise_in_percent_has_an_interval_by_draws() -> None:
    """1,676.34 over the adjusted mean of everyone without training: a rise of 36 percent."""
    form = {"as": "percent-reduction"}
    plan = {"estimator": "ancova", "covariates": TRAITS, "test": "wald", **form}

    effect = on_trial(**plan, standard_errors="bootstrap", draws=199, seed=20270101).effect

    data = training()
    without = data.re78.mean() - REGRESSION["ancova"]["value"] * (data.treat == 1).mean()
    assert float(effect.value) == pytest.approx(-100 * REGRESSION["ancova"]["value"] / without)
    assert effect.interval is not None
    assert effect.interval[0] < effect.value < effect.interval[1] < 0


def test_entropy_balancing_of_a_survey() -> None:
    """Case 17: 1,270.735, of an effective 417.68 people, with a fixed-weights error of 632.588."""
    known = KNOWN["entropy"]

    estimate = on_survey(estimator="entropy-balancing", standard_errors="hc0")

    assert float(estimate.effect.value) == pytest.approx(1270.7351, abs=0.01)
    assert float(estimate.effect.value) == pytest.approx(known["att"], rel=1e-8)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(632.588, abs=0.05)
    assert estimate.overlap is not None
    assert (estimate.overlap.pool, estimate.overlap.used) == (15_992, 15_992)
    assert float(estimate.overlap.effective or 0) == pytest.approx(417.68, abs=0.05)
    assert max(abs(float(row.after or 0)) for row in estimate.balance) < 1e-6
    served, pool = estimate.arms
    assert float(served.mean - pool.mean) == pytest.approx(-8497.5161, abs=1e-3)


def test_matching_on_the_score() -> None:
    """Case 18: MatchIt's lalonde 1:1, the file's own order settling ties; race told in words."""
    data = outside_data("lalonde")
    facts = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    plan = a_matched_plan(estimator="matching", covariates=facts)

    estimate = estimate_effect(
        plan, people(data, facts, control="pool"), name="earnings", evidence=EVIDENCE
    )

    assert float(estimate.effect.value) == pytest.approx(894.36747, abs=0.01)
    assert estimate.overlap is not None
    assert (estimate.overlap.pool, estimate.overlap.used) == (429, 185)
    after = {row.trait: float(row.after or 0) for row in estimate.balance}
    printed = dict(KNOWN["printed"]["matchit_vignette"]["after"])
    printed.pop("distance")
    words = {"black": "race: black", "hispan": "race: hispan"}
    for name, value in printed.items():
        assert after[words.get(name, name)] == pytest.approx(value, abs=6e-5)


@pytest.mark.parametrize("whom", ["inverse-probability", "doubly-robust"])
def test_scores_of_the_trial_used_as_if_chance_had_not_decided(whom: str) -> None:
    """Inverse weights to statsmodels' digits; doubly robust near them, as on a trial."""
    known = KNOWN["inverse"]["att"]
    plan = a_matched_plan(
        estimator=whom, covariates=TRAITS, arms={"treated": "aid", "control": "none"}
    )

    found = estimate_effect(
        plan, people(training(), TRAITS), name="earnings", evidence=EVIDENCE
    ).effect

    exactly = whom == "inverse-probability"
    assert float(found.value) == pytest.approx(known["value"], rel=1e-7 if exactly else 0.1)
    assert float(found.standard_error or 0) == pytest.approx(
        known["standard_error"], rel=1e-6 if exactly else 0.05
    )


def test_effect_sizes_at_baseline() -> None:
    """Case 24: Hedges' g and the Cox index of the experiment's two arms."""
    data = training()
    arms = (data[data.treat == 1], data[data.treat == 0])
    g = {"age": 0.1072, "educ": 0.1436, "nodegree": -0.3087, "hisp": -0.1705, "re75": 0.084}
    cox = {"nodegree": -0.4439, "hisp": -0.3919}

    for name, size in g.items():
        treated, control = (arm[name].to_numpy(float) for arm in arms)
        assert hedges_g(treated, control) == pytest.approx(size, abs=1e-3)
        found = balance_of(treated, control).effect_size
        assert found == pytest.approx(cox.get(name, size), abs=1e-3)


def test_classes_of_the_balance_table_come_from_the_estimate() -> None:
    """Case 24: a true experiment shows nodegree above 0.25, and needs no such test."""
    table = {row.trait: row for row in on_trial(balance_on=TRAITS, standard_errors="hc2").balance}

    assert float(table["nodegree"].effect_size or 0) == pytest.approx(-0.4439, abs=1e-3)
    assert table["nodegree"].reading == "above 0.25"
    assert table["age"].reading == "0.05 to 0.25"


@pytest.mark.parametrize("overall", GRID)
def test_the_attrition_grid_at_its_points(overall: int) -> None:
    """Case 24: boundaries in percentage points; the grid is to be checked with the handbook."""
    lost = ArmFlow(
        arm="aid",
        assigned=1_000,
        analysed=1_000 - 10 * overall,
        not_known=(StatusCount(status="move", people=10 * overall),) if overall else (),
    )
    reading = attrition_reading((lost, lost.model_copy(update={"arm": "none"})))

    for found, points in zip((reading.cautious, reading.optimistic), GRID[overall], strict=True):
        expected = None if points is None else pytest.approx(float(points) / 100)
        assert (None if found is None else float(found)) == expected
