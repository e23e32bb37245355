"""Where a value of an outcome stands: its measurement point, or the period of its windows."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms.term import MeasurementPoint
from payforsuccess.errors import Problem, Refusal


def points_of(deal: Deal, outcome: str) -> tuple[MeasurementPoint, ...]:
    """The measurement points of all payment terms that read the outcome at points, once each."""
    points: dict[str, MeasurementPoint] = {}
    for term in deal.payments:
        if outcome in term.outcomes_read():
            points.update({point.name: point for point in term.points})
    return tuple(points.values())


def slot_of_effect(deal: Deal, outcome: str, *, last_day: date) -> dict[str, str | int | None]:
    """The slot of the one value an estimate gives: `period`, or `point` and `cohort`.

    last_day: the last day of the last window. Refuses an outcome read at several points, since
    one plan gives one value, and windows that end outside the deal's periods.
    """
    points = points_of(deal, outcome)
    where = deal.place_of("outcomes", outcome)
    if len(points) > 1:
        raise Refusal(
            Problem(
                f"The outcome {outcome} is paid at {len(points)} measurement points, and one plan "
                "estimates one value.",
                "Give each point its own outcome and plan, or determine the values by hand.",
                where,
            )
        )
    if points:
        return {"point": points[0].name, "cohort": points[0].cohort}
    period = deal.schedule.holding(last_day)
    if period is None:
        raise Refusal(
            Problem(
                f"The windows of the outcome {outcome} end on {last_day}, outside every period of "
                "the deal.",
                "Correct the periods or the window.",
                where,
            )
        )
    return {"period": period.number}
