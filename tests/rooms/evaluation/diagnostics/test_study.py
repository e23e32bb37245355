"""A study by the Clearinghouse's rules, and overlap in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.estimates import (
    AttritionReading,
    Estimate,
    Overlap,
    OverlapBin,
    TraitBalance,
)
from payforsuccess.evaluation import estimate_effect
from payforsuccess.evaluation.diagnostics import overlap_reading, study_reading
from payforsuccess.evaluation.diagnostics.study import TO_BE_CHECKED
from tests.lib.compared import a_matched_plan, people_alike
from tests.rooms.evaluation.test_randomised import a_plan, estimated, rows

WITHOUT = "could meet standards without reservations"
WITH = "could meet standards with reservations"
NOT = "does not meet standards"


def a_row(trait: str, reading: str) -> TraitBalance:
    return TraitBalance.model_validate({"trait": trait, "missing": 0, "reading": reading})


def an_estimate(attrition: str, *readings: str) -> Estimate:
    lost = AttritionReading.model_validate(
        {"overall": "0", "difference": "0", "reading": attrition}
    )
    table = tuple(a_row(f"fact-{at}", reading) for at, reading in enumerate(readings))
    made = estimated(rows((20, 80), (40, 60)))
    return made.model_copy(update={"attrition": lost, "balance": table})


def test_a_trial_with_low_attrition_needs_no_baseline_test() -> None:
    """R84: even with a fact above 0.25, as in the National Supported Work experiment."""
    found = study_reading(a_plan(), an_estimate("low under both", "above 0.25"))

    assert (found.cautious, found.optimistic) == (WITHOUT, WITHOUT)
    assert not found.needs_baseline
    assert found.failing == ()
    assert "a randomised study needs no baseline test" in found.says[0]


def test_assumptions_on_attrition_are_told_apart() -> None:
    found = study_reading(
        a_plan(), an_estimate("low under optimistic assumptions only", "above 0.25")
    )

    assert (found.cautious, found.optimistic) == (NOT, WITHOUT)
    assert found.failing == ("fact-0",)


@pytest.mark.parametrize("attrition", ["high", "beyond the grid"])
def test_high_attrition_asks_for_equal_arms(attrition: str) -> None:
    equal = study_reading(a_plan(), an_estimate(attrition, "at most 0.05"))
    apart = study_reading(a_plan(), an_estimate(attrition, "0.05 to 0.25"))
    unknown = study_reading(a_plan(), an_estimate(attrition))

    assert equal.cautious == equal.optimistic == WITH
    assert apart.cautious == NOT
    assert "too far apart in fact-0" in " ".join(apart.says)
    assert unknown.cautious == "not to be told"


def test_up_to_a_quarter_an_adjustment_mends() -> None:
    plan = a_plan(estimator="ancova", covariates=["fact-0"], standard_errors="hc2", test="wald")

    mended = study_reading(plan, an_estimate("high", "0.05 to 0.25"))
    not_so = study_reading(plan, an_estimate("high", "0.05 to 0.25", "0.05 to 0.25"))

    assert mended.cautious == WITH
    assert "rests on the adjustment for fact-0" in " ".join(mended.says)
    assert not_so.failing == ("fact-1",)


def test_a_comparison_group_is_judged_with_its_weights() -> None:
    plan = a_matched_plan()
    estimate = estimate_effect(plan, people_alike(), name="days", evidence="sha256:" + "0" * 64)

    found = study_reading(plan, estimate)

    assert any(row.reading == "above 0.25" for row in estimate.balance)
    assert (found.cautious, found.needs_baseline) == (WITH, True)
    assert found.says[0].startswith("Chance did not decide")


def test_every_reading_says_what_is_to_be_checked() -> None:
    for attrition in ("low under both", "high"):
        assert study_reading(a_plan(), an_estimate(attrition)).says[-1] == TO_BE_CHECKED


def an_overlap(**changes: Any) -> Overlap:
    bins = (
        OverlapBin(below=Fraction(1, 2), treated=4, control=90),
        OverlapBin(below=Fraction(1), treated=6, control=0),
    )
    made: dict[str, Any] = {"bins": bins, "pool": 90, "used": 50, "effective": Fraction(25)}
    return Overlap(**{**made, "largest_weight": Fraction(1, 10), **changes})


def test_people_served_without_anyone_like_them_are_counted() -> None:
    found = overlap_reading(an_overlap(unmatched=2))

    assert (found.alone, found.effective_share) == (6, 0.5)
    said = " ".join(found.says)
    assert "6 of 10 people served are in stretches of the score where the pool has no one" in said
    assert "2 people served are left out" in said
    assert "count as 25.0 of equal weight" in said
    assert "carries 10 percent of it" in said


def test_without_a_picture_nothing_is_said_of_stretches() -> None:
    found = overlap_reading(an_overlap(bins=(), effective=None, largest_weight=None))

    assert (found.alone, found.effective_share) == (None, None)
    assert len(found.says) == 1
