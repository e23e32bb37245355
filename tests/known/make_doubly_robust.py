"""Remake doubly_robust.json: adjusted difference-in-differences by drdid (Sant'Anna and Zhao).

Run by `make references`. Job training (NSW) against a survey (CPS), as causaldata ships them. The
improved estimator is not in drdid: its value is worked out below from the two steps it is made of.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from causaldata import cps_mixtape, nsw_mixtape
from drdid._estimators import drdid_panel, reg_did_panel, std_ipw_did_panel
from scipy.optimize import minimize

COVARIATES = ["age", "educ", "black", "marr", "nodegree", "hisp", "re74"]


def improved(change: np.ndarray, treated: np.ndarray, x: np.ndarray) -> float:
    """Inverse probability tilting by BFGS, then weighted least squares by its normal equations."""
    scaled = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ at
        weights = np.where(treated, 0.0, np.exp(odds))
        value = weights.sum() - odds[treated].sum()
        return value / treated.sum(), scaled.T @ (weights - treated) / treated.sum()

    start = np.zeros(scaled.shape[1])
    start[0] = np.log(treated.mean())
    found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-10})
    weights = np.where(treated, 0.0, np.exp(scaled @ found.x))
    slopes = np.linalg.solve(scaled.T @ (scaled * weights[:, None]), scaled.T @ (weights * change))
    left = change - scaled @ slopes
    return float(left[treated].mean() - (weights @ left) / weights.sum())


def by_drdid(treated: pd.DataFrame, others: pd.DataFrame) -> dict[str, object]:
    rows = pd.concat([treated, others], ignore_index=True)
    is_treated = np.r_[np.ones(len(treated)), np.zeros(len(others))]
    covariates = rows[COVARIATES].to_numpy(float)
    design = np.column_stack([np.ones(len(rows)), covariates])
    told: dict[str, object] = {}
    for name, estimate in (
        ("doubly-robust", drdid_panel),
        ("outcome-regression", reg_did_panel),
        ("inverse-weighting", std_ipw_did_panel),
    ):
        value, influence = estimate(
            rows.re78.to_numpy(float), rows.re75.to_numpy(float), is_treated, design
        )
        error = float(np.std(influence)) / np.sqrt(len(rows))
        told[name] = {"value": float(value), "standard_error": error}
    change = (rows.re78 - rows.re75).to_numpy(float)
    told["improved-doubly-robust"] = {"value": improved(change, is_treated == 1, covariates)}
    return told


def figures() -> dict[str, object]:
    nsw = nsw_mixtape.load_pandas().data
    cps = cps_mixtape.load_pandas().data
    return {
        "packages": {name: version(name) for name in ("causaldata", "drdid", "scipy")},
        "treated_vs_cps": by_drdid(nsw[nsw.treat == 1], cps),
        "placebo_controls_vs_cps": by_drdid(nsw[nsw.treat == 0], cps),
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("doubly_robust.json")
    out.write_text(json.dumps(figures(), indent=2) + "\n")
