"""Results that belong to no outcome, period, measurement point or cohort of the deal."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.deal.nearest import nearest
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.history import DealHistory


def unknown_slot(result: Result, history: DealHistory) -> list[Problem]:
    """Problems of a result that no version of the deal has a place for."""
    said = sentence("A result for `{outcome}`", outcome=result.outcome)
    outcomes = {name for version in history.versions for name in version.outcomes}
    if result.outcome not in outcomes:
        return [
            Problem(
                sentence("The deal has no outcome `{outcome}`.", outcome=result.outcome),
                nearest_text(result.outcome, outcomes),
                history.latest.place_of("outcomes"),
            )
        ]
    problems: list[Problem] = []
    count = history.schedule.count
    if result.period is not None and result.period > count:
        problems.append(
            Problem(
                sentence(
                    "{said} is for period {period}; the deal has periods 1 to {count}.",
                    said=said,
                    period=result.period,
                    count=count,
                ),
                sentence("Correct the number of the period."),
            )
        )
    points = {
        point.name
        for version in history.versions
        for term in version.payments
        for point in term.points
    }
    if result.point is not None and result.point not in points:
        problems.append(
            Problem(
                sentence(
                    "{said} is for the measurement point `{point}`, which the deal does not have.",
                    said=said,
                    point=result.point,
                ),
                nearest_text(result.point, points),
            )
        )
    cohorts = {cohort.name for version in history.versions for cohort in version.people.cohorts}
    if result.cohort is not None and cohorts and result.cohort not in cohorts:
        problems.append(
            Problem(
                sentence(
                    "{said} is for the cohort {cohort}, which the deal does not have.",
                    said=said,
                    cohort=result.cohort,
                ),
                nearest_text(result.cohort, cohorts),
            )
        )
    return problems


def nearest_text(name: str, known: Iterable[str]) -> str:
    """What to do about a name that is not known."""
    names = sorted(known)
    near = nearest(name, names)
    if near:
        return sentence("Did you mean `{near}`?", near=near)
    if names:
        return sentence("Write one of: {names}.", names=", ".join(names))
    return sentence("Take it out.")
