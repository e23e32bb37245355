"""Effects on whether something happens to a person are in percentage points, by every formula."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from payforsuccess.deal.estimates import Estimate
from payforsuccess.evaluation import estimate_effect
from tests.lib.studies import EVIDENCE
from tests.rooms.evaluation.designs.plans import a_plan
from tests.rooms.evaluation.test_beside import MEANS


def a_trial() -> pa.Table:
    """100 people in each arm: 60 and 45 of them did it."""
    return pa.table(
        {
            "arm": ["aid"] * 100 + ["none"] * 100,
            "quantity": [1.0] * 60 + [0.0] * 40 + [1.0] * 45 + [0.0] * 55,
            "status": ["known"] * 200,
        }
    )


def estimated(unit: str, **plan: object) -> Estimate:
    stated = {
        **MEANS,
        "estimator": "difference-in-means",
        "covariates": None,
        "standard_errors": "hc2",
        **plan,
    }
    return estimate_effect(a_plan(stated), a_trial(), name="did", evidence=EVIDENCE, unit=unit)


def test_a_difference_of_means_of_yes_and_no_is_in_percentage_points() -> None:
    """R84: by the means of 0 and 1 as by the shares, so that the formula moves no payment."""
    effect = estimated("person").effect
    same = estimated("event").effect

    assert (effect.unit, same.unit) == ("percentage point", "event")
    assert float(effect.value) == pytest.approx(15)
    assert float(effect.value) == pytest.approx(100 * float(same.value))
    assert float(effect.standard_error or 0) == pytest.approx(
        100 * np.sqrt(0.6 * 0.4 / 99 + 0.45 * 0.55 / 99)
    )
    assert effect.interval is not None and same.interval is not None
    assert [float(end) for end in effect.interval] == pytest.approx(
        [100 * float(end) for end in same.interval]
    )


def test_a_test_of_shares_does_not_move_with_their_unit() -> None:
    one, other = estimated("person").test, estimated("event").test

    assert one is not None and other is not None
    assert one.p_value == other.p_value


def test_a_reduction_in_percent_stays_in_percent() -> None:
    effect = estimated("person", **{"as": "percent-reduction"}).effect

    assert effect.unit == "percent"
    assert float(effect.value) == pytest.approx(-100 / 3)
