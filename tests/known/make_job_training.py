"""Remake job_training.json: what statsmodels says of the National Supported Work experiment.

Run by `make references`. The data come from causaldata itself, not from our copy of them.
"""

from __future__ import annotations

import json
from importlib.metadata import metadata, version
from pathlib import Path
from typing import Any

import numpy as np
import statsmodels.api as sm
from causaldata import nsw_mixtape

FACTS = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
FLAVOURS = ("nonrobust", "HC2", "HC3")
DRAWS = 200_000


def figures() -> dict[str, object]:
    data = nsw_mixtape.load_pandas().data
    arm = data.treat.to_numpy(dtype=float)
    earned = data.re78.to_numpy(dtype=float)
    facts = data[FACTS].to_numpy(dtype=float)
    centred = facts - facts.mean(axis=0)
    cut = np.minimum(earned, np.quantile(earned, 0.99))
    at_work = (earned > 0).astype(float)
    lin = np.column_stack([arm, centred, arm[:, None] * centred])
    return {
        "packages": {name: version(name) for name in ("causaldata", "statsmodels")},
        "licence": metadata("causaldata")["License"],
        "people": [int(arm.sum()), int((1 - arm).sum())],
        "means": [float(earned[arm == side].mean()) for side in (1, 0)],
        "difference": fitted(earned, arm[:, None]),
        "lin": fitted(earned, lin),
        "difference_cut": fitted(cut, arm[:, None]),
        "at_work": fitted(at_work, arm[:, None]),
        "by_chance": by_chance(earned, arm == 1),
    }


def fitted(outcome: np.ndarray, columns: np.ndarray) -> dict[str, float]:
    """The first column's coefficient and its errors."""
    model = sm.OLS(outcome, sm.add_constant(columns))
    found: dict[str, Any] = {name: model.fit(cov_type=name) for name in FLAVOURS}
    return {
        "value": float(found["HC2"].params[1]),
        **{name: float(fit.bse[1]) for name, fit in found.items()},
    }


def by_chance(outcome: np.ndarray, arm: np.ndarray) -> float:
    """The share of draws, people put into arms anew, whose difference is as far from 0."""
    rng = np.random.default_rng(1978)
    observed = abs(outcome[arm].mean() - outcome[~arm].mean())
    found = 0
    for _ in range(DRAWS // 2_000):
        drawn = outcome[rng.random((2_000, len(arm))).argsort(axis=1)]
        gaps = drawn[:, : arm.sum()].mean(axis=1) - drawn[:, arm.sum() :].mean(axis=1)
        found += int((abs(gaps) >= observed - 1e-9).sum())
    return found / DRAWS


if __name__ == "__main__":
    out = Path(__file__).with_name("job_training.json")
    out.write_text(json.dumps(figures(), indent=2) + "\n")
