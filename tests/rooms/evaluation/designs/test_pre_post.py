"""One group before and after: a change with one arm, and the words that it is no effect."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from payforsuccess.evaluation import payable_of
from tests.rooms.evaluation.designs.plans import BEFORE, a_plan, found, refused, shuffled

SURE = {"standard_errors": "classical", "confidence": "95%", "test": "wald"}


def people(seed: int = 5) -> pa.Table:
    rng = np.random.default_rng(seed)
    before = rng.poisson(6, 60).astype(float)
    return pa.table(
        {
            "arm": pa.array([None] * 60, pa.string()),
            "quantity": np.maximum(0, before - rng.poisson(2, 60)),
            "status": ["known"] * 60,
            "before": before,
            "age": rng.integers(20, 60, 60).astype(float),
        }
    )


def test_the_change_is_that_of_a_paired_t_test() -> None:
    table = people()
    estimate = found(BEFORE, table, **SURE)
    paired = stats.ttest_rel(table["quantity"].to_numpy(), table["before"].to_numpy())

    assert estimate.effect.form == "change"
    assert estimate.test is not None
    assert float(estimate.test.p_value) == pytest.approx(paired.pvalue, rel=1e-9)
    assert estimate.effect.interval is not None
    assert [float(end) for end in estimate.effect.interval] == pytest.approx(
        list(paired.confidence_interval()), rel=1e-9
    )


def test_it_claims_a_change_and_shows_one_arm() -> None:
    estimate = found(BEFORE, people(), balance_on=["age"], **SURE)

    assert [arm.arm for arm in estimate.arms] == ["served"]
    assert estimate.arms[0].role == "treated"
    assert [flow.assigned for flow in estimate.flow] == [60]
    assert estimate.attrition.reading == "one arm"
    assert estimate.balance[0].control_mean is None and estimate.balance[0].treated_mean
    assert any("a change, not an effect" in note for note in estimate.notes)


def test_without_stated_errors_it_gives_the_value_alone() -> None:
    plan = a_plan(BEFORE)
    estimate = found(BEFORE, people())

    assert estimate.test is None
    assert estimate.effect.interval is None and estimate.effect.standard_error is None
    assert payable_of(plan, estimate).value == estimate.effect.value


def test_who_has_no_past_is_counted_and_left_out() -> None:
    table = people()
    before = [None, *table["before"].to_pylist()[1:]]
    at = table.column_names.index("before")
    estimate = found(BEFORE, table.set_column(at, "before", pa.array(before, pa.float64())))

    assert estimate.flow[0].analysed == 59
    assert "Left out, for what was before is not known: 1 in served." in estimate.notes


def test_the_order_of_rows_changes_nothing() -> None:
    assert found(BEFORE, shuffled(people()), **SURE) == found(BEFORE, people(), **SURE)


def test_bad_rows_and_plans_are_refused_in_words() -> None:
    table = people()
    at = table.column_names.index("quantity")
    alike = table.set_column(at, "quantity", pa.array(table["before"].to_numpy() - 1))

    assert "No one with a known outcome is among the people counted" in refused(
        BEFORE, table.slice(0, 0)
    )
    assert "same amount" in refused(BEFORE, alike)
    assert "There are 1 units" in refused(BEFORE, table.slice(0, 1))
    assert "the form difference" in refused(BEFORE, table, **{"as": "difference"})
    assert "rests on a standard error" in refused(BEFORE, table, confidence="95%")
    assert "adjusts for nothing" in refused(BEFORE, table, covariates=["age"])
    assert "at least 90 people" in refused(BEFORE, table, sample_floor="90")
