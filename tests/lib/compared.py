"""Matched plans and rows of people for them.

a_matched_plan(estimator="entropy-balancing")     people of `aid` against those of `pool`
people_alike(400, effect=2.0, seed=3)             rows whose outcome hangs on two covariates
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from payforsuccess.deal.evaluation import EvaluationPlan
from tests.lib.studies import PLAN

MATCHED: dict[str, Any] = {
    **{key: value for key, value in PLAN.items() if key != "assignment"},
    "design": "matched",
    "says": "People served against others like them.",
    "pool": "everyone released from the same jails who was not served.",
    "arms": {"treated": "aid", "control": "pool"},
    "covariates": ["age", "priors"],
    "estimand": "att",
    "test": "wald",
}
USUAL: dict[str, dict[str, Any]] = {
    "matching": {"matches_each": 1, "standard_errors": "pairs"},
    "inverse-probability": {"standard_errors": "influence"},
    "entropy-balancing": {"standard_errors": "influence"},
    "doubly-robust": {"standard_errors": "influence", "folds": 1},
}
"""What each estimator needs beside the rest."""


def a_matched_plan(**changes: Any) -> Any:
    """A valid matched plan; entropy balancing unless `estimator` says otherwise."""
    estimator = changes.get("estimator", "entropy-balancing")
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    return adapter.validate_python(
        {**MATCHED, "estimator": estimator, **USUAL[estimator], **changes}
    )


def people_alike(count: int = 300, *, effect: float = 2.0, seed: int = 1) -> pa.Table:
    """Made-up people: who is younger with more priors is served more often, and does worse."""
    rng = np.random.default_rng(seed)
    age, priors = rng.normal(30, 6, count), rng.poisson(2, count).astype(float)
    served = rng.random(count) < 1 / (1 + np.exp(-(-1 - 0.05 * (age - 30) + 0.3 * (priors - 2))))
    outcome = 20 - 0.3 * (age - 30) + 1.5 * priors + effect * served + rng.normal(0, 2, count)
    return pa.table(
        {
            "arm": pa.array(np.where(served, "aid", "pool")),
            "quantity": pa.array(outcome),
            "status": pa.array(["known"] * count),
            "age": pa.array(age),
            "priors": pa.array(priors),
        }
    )


def changed(rows: pa.Table, **columns: Any) -> pa.Table:
    """The rows with these columns in place of their own, or added."""
    for name, values in columns.items():
        column = pa.array(values, from_pandas=True)
        at = rows.column_names.index(name) if name in rows.column_names else None
        rows = rows.append_column(name, column) if at is None else rows.set_column(at, name, column)
    return rows
