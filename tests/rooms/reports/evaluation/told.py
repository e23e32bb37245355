"""Estimates of every design as the report gets them, built by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from payforsuccess.reports.evaluation.facts import CameIn, EvaluationFacts, PlanShown
from payforsuccess.reports.run_facts import EstimateShown
from tests.rooms.reports.statements import (
    a_payable,
    a_record,
    an_arm,
    an_effect,
    an_estimate,
    data_used,
    mark,
)

SAYS = "The share of men arrested within 52 weeks, as chance assigned them."
NOTHING_LOST = {
    "overall": "0",
    "difference": "0",
    "cautious": "0.057",
    "optimistic": "0.1",
    "reading": "low under both",
}


def plan_shown(
    *, payable: dict[str, object] | None = None, came_in: tuple[CameIn, ...] = (), **changes: object
) -> PlanShown:
    """A plan's estimate with what payments read."""
    shown = EstimateShown(
        an_estimate(**changes), a_payable(**(payable or {})), SAYS, date(2017, 6, 30)
    )
    return PlanShown(shown, outcomes=("Arrest reduction",), came_in=came_in)


def evaluation_facts(*plans: PlanShown, **changes: object) -> EvaluationFacts:
    """A report on these plans; without one, on the plain randomised one."""
    given: dict[str, object] = {
        "deal": "Maryland re-entry experiment",
        "standing": "illustrative",
        "is_certified": False,
        "as_of": date(2017, 8, 15),
        "run": "evaluation-0123456789ab",
        "record": a_record(),
        "plans": plans or (plan_shown(),),
        "whom": ("Men released from state prisons.", "Eligible only if on parole."),
        "data": (data_used(),),
    }
    return EvaluationFacts(**(given | changes))  # type: ignore[arg-type]


def a_flow(arm: str, lost: int = 20, **changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "arm": arm,
        "assigned": 200 + lost,
        "analysed": 200,
        "linked": 200,
        "took_part": 150 if arm == "aid" else 30,
        "deaths": 12,
        "moves": 40,
        "not_known": ({"status": "move", "people": lost},) if lost else (),
    }
    return given | changes


def two_arms(with_aid: int = 48, without: int = 66, lost: int = 20) -> tuple[object, ...]:
    return tuple(
        an_arm(arm, total, assigned=200 + lost, known=200, mean=f"{total}/200", interval=("0", "1"))
        for arm, total in (("aid", with_aid), ("control", without))
    )


def with_take_up(**changes: object) -> PlanShown:
    """Everything that a randomised plan can tell, with an effect on those who took part."""
    given: dict[str, object] = {
        "estimand": "tot",
        "estimator": "two-stage-least-squares",
        "arms": two_arms(),
        "flow": (a_flow("aid"), a_flow("control")),
        "attrition": {**NOTHING_LOST, "overall": "1/11"},
        "effect": an_effect(
            form="difference",
            unit="percentage point",
            value="-13.5",
            standard_error="5.2",
            interval=("-24", "-3"),
            method="Two-stage least squares, HC2",
        ),
        "take_up": {
            "treated_share": "150/220",
            "control_share": "30/220",
            "first_stage": "151.2",
            "complier_control_mean": "0.31",
        },
        "secondary": (
            {
                "name": "jail-days",
                "says": "Days in jail in the year.",
                "effect": an_effect(
                    form="difference", unit="day", value="-6.5", standard_error="2.5"
                ),
                "p_value": "0.012",
                "adjusted_p_value": "0.024",
            },
        ),
        "variations": (
            {
                "name": "half-year",
                "says": "A window of 26 weeks.",
                "effect": an_effect(value="22"),
                "people": 400,
            },
            {"name": "poisson", "says": "A model of counts.", "not_found": "it did not settle"},
        ),
        "draws": 9999,
        "seed": 7,
    }
    return plan_shown(
        came_in=(
            CameIn("aid", referred=220, eligible=220, enrolled=150),
            CameIn("control", referred=220, eligible=220),
        ),
        **(given | changes),
    )


