"""What is assumed of a study: whole, possible, and fitting the plan it is of."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.assumptions import StudyAssumption
from payforsuccess.deal.assumptions.check import check_assumptions
from payforsuccess.errors import Refusal
from tests.lib.assumed import MADE_UP, a_number, an_effect, assumed
from tests.lib.studies import a_studied_deal, assumed_study


def a_share(base: str) -> dict[str, Any]:
    return {**MADE_UP, "base": base}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sd": None}, "A mean has a standard deviation"),
        ({"outcome": "share", "control_mean": a_number("0.4")}, "only a mean"),
        ({"cluster_size": a_number("20")}, "belong together"),
        ({"treated": a_number("1")}, "no group"),
        ({"control": a_number("200", low="0")}, "no group"),
        (
            {"outcome": "share", "sd": None, "control_mean": a_number("30")},
            "lies between 0 and 1",
        ),
        ({"sd": a_number("0")}, "above 0"),
        ({"before_after": a_number("1")}, "between -1 and 1"),
        ({"take_up": a_share("40%"), "crossover": a_share("50%")}, "No more of those offered"),
        ({"attrition": a_share("100%")}, "nothing is left"),
        ({"explained": a_share("100%")}, "nothing is left"),
        ({"power": a_share("100%")}, "Power lies between"),
        (
            {
                "cluster_size": a_number("20"),
                "within_cluster": a_share("5%"),
                "cluster_variation": a_number("-1"),
            },
            "Sizes vary",
        ),
    ],
)
def test_a_study_that_cannot_be_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises((Refusal, ValueError)) as refusal:
        StudyAssumption.model_validate(assumed_study(**changes))

    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "study", "says"),
    [
        ("arests", {}, "arests"),
        ("arrests", {"control": None}, "compares with a second group"),
        (
            "arrests",
            {"cluster_size": a_number("20"), "within_cluster": a_share("5%")},
            "the plan names none",
        ),
        ("arrests", {"before_after": a_number("0.5")}, "compares no changes"),
    ],
)
def test_a_study_and_its_plan_agree(name: str, study: dict[str, Any], says: str) -> None:
    assumptions = assumed(
        outcomes={"reduction": an_effect()}, studies={name: assumed_study(**study)}
    )

    problems = check_assumptions(assumptions, a_studied_deal())

    assert [says in problem.what for problem in problems] == [True]


def test_clusters_are_assumed_where_the_plan_draws_them() -> None:
    deal = a_studied_deal(assignment="clustered", cluster="site", standard_errors="cr1")
    assumptions = assumed(outcomes={"reduction": an_effect()}, studies={"arrests": assumed_study()})

    assert "names a cluster" in check_assumptions(assumptions, deal)[0].what


def test_a_study_that_fits_has_no_problem() -> None:
    assumptions = assumed(outcomes={"reduction": an_effect()}, studies={"arrests": assumed_study()})

    assert not check_assumptions(assumptions, a_studied_deal())
