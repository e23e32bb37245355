"""Plans of each design in few words, and the whole way from rows to an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from pydantic import TypeAdapter

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import estimate_effect
from tests.lib.studies import EVIDENCE
from tests.lib.studies import OF_SHARES as PLAN

MEASURE: dict[str, Any] = {
    key: value for key, value in PLAN["measure"].items() if key != "at_most_each_person"
}
BACK = {**MEASURE, "looks": "back"}
_SURE = {"confidence": "95%", "test": "wald", "decision": {"pays_on": "point-estimate"}}

DURATIONS: dict[str, Any] = {
    **PLAN,
    "estimator": "kaplan-meier",
    "standard_errors": "greenwood",
    "test": "log-rank",
}
CHANGES: dict[str, Any] = {
    "design": "difference-in-differences",
    "says": "The change among people served less that among others.",
    "arms": {"treated": "aid", "control": "none"},
    "measure": MEASURE,
    "before": BACK,
    "estimand": "att",
    "estimator": "change-in-means",
    "as": "difference",
    "standard_errors": "hc1",
    **_SURE,
}
BEFORE: dict[str, Any] = {
    "design": "pre-post",
    "says": "People before and after.",
    "measure": MEASURE,
    "before": BACK,
    "estimand": "att",
    "estimator": "change-in-means",
    "decision": {"pays_on": "point-estimate"},
}
COUNT: dict[str, Any] = {
    "design": "verified-count",
    "says": "Placements that the auditor verifies.",
    "measure": MEASURE,
    "estimand": "att",
    "estimator": "none",
    "verified_by": "The county auditor",
    "decision": {"pays_on": "point-estimate"},
}
PLACES: dict[str, Any] = {
    "design": "staggered",
    "says": "Sites that began at different times.",
    "measure": MEASURE,
    "estimand": "att",
    "estimator": "callaway-santanna",
    "aggregate": "group",
    "unit": "site",
    "every": "quarter",
    "from": "2020-01-01",
    "periods": "8",
    "adopted": [],
    "as": "difference",
    "standard_errors": "influence",
    **_SURE,
}


def a_plan(base: Mapping[str, Any], **changes: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    stated = {**base, **changes}
    if "aggregate" not in changes and stated["estimator"] != PLACES["estimator"]:
        stated.pop("aggregate", None)  # of `PLACES`, whose estimator was changed
    return adapter.validate_python({key: v for key, v in stated.items() if v is not None})


def found(
    base: Mapping[str, Any], table: pa.Table, *, measured_in: str = "day", **changes: Any
) -> Estimate:
    return estimate_effect(
        a_plan(base, **changes), table, name="plan", evidence=EVIDENCE, unit=measured_in
    )


def refused(base: Mapping[str, Any], table: pa.Table, **changes: Any) -> str:
    """What is said when the plan cannot be estimated from these rows."""
    try:
        found(base, table, **changes)
    except Refusal as refusal:
        return " ".join(problem.what for problem in refusal.problems)
    raise AssertionError("nothing was refused")


def shuffled(table: pa.Table, seed: int = 7) -> pa.Table:
    """The same rows in another order."""
    import numpy as np

    return table.take(pa.array(np.random.default_rng(seed).permutation(table.num_rows)))