def with_curve(**changes: object) -> PlanShown:
    """A share still without the event, falling by 20 people at a time, then by one."""
    days = [(0, 200, "1"), (90, 180, "0.9"), (180, 160, "0.8"), (181, 159, "0.795")]
    given: dict[str, object] = {
        "estimator": "kaplan-meier",
        "arms": two_arms(),
        "flow": (a_flow("aid", 20), a_flow("control", 20)),
        "curve": tuple(
            {"arm": arm, "day": day, "at_risk": left, "value": value, "interval": (value, "1")}
            for arm in ("aid", "control")
            for day, left, value in days
        ),
    }
    return plan_shown(**(given | changes))


def matched(**changes: object) -> PlanShown:
    """A comparison group chosen from a pool, with overlap and balance before and after."""
    arms = tuple(
        an_arm(
            arm,
            total,
            assigned=people,
            known=people,
            mean=f"{total}/{people}",
            weighted_mean=weighted,
            effective=effective,
            compared=compared,
        )
        for arm, people, total, weighted, effective, compared in (
            ("aid", 200, 48, "0.24", "196", 196),
            ("control", 1600, 420, "0.29", "151.7", 181),
        )
    )
    given: dict[str, object] = {
        "design": "matched",
        "estimand": "att",
        "estimator": "matching",
        "arms": arms,
        "flow": (),
        "attrition": {**NOTHING_LOST},
        "balance": (
            {
                "trait": "age",
                "treated_mean": "25.8",
                "control_mean": "33.2",
                "missing": 0,
                "standardised_difference": "-0.79",
                "effect_size": "-0.68",
                "reading": "above 0.25",
                "means_after": ("25.9", "25.7"),
                "after": "0.03",
            },
            {
                "trait": "race: other",
                "treated_mean": "0.02",
                "control_mean": "0.1",
                "missing": 0,
                "standardised_difference": "-0.3",
                "effect_size": "-0.9",
                "reading": "above 0.25",
                "means_after": ("0.02", "0.03"),
                "after": "0.01",
            },
        ),
        "overlap": {
            "bins": (
                {"below": "0.25", "treated": 20, "control": 1200},
                {"below": "0.5", "treated": 30, "control": 300},
                {"below": "0.75", "treated": 60, "control": 92},
                {"below": "1", "treated": 90, "control": 8},
            ),
            "pool": 1600,
            "used": 181,
            "unmatched": 4,
            "effective": "151.7",
            "largest_weight": "0.02",
            "match": mark("7"),
        },
    }
    return plan_shown(**(given | changes))


def one_armed(**changes: object) -> PlanShown:
    """People served compared with themselves before: one arm, no test, no effect claimed."""
    given: dict[str, object] = {
        "design": "pre-post",
        "estimand": "att",
        "estimator": "change-in-means",
        "is_share": "false",
        "arms": (an_arm("aid", 400, assigned=200, known=200, mean="2", interval=("1.5", "2.5")),),
        "flow": ({"arm": "aid", "assigned": 200, "analysed": 200},),
        "effect": an_effect(
            form="change", unit="day", value="-3", standard_error="0.5", interval=("-4", "-2")
        ),
        "also": (),
        "test": None,
        "sensitivity": (),
        "balance": (),
        "attrition": {"overall": "0", "difference": "0", "reading": "one arm"},
    }
    return plan_shown(**(given | changes))


def over_periods(**changes: object) -> PlanShown:
    """Places over periods, with the effect by time since the start."""
    given: dict[str, object] = {
        "design": "staggered",
        "event_times": (
            {"since": -1, "value": "0.1", "standard_error": "0.4", "interval": ("-0.7", "0.9")},
            {"since": 0, "value": "-1.5", "standard_error": "0.5", "interval": ("-2.5", "-0.5")},
        ),
    }
    return plan_shown(**(given | changes))


def named(plan: PlanShown, name: str) -> PlanShown:
    """The same plan under another name."""
    estimate = plan.shown.estimate.model_copy(update={"plan": name})
    return replace(plan, shown=replace(plan.shown, estimate=estimate))
