"""A payable value pooled from several estimates, with the error of the whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import estimate_effect, payable_of
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.payable import Found
from payforsuccess.evaluation.pooled import Part, pooled
from tests.lib.studies import EVIDENCE
from tests.rooms.evaluation.test_beside import MEANS

PLAIN: dict[str, Any] = {
    **MEANS,
    "estimator": "difference-in-means",
    "covariates": [],
    "standard_errors": "hc2",
}


def a_plan(**changes: Any) -> Any:
    return TypeAdapter(EvaluationPlan).validate_python({**PLAIN, **changes})


def rows(people: int, *, seed: int, controls_from: int = 0) -> pa.Table:
    """Half treated; the treated are the same people in every table, the others need not be."""
    rng = np.random.default_rng(7)
    own = np.random.default_rng(seed)
    half = people // 2
    quantity = np.concatenate([rng.normal(6, 3, half), own.normal(5, 3, half)])
    person = np.concatenate([np.arange(half), controls_from + half + np.arange(half)])
    return pa.table(
        {
            "arm": ["aid"] * half + ["none"] * half,
            "quantity": quantity,
            "status": ["known"] * people,
            "person": person,
        }
    )


def found(plan: Any, table: pa.Table, name: str) -> Found:
    estimate = estimate_effect(plan, table, name=name, evidence=EVIDENCE, unit="day")
    return Found(plan, estimate, Sample.of(table, treated="aid", control="none"))


POOL = [{"plan": "rct", "weight": "80%"}, {"plan": "did", "weight": "20%"}]
RULE = {
    "when": "sample-below-floor",
    "then": "pool",
    "plan": "did",
    "says": "With fewer than 300 in an arm, 0.8 of the one and 0.2 of the other count.",
}


def test_80_and_20_percent_are_paid_once_the_sample_falls_short() -> None:
    """Massachusetts' rule, as published: 0.8 randomised and 0.2 difference-in-differences."""
    plan = a_plan(sample_floor="300", fallback=[RULE], pooling=POOL, draws="399", seed="1")
    mine = found(plan, rows(400, seed=1), "rct")
    other = found(a_plan(), rows(400, seed=2, controls_from=1_000), "did")

    payable = payable_of(plan, mine.estimate, sample=mine.sample, others={"did": other})

    values = [one.estimate.effect.value for one in (mine, other)]
    assert payable.value == Fraction(4, 5) * values[0] + Fraction(1, 5) * values[1]
    assert [(part.plan, part.weight) for part in payable.parts] == [
        ("rct", Fraction(4, 5)),
        ("did", Fraction(1, 5)),
    ]
    assert payable.facts[0].holds
    assert (payable.draws, payable.seed) == (399, 1)


def test_above_the_floor_the_plan_stands_alone() -> None:
    plan = a_plan(sample_floor="100", fallback=[RULE], pooling=POOL, draws="99", seed="1")
    mine = found(plan, rows(400, seed=1), "rct")

    payable = payable_of(plan, mine.estimate, sample=mine.sample)

    assert payable.value == mine.estimate.effect.value
    assert not payable.facts[0].holds


def test_people_in_both_estimates_tie_their_errors_together() -> None:
    """The variance of a weighted sum holds the covariance of its parts.

    Both estimates share the treated arm, whose mean has variance s2 / n, and no one else: so the
    sum's is s2 / n + (0.8^2 + 0.2^2) s2 / n, with n 500 and s 3.
    """
    tables = [rows(1_000, seed=1), rows(1_000, seed=2, controls_from=5_000)]
    parts = [
        Part(a_plan(), weight, Sample.of(table, treated="aid", control="none"))
        for weight, table in zip((0.8, 0.2), tables, strict=True)
    ]

    whole = pooled(parts, draws=800, confidence=0.95, rng=np.random.default_rng(3))

    treated = tables[0]["quantity"].to_numpy()[:500].var(ddof=1) / 500
    controls = [table["quantity"].to_numpy()[500:].var(ddof=1) / 500 for table in tables]
    expected = np.sqrt(treated + 0.64 * controls[0] + 0.04 * controls[1])
    assert whole.found.standard_error == pytest.approx(expected, rel=0.12)
    assert whole.correlation[0, 1] == pytest.approx(0.5, abs=0.13)
    assert whole.interval.low < whole.found.value < whole.interval.high


def test_people_without_a_known_outcome_are_not_counted() -> None:
    table = rows(60, seed=1)
    unknown = [None if at == 0 else value for at, value in enumerate(table["quantity"].to_pylist())]
    sample = Sample.of(
        table.set_column(1, "quantity", pa.array(unknown)), treated="aid", control="none"
    )

    whole = pooled(
        [Part(a_plan(), 1.0, sample)], draws=50, confidence=0.9, rng=np.random.default_rng(5)
    )

    assert whole.found.people == 59


def test_the_same_seed_gives_the_same_digits() -> None:
    part = Part(a_plan(), 1.0, Sample.of(rows(60, seed=1), treated="aid", control="none"))

    first, second = (
        pooled([part], draws=50, confidence=0.9, rng=np.random.default_rng(5)) for _ in range(2)
    )

    assert first.interval == second.interval


def test_estimates_in_different_forms_are_not_pooled() -> None:
    sample = Sample.of(rows(60, seed=1), treated="aid", control="none")
    parts = [
        Part(a_plan(), 0.5, sample),
        Part(a_plan(**{"as": "rate-ratio"}), 0.5, sample),
    ]

    with pytest.raises(Refusal, match="different forms"):
        pooled(parts, draws=50, confidence=0.9, rng=np.random.default_rng(5))


def test_a_fall_back_to_another_plan_pays_that_plans_own_decision() -> None:
    rule = {"when": "sample-below-floor", "then": "other-plan", "plan": "did", "says": "Too few."}
    plan = a_plan(sample_floor="300", fallback=[rule])
    mine = found(plan, rows(400, seed=1), "rct")
    other = found(
        a_plan(decision={"pays_on": "lower-bound"}), rows(400, seed=2, controls_from=900), "did"
    )

    payable = payable_of(plan, mine.estimate, others={"did": other})

    assert payable.plan == "rct"
    assert payable.value in (0, other.estimate.effect.interval[0])
    assert payable.because.startswith("The fall-back rule holds: Too few.")
    with pytest.raises(Refusal, match="has no estimate"):
        payable_of(plan, mine.estimate)


def test_pay_on_significance_without_a_test_is_refused() -> None:
    """A missing test is no test that failed: paying no effect would hide the gap."""
    plan = a_plan(decision={"pays_on": "significance", "level": "5%"})
    one = found(plan, rows(60, seed=1), "rct")
    untested = one.estimate.model_copy(update={"test": None})

    with pytest.raises(Refusal, match="its design has no test"):
        payable_of(plan, untested)


def test_a_rule_on_crossing_over_needs_two_arms() -> None:
    rule = {"when": "crossover-above", "limit": "10%", "then": "pay-nothing", "says": "Too many"}
    plan = a_plan(fallback=[rule])
    one = found(a_plan(), rows(60, seed=1), "rct").estimate
    alone = one.model_copy(update={"flow": one.flow[:1]})

    with pytest.raises(Refusal, match="the design has one arm"):
        payable_of(plan, alone)
