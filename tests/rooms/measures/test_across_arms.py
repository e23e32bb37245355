"""Differences and reductions across arms are exact, and refuse what has no meaning."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.measures import Measure
from payforsuccess.errors import Refusal
from payforsuccess.measures import ArmCount, mean_difference, percent_reduction

ARRESTS = {
    "kind": "event-count",
    "event": "arrest",
    "counts": "days",
    "at_most_each_person": "1",
    "population": {"says": "Everyone"},
    "starts_at": "enrolment",
    "window": "52 weeks",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["court"],
}
AID = ArmCount("aid", assigned=216, known=216, total=48)
NO_AID = ArmCount("no-aid", assigned=216, known=216, total=66)


def across(kind: str) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)
    return adapter.validate_python(
        {"kind": kind, "of": ARRESTS, "treated": "aid", "control": "no-aid"}
    )


def test_a_difference_is_the_treated_mean_less_the_control_mean() -> None:
    found = mean_difference(across("mean-difference"), {"aid": AID, "no-aid": NO_AID})

    assert found == Fraction(-1, 12)


def test_a_reduction_is_a_percent_of_the_control_mean() -> None:
    found = percent_reduction(across("percent-reduction"), {"aid": AID, "no-aid": NO_AID})

    assert found == Fraction(300, 11)


def test_means_are_over_people_with_a_known_result() -> None:
    half_known = ArmCount("aid", assigned=216, known=96, total=48)

    found = mean_difference(across("mean-difference"), {"aid": half_known, "no-aid": NO_AID})

    assert found == Fraction(48, 96) - Fraction(66, 216)


def test_a_control_mean_of_zero_has_no_percent() -> None:
    nothing = ArmCount("no-aid", assigned=216, known=216, total=0)

    with pytest.raises(Refusal, match="nothing can be a percent"):
        percent_reduction(across("percent-reduction"), {"aid": AID, "no-aid": nothing})


@pytest.mark.parametrize(
    "counts", [{"aid": AID}, {"aid": AID, "no-aid": ArmCount("no-aid", 5, 0, 0)}]
)
def test_an_arm_without_known_results_is_refused_by_name(counts: dict[str, ArmCount]) -> None:
    with pytest.raises(Refusal, match="is in the arm no-aid"):
        mean_difference(across("mean-difference"), counts)
