"""Plans whose outcome is an index of several measures, in standard deviations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from payforsuccess.deal.estimates import Estimate
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import estimate_effect
from payforsuccess.evaluation.regression.means import difference_in_means
from tests.lib.studies import EVIDENCE, PLAN
from tests.rooms.evaluation.designs.plans import CHANGES, DURATIONS, a_plan, shuffled

MEASURE = PLAN["measure"]
INDEX: dict[str, Any] = {
    "weights": "equal",
    "better": "less",
    "parts": [
        {"name": "homes", "says": "Days at home", "measure": MEASURE, "better": "more"},
        {"name": "debts", "says": "Debts", "measure": MEASURE, "better": "less"},
    ],
}
ANDERSON = {**INDEX, "weights": "inverse-covariance"}


def people(seed: int = 4, *, effect: float = 0.4, count: int = 300) -> pa.Table:
    """Made-up people: two of the three outcomes share a cause, and all improve by the effect."""
    rng = np.random.default_rng(seed)
    treated = rng.permutation(count) < count // 2
    cause = rng.normal(0, 1, count)
    shift = effect * treated
    return pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": 30 - 5 * (cause + 0.3 * rng.normal(0, 1, count) + shift),
            "status": ["known"] * count,
            ":part:homes": 100 + 20 * (cause + 0.3 * rng.normal(0, 1, count) + shift),
            ":part:debts": 900 - 300 * (rng.normal(0, 1, count) + shift),
            "age": rng.normal(0, 1, count),
        }
    )


def estimated(rows: pa.Table, **changes: Any) -> Estimate:
    plan = a_plan(PLAN, **{"index": INDEX, **changes})
    return estimate_effect(plan, rows, name="index", evidence=EVIDENCE, unit="standard deviation")


def refused(rows: pa.Table, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        estimated(rows, **changes)
    return " ".join(problem.what for problem in refusal.value.problems)


def standardised(rows: pa.Table) -> np.ndarray:
    control = np.array(rows["arm"]) == "none"
    columns = []
    for name, sign in (("quantity", -1), (":part:homes", 1), (":part:debts", -1)):
        values = np.array(rows[name])
        spread = values[control].std(ddof=1)
        columns.append(sign * (values - values[control].mean()) / spread)
    return np.column_stack(columns)


def test_an_equal_index_is_the_mean_of_outcomes_in_standard_deviations() -> None:
    """Kling, Liebman and Katz 2007, by hand; with its own error."""
    rows = people()
    treated = np.array(rows["arm"]) == "aid"
    by_hand = difference_in_means(standardised(rows).mean(axis=1), treated, flavour="hc1")
    estimate = estimated(rows)

    assert float(estimate.effect.value) == pytest.approx(by_hand.value, rel=1e-9)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(
        by_hand.standard_error, rel=1e-9
    )
    assert estimate.effect.unit == "standard deviation"
    assert float(estimate.arms[1].mean) == pytest.approx(0, abs=1e-9)
    assert any("own measure 0.3333, homes 0.3333, debts 0.3333" in n for n in estimate.notes)


def test_outcomes_that_repeat_one_another_count_less() -> None:
    """Anderson 2008: weights are the sums of rows of the inverse covariance."""
    rows = people()
    values = standardised(rows)
    sums = np.linalg.inv(np.cov(values.T)).sum(axis=1)
    weights = sums / sums.sum()
    treated = np.array(rows["arm"]) == "aid"
    by_hand = difference_in_means(values @ weights, treated, flavour="hc1")
    estimate = estimated(rows, index=ANDERSON)

    assert weights[2] > weights[:2].max()
    assert float(estimate.effect.value) == pytest.approx(by_hand.value, rel=1e-9)
    assert any(f"debts {weights[2]:.4g}" in note for note in estimate.notes)
    assert estimated(shuffled(rows), index=ANDERSON).effect == estimate.effect


@pytest.mark.parametrize("index", [INDEX, ANDERSON])
def test_a_planted_effect_is_found_and_covered(index: dict[str, Any]) -> None:
    """R84: 60 cohorts; every outcome improves by 0.4 of the spread that is not the other's."""
    truths = {"quantity": 0.4 / np.hypot(1, 0.3), "debts": 0.4}
    values, held = [], 0
    low_truth, high_truth = min(truths.values()), max(truths.values())
    for seed in range(60):
        effect = estimated(people(seed), index=index).effect
        values.append(float(effect.value))
        assert effect.interval is not None
        low, high = effect.interval
        held += float(low) <= high_truth and float(high) >= low_truth
    reach = 4.9 * np.std(values, ddof=1) / np.sqrt(60) + 0.01
    assert low_truth - reach < np.mean(values) < high_truth + reach
    assert held >= 44


def test_people_of_whom_a_part_is_unknown_are_counted_as_lost() -> None:
    rows = people()
    homes = [None, *rows[":part:homes"].to_pylist()[1:]]
    at = rows.column_names.index(":part:homes")
    estimate = estimated(rows.set_column(at, ":part:homes", pa.array(homes, pa.float64())))

    assert sum(flow.analysed for flow in estimate.flow) == 299


def test_an_index_works_with_regressions_draws_and_other_outcomes() -> None:
    rows = people()
    adjusted = estimated(rows, estimator="ancova", covariates=["age"], test="wald")
    drawn = estimated(rows, standard_errors="bootstrap", draws=199, seed=1, test="wald")

    assert float(adjusted.effect.value) == pytest.approx(
        float(estimated(rows).effect.value), abs=0.1
    )
    assert float(drawn.effect.standard_error or 0) == pytest.approx(
        float(estimated(rows).effect.standard_error or 0), rel=0.2
    )
    counted = estimated(rows, variations=[{"name": "counts", "count_model": "poisson"}])
    assert counted.variations[0].not_found == "An index is no count."


def test_what_no_index_can_be_made_of_is_refused() -> None:
    rows = people()
    flat = rows.set_column(4, ":part:debts", pa.array(np.zeros(300)))
    follows = rows.set_column(4, ":part:debts", rows[":part:homes"])

    assert rows.column_names[4] == ":part:debts"
    assert "do not vary in the control arm" in refused(flat)
    assert "One outcome of the index follows" in refused(follows, index=ANDERSON)
    assert "do not tell :part:homes" in refused(rows.drop_columns([":part:homes"]))


@pytest.mark.parametrize(
    ("base", "changes", "says"),
    [
        (PLAN, {"as": "percent-reduction"}, "no ratio"),
        (PLAN, {"estimator": "difference-in-proportions"}, "no share"),
        (DURATIONS, {"as": "difference"}, "no time until an event"),
        (CHANGES, {}, "no change"),
        (PLAN, {"index": {**INDEX, "parts": []}}, "other outcomes beside"),
        (PLAN, {"index": {**INDEX, "parts": INDEX["parts"][:1] * 2}}, "each named once"),
    ],
)
def test_an_index_goes_with_means_alone(base: Any, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        a_plan(base, **{"index": INDEX, **changes})
