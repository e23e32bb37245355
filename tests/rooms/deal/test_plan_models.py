"""A plan states how sure it is and what it pays on before the data are seen."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from payforsuccess.deal.evaluation import EvaluationPlan

PLAN: dict[str, Any] = {
    "design": "randomised",
    "says": "Everyone as assigned.",
    "assignment": "individual",
    "arms": {"treated": "aid", "control": "none"},
    "measure": {
        "kind": "event-absent",
        "event": "arrest",
        "population": {"says": "Everyone"},
        "starts_at": "enrolment",
        "window": "52 weeks",
        "on_death": "censor",
        "on_move": "censor",
        "on_custody": "fail",
        "feeds": ["court"],
    },
    "estimand": "itt",
    "estimator": "difference-in-proportions",
    "as": "difference",
    "standard_errors": "unpooled",
    "confidence": "95%",
    "test": "pearson",
    "decision": {"pays_on": "point-estimate"},
}


def refusals(stated: dict[str, Any]) -> list[str]:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    with pytest.raises(ValidationError) as refusal:
        adapter.validate_python(stated)
    return [error["msg"] for error in refusal.value.errors()]


@pytest.mark.parametrize("key", ["as", "standard_errors", "confidence", "test"])
def test_a_comparison_states_how_sure_it_is(key: str) -> None:
    stated = {name: value for name, value in PLAN.items() if name != key}

    assert refusals(stated) == [
        f"A comparison of two groups states `{key}` before the data are seen."
    ]


@pytest.mark.parametrize("key", ["estimand", "estimator", "measure", "decision", "arms"])
def test_nothing_that_decides_the_estimate_is_left_out(key: str) -> None:
    assert refusals({n: v for n, v in PLAN.items() if n != key}) == ["Field required"]


FALLBACK = {"when": "sample-below-floor", "then": "pay-nothing", "says": "Too few."}
REFUSED = {
    "one arm twice": (
        {"arms": {"treated": "aid", "control": "aid"}},
        "Both arms have one label.",
    ),
    "the effect of taking part without an instrument": (
        {"estimand": "tot"},
        "The effect of taking part comes from two-stage least squares, with the draw as the "
        "instrument, and nothing else does.",
    ),
    "an adjustment for nothing": (
        {"estimator": "ancova"},
        "The estimator ancova adjusts for covariates, and none is named.",
    ),
    "a hazard ratio of shares": (
        {"as": "hazard-ratio"},
        "A hazard ratio comes from `cox`, and `cox` gives nothing else.",
    ),
    "competing events of a count": (
        {"competing": ["death"]},
        "Competing events matter only where the time until an event is compared.",
    ),
    "chance without a seed": (
        {"test": "randomisation", "draws": 999},
        "Its errors or a test rest on draws of chance, and the plan fixes neither how many nor "
        "their seed.",
    ),
    "a stop without bounds": (
        {"looks": [{"name": "half", "on": "2027-01-01", "can_stop": "true", "pays": "false"}]},
        "A look may end the study, and no bound says when.",
    ),
    "one outcome adjusted as several": (
        {"several_outcomes": "holm"},
        "p-values are adjusted for several outcomes, and the plan has one.",
    ),
    "a variation that changes two things": (
        {"variations": [{"name": "x", "window": "26 weeks", "without_deaths": "true"}]},
        "A variation changes one thing; this one changes 2.",
    ),
    "certainty": ({"confidence": "100%"}, "The confidence of an interval lies between 0 and 1."),
    "the plan's test as sensitivity": (
        {"sensitivity": ["fisher", "pearson"]},
        "The plan's own test stands among those shown as sensitivity.",
    ),
    "a level without significance": (
        {"decision": {"pays_on": "point-estimate", "level": "5%"}},
        "A decision by significance states the level, and only such a decision does.",
    ),
    "significance without a level": (
        {"decision": {"pays_on": "significance"}},
        "A decision by significance states the level, and only such a decision does.",
    ),
    "a level of nothing": (
        {"decision": {"pays_on": "significance", "level": "0"}},
        "A level lies between 0 and 1.",
    ),
    "weights that do not add up": (
        {"pooling": [{"plan": "a", "weight": "0.8"}, {"plan": "b", "weight": "0.3"}]},
        "The pooling weights do not add up to 1.",
    ),
    "a trait in two lists": (
        {"covariates": ["age"], "balance_on": ["age"]},
        "Both adjusted for and only shown: age.",
    ),
    "strata unnamed": ({"assignment": "stratified"}, "A stratified assignment states `strata`."),
    "a cluster unnamed": (
        {"assignment": "clustered"},
        "A clustered assignment states `cluster`.",
    ),
    "a cluster unused": (
        {"cluster": "village"},
        "A cluster belongs to a clustered assignment.",
    ),
    "a fall-back to no plan": (
        {"fallback": [{**FALLBACK, "then": "other-plan"}]},
        "A fall-back to another plan or to a verified count names the plan, and only such a "
        "fall-back does.",
    ),
    "a fall-back without its share": (
        {"fallback": [{**FALLBACK, "when": "attrition-above"}]},
        "A share sets off every fall-back but the sample floor, which is a number of people under "
        "`sample_floor`, and a weak instrument, by `first_stage_floor`.",
    ),
    "a weak instrument where there is none": (
        {"fallback": [{**FALLBACK, "when": "weak-instrument"}]},
        "The draw is an instrument only where the effect of taking part is estimated.",
    ),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_hang_together_is_refused(changes: dict[str, Any], message: str) -> None:
    assert refusals({**PLAN, **changes}) == [message]
