"""Laws of the checksum behind an estimate: no input that it reads can change unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.deal.estimates import Estimate
from payforsuccess.errors import Refusal
from payforsuccess.runs.measure.estimating import Estimating
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.plan_evidence import evidence_of
from payforsuccess.store import open_store
from tests.lib.evaluated import MEASURE, a_plan, an_experiment
from tests.rooms.runs.test_evaluated_plans import MadeUp, a_deal_of

CHANGE: dict[str, Any] = {
    "assignment": None,
    "estimand": "att",
    "estimator": "change-in-means",
    "before": {**MEASURE, "looks": "back"},
}
PLANS = {
    "change": a_plan(design="difference-in-differences", **CHANGE),
    "before": a_plan(design="pre-post", arms=None, **CHANGE) | {"as": "change"},
    "taken": a_plan(estimand="tot", estimator="two-stage-least-squares"),
    "adjusted": a_plan(estimator="ancova", covariates=["age", "language"]),
    "timed": a_plan(estimator="restricted-mean", standard_errors="greenwood"),
    "hazards": a_plan(
        estimator="cox",
        standard_errors="model",
        changing=[{"name": "age"}],
        **{"as": "hazard-ratio"},
    ),
}


@cache
def estimating() -> Estimating:
    """How the plans' people came to estimates, with the rows at hand."""
    records: Any = an_experiment(24)
    with open_store() as opened:
        store = MadeUp(opened.backend)
        found = evaluate_plans(a_deal_of(tuple(PLANS), **PLANS), records, store=store)
    assert found.estimating is not None
    return found.estimating


def estimated(plan: str, rows: pa.Table) -> Estimate | None:
    """The estimate of these rows; None where they are refused."""
    whole = estimating()
    people = {plan: replace(whole.people[plan], rows=rows)}
    found, refused = replace(whole, people=people, outcomes={plan: ()}).estimate()
    assert found or all(isinstance(each, Refusal) for each in refused.values())
    return found[plan].estimate if found else None


def otherwise(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case float():
            return value + 1.0
        case date():
            return value + timedelta(days=1)
        case str():
            return {"aid": "none", "none": "aid", "event": "window"}.get(value, value + "x")
        case [first, *later]:
            return [{**first, "value": (first["value"] or 0) + 9}, *later]
    return None


def cells(plan: str) -> Iterator[tuple[str, int]]:
    """Every cell that says something of someone, but the keys of rows."""
    rows = estimating().people[plan].rows
    for name in rows.column_names:
        if name not in ("enrolment", "person", "source"):
            for at, value in enumerate(rows[name].to_pylist()):
                if value is not None:
                    yield name, at


def changed(plan: str, name: str, at: int) -> pa.Table:
    rows = estimating().people[plan].rows
    values = rows[name].to_pylist()
    values[at] = otherwise(values[at])
    return rows.set_column(
        rows.column_names.index(name), name, pa.array(values, rows.schema.field(name).type)
    )


@pytest.mark.parametrize("plan", PLANS)
def test_no_number_of_an_estimate_moves_without_its_checksum(plan: str) -> None:
    was = estimated(plan, estimating().people[plan].rows)
    places = list(cells(plan))

    @settings(max_examples=15)
    @given(st.sampled_from(places))
    def moves(place: tuple[str, int]) -> None:
        rows = changed(plan, *place)
        now = estimated(plan, rows)
        assert was is not None
        assert evidence_of(rows) != was.evidence
        assert now is None or now.evidence == evidence_of(rows)

    moves()


@pytest.mark.parametrize(
    ("plan", "column"),
    [
        ("change", "before"),
        ("before", "before"),
        ("taken", "took_part"),
        ("adjusted", "age"),
        ("timed", "days"),
        ("hazards", "age:since"),
    ],
)
def test_what_a_plan_reads_beside_the_outcome_is_in_its_checksum(plan: str, column: str) -> None:
    """An auditor who compares the checksum sees every change of the data behind a number."""
    was = estimated(plan, estimating().people[plan].rows)
    now = estimated(plan, changed(plan, column, 2))

    assert was is not None and now is not None
    assert now.effect.value != was.effect.value
    assert now.evidence != was.evidence


def test_the_order_of_keys_and_the_kind_of_list_change_nothing() -> None:
    rows = estimating().people["hazards"].rows
    chunked = pa.concat_tables([rows.slice(0, 5), rows.slice(5)])

    assert evidence_of(chunked) == evidence_of(rows)
    assert evidence_of(rows, {"other": rows}) != evidence_of(rows)
