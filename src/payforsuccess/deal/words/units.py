"""The unit of one person's number, in a word."""

from __future__ import annotations

from payforsuccess.deal.measures import (
    CertifiedUnits,
    DaysInState,
    EventCount,
    MoneySum,
    PersonMeasure,
    QuartersWithEarnings,
    ScoreGain,
)


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
