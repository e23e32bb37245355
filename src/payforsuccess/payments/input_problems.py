"""What is wrong with results that a payment term reads, as problems."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.book import Entry, said_when
from payforsuccess.units import grouped


def differ(name: str, when: str, entry: Entry, total: Fraction) -> Problem:
    """The problem of a result that its rows by person do not add up to."""
    return Problem(
        sentence(
            "For `{name}` in {when} the result is {value}, but the rows by person add up to "
            "{total}.",
            name=name,
            when=said_when(when),
            value=grouped(entry.result.value),
            total=grouped(total),
        ),
        sentence("Find out which of the two is right before anything is paid on it."),
    )


def cohorts_differ(name: str, when: str, entry: Entry, total: Fraction) -> Problem:
    """The problem of a result that the results of its cohorts do not add up to."""
    return Problem(
        sentence(
            "For `{name}` in {when} the result for all is {value}, but those of the cohorts add "
            "up to {total}.",
            name=name,
            when=said_when(when),
            value=grouped(entry.result.value),
            total=grouped(total),
        ),
        sentence(
            "Find out which of the two is right before anything is paid on it, or state only "
            "cohorts."
        ),
    )


def doubtful_group(
    result: Result, when: str, group: str, values: Sequence[Fraction]
) -> Problem | None:
    """A subgroup's part that is stated twice, or is no part of the result."""
    said = sentence(
        "of the subgroup `{group}` in the result for `{outcome}` in {when}",
        group=group,
        outcome=result.outcome,
        when=said_when(when),
    )
    if len(values) > 1:
        return Problem(
            sentence("The part {said} is stated {values} times.", said=said, values=len(values)),
            sentence("Keep the right one."),
        )
    least, most = sorted((Fraction(0), result.value))
    if not least <= values[0] <= most:
        return Problem(
            sentence(
                "The part {said} is {values}, which is no part of {value}.",
                said=said,
                values=grouped(values[0]),
                value=grouped(result.value),
            ),
            sentence("Correct it: a part lies between 0 and the whole."),
        )
    return None


def missing(name: str, when: str, cohort: str = "") -> Problem:
    """The problem of a result that is not there."""
    of = sentence(", cohort {cohort}", cohort=cohort) if cohort else ""
    return Problem(
        sentence(
            "There is no result for `{name}` in {when}{of}.",
            name=name,
            when=said_when(when),
            of=of,
        ),
        sentence("Add it to the results; a measured zero must be stated as 0."),
    )


def unsigned(entry: Entry, rows: str, name: str, when: str) -> list[Problem]:
    """The problem of rows by person that are not those the determination signed; else none."""
    if entry.rows is None or entry.rows == rows:
        return []
    number = entry.determination or 0
    return [
        Problem(
            sentence(
                "The rows by person for `{name}` in {when} are not those that determination "
                "{determination} signed.",
                name=name,
                when=said_when(when),
                determination=number,
            ),
            sentence(
                "Put the signed rows back, or have the new ones determined in its place "
                "(--supersedes {determination}).",
                determination=number,
            ),
        )
    ]
