"""A verified count: the exact sum of what is known, and no effect."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from payforsuccess.evaluation import payable_of
from tests.rooms.evaluation.designs.plans import COUNT, a_plan, found, refused, shuffled
from tests.rooms.evaluation.designs.test_pre_post import SURE


def people() -> pa.Table:
    quantities = [Decimal("0.1"), Decimal("0.2"), None, Decimal("1")]
    return pa.table(
        {
            "arm": pa.array(["aid", None, "aid", "none"], pa.string()),
            "quantity": pa.array(quantities, pa.decimal128(9, 1)),
            "status": ["known", "known", "move", "known"],
            "site": ["a", "a", "b", "b"],
        }
    )


def test_it_is_the_exact_sum_of_everyone_known_whatever_their_arm() -> None:
    estimate = found(COUNT, people())

    assert estimate.effect.form == "count"
    assert estimate.effect.value == Fraction(13, 10)
    assert payable_of(a_plan(COUNT), estimate).value == Fraction(13, 10)


def test_it_claims_no_effect_and_counts_who_is_not_known() -> None:
    estimate = found(COUNT, people())

    assert estimate.test is None
    assert estimate.effect.interval is None and estimate.effect.standard_error is None
    assert [arm.known for arm in estimate.arms] == [3]
    assert [(c.status, c.people) for c in estimate.flow[0].not_known] == [("move", 1)]
    assert any("claims no effect" in note for note in estimate.notes)


def test_other_outcomes_are_counted_too_without_a_p_value() -> None:
    from payforsuccess.evaluation import estimate_effect
    from payforsuccess.evaluation.designs.secondary import OtherOutcome
    from tests.lib.studies import EVIDENCE

    second = {"name": "nights", "says": "Nights.", "measure": COUNT["measure"]}
    estimate = estimate_effect(
        a_plan(COUNT, secondary=[second]),
        people(),
        name="plan",
        evidence=EVIDENCE,
        secondary_rows={"nights": OtherOutcome(people(), "night")},
    )

    assert estimate.secondary[0].effect.value == Fraction(13, 10)
    assert estimate.secondary[0].p_value is None


def test_the_order_of_rows_changes_nothing() -> None:
    assert found(COUNT, shuffled(people())) == found(COUNT, people())


def test_no_one_known_and_errors_of_a_count_are_refused() -> None:
    assert "No one with a known outcome" in refused(COUNT, people().slice(2, 1))
    assert "classical errors without a comparison" in refused(COUNT, people(), **SURE)
    assert "the form difference" in refused(COUNT, people(), **{"as": "difference"})
