"""The unit of one person's number, in a word."""

from __future__ import annotations

from payforsuccess.deal.evaluation import EvaluationPlan, TwoArmBase
from payforsuccess.deal.measures import (
    CertifiedUnits,
    DaysInState,
    EventCount,
    MoneySum,
    PersonMeasure,
    QuartersWithEarnings,
    ScoreGain,
)

OF_AN_INDEX = "standard deviation"


def unit_of_plan(plan: EvaluationPlan, currency: str) -> str:
    """The unit of the outcome a plan compares: of its measure, or of its index."""
    is_index = isinstance(plan, TwoArmBase) and plan.index is not None
    return OF_AN_INDEX if is_index else unit_of_measure(plan.measure, currency)


def unit_of_measure(measure: PersonMeasure, currency: str) -> str:
    """Such as day, event or USD; person for what either happened to someone or did not.

    Events of which each person counts one at the most are such.
    """
    match measure:
        case DaysInState():
            return getattr(measure, "unit", "day")
        case MoneySum():
            return currency
        case EventCount(at_most_each_person=1):
            return "person"
        case EventCount():
            return "day" if measure.counts == "days" else "event"
        case ScoreGain():
            return "point" if measure.at_least is None else "person"
        case QuartersWithEarnings():
            return "quarter"
        case CertifiedUnits():
            return "unit"
        case _:
            return "person"
