"""Studies before they start: one that is drawn, one that is assumed, and a deal that pays on it.

a_study(treated=100)                       two groups of 100, a mean of 50 with a deviation of 20
assumed_study(attrition=a_share("10%"))    the same, as assumptions.yaml would state it
a_studied_deal(decision={...})             paying by the small schedule on a difference at a point
"""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.evaluation.power.payment_study import PlannedStudy
from tests.lib.assumed import MADE_UP, a_number, an_effect, assumed
from tests.lib.deals import a_deal, a_term, an_outcome

POINT = {"name": "final", "determined_by": "2027-05-31"}
PLAN: dict[str, Any] = {
    "design": "randomised",
    "says": "Everyone as assigned.",
    "assignment": "individual",
    "arms": {"treated": "aid", "control": "none"},
    "measure": {
        "kind": "event-count",
        "event": "arrest",
        "counts": "days",
        "population": {"says": "Everyone"},
        "starts_at": "enrolment",
        "window": "52 weeks",
        "on_death": "censor",
        "on_move": "censor",
        "on_custody": "succeed",
        "feeds": ["court"],
    },
    "estimand": "itt",
    "estimator": "difference-in-means",
    "as": "difference",
    "standard_errors": "hc1",
    "confidence": "95%",
    "test": "welch",
    "decision": {"pays_on": "point-estimate"},
}

OF_SHARES: dict[str, Any] = {
    **PLAN,
    "measure": {**PLAN["measure"], "at_most_each_person": "1"},
    "estimator": "difference-in-proportions",
    "standard_errors": "unpooled",
    "test": "pearson",
}
"""The same of whether anything happened to a person at all."""
EVIDENCE = "sha256:" + "0" * 64


def a_study(**changes: Any) -> PlannedStudy:
    """Two groups of 200 people whose values have a standard deviation of 20 around 50."""
    usual: dict[str, Any] = {
        "outcome": "mean",
        "form": "difference",
        "treated": 200,
        "control": 200,
        "control_mean": 50.0,
        "sd": 20.0,
    }
    return PlannedStudy(**{**usual, **changes})


def assumed_study(**changes: Any) -> dict[str, Any]:
    """The same as a file states it; a key that is None is left out."""
    usual = {
        "outcome": "mean",
        **MADE_UP,
        "treated": a_number("200"),
        "control": a_number("200"),
        "control_mean": a_number("50"),
        "sd": a_number("20"),
        **changes,
    }
    return {key: value for key, value in usual.items() if value is not None}


def a_studied_deal(**plan: Any) -> Deal:
    """A deal that pays by the small schedule on a difference found at one point."""
    return a_deal(
        outcomes={
            "reduction": an_outcome(
                "reduction", reported_as="point", tick="0.1", estimate="arrests"
            )
        },
        payments=[a_term("schedule", reads="points", points=[POINT])],
        evaluation={"arrests": {**PLAN, **plan}},
    )


def studied(true: str = "25", **study: Any) -> Assumptions:
    """Assumptions with a target for the effect and the study of it."""
    return assumed(
        outcomes={"reduction": an_effect(true)}, studies={"arrests": assumed_study(**study)}
    )
