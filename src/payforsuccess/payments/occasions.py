"""On which occasions a payment term falls due: periods, measurement points, cohorts."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.book import Entry, ResultBook, said_when
from payforsuccess.payments.inputs import Part
from payforsuccess.payments.people import People
from payforsuccess.units import Period


class Occasions:
    """When a payment term is due in one period, under one version of the deal."""

    def __init__(
        self,
        deal: Deal,
        period: Period,
        book: ResultBook,
        people: People | None,
        *,
        tells_cohorts: bool = False,
    ) -> None:
        self._deal, self._period, self._book, self._people = deal, period, book, people
        self._tells_cohorts = tells_cohorts

    def parts(self, term: PaymentTerm) -> tuple[tuple[Part, ...], list[Problem]]:
        """The occasions on which the term is due in the period, none when it is not; or problems.

        `tells_cohorts`, or a ceiling for each cohort, splits rows by person by their cohort.
        """
        when = f"period {self._period.number}"
        if term.reads == "points":
            due = [p for p in term.points if p.determined_by in self._period]
            return tuple(Part(f"point {p.name}", p.cohort or "", p.name) for p in due), []
        own = [name for name in term.outcomes_read() if name in self._deal.outcomes]
        needed = self._deal.people.cohorts and (
            self._tells_cohorts
            or term.ceiling_each_cohort is not None
            or self._deal.ceilings.each_cohort is not None
        )
        cohorts = {c for name in own for c in self._book.cohorts(name, when)}
        problems: list[Problem] = []
        if needed:
            by_rows, found = self._cohorts_of_rows(term)
            cohorts |= by_rows
            problems += found
        if cohorts:
            return tuple(Part(when, cohort) for cohort in sorted(cohorts)), problems
        to_date = [name for name in own if self._deal.outcomes[name].reported_as == "to-date"]
        if (
            term.reads == "to-date"
            and to_date
            and not any(self._at_hand(name, when) for name in own)
        ):
            return (), problems
        if needed and any(self._counted(name, when) for name in term._own_outcomes()):
            problems.append(
                Problem(
                    sentence(
                        "The payment term `{name}` depends on the cohort, and the results of "
                        "{when} do not tell cohorts apart.",
                        name=term.name,
                        when=said_when(when),
                    ),
                    sentence("Give one result for each cohort, or rows by person with a cohort."),
                )
            )
        return (Part(when),), problems

    def _cohorts_of_rows(self, term: PaymentTerm) -> tuple[set[str], list[Problem]]:
        """The cohorts that the rows by person name in the period."""
        number = self._period.number
        people = self._people
        if people is None:
            return set(), []
        named = {
            cohort
            for name in term._own_outcomes()
            if people.has(name, number)
            for cohort in people.cohorts(name, number)
        }
        if "" in named and len(named) > 1:
            return set(), [
                Problem(
                    sentence(
                        "Some rows by person for `{name}` in period {number} name a cohort and "
                        "some do not.",
                        name=term.name,
                        number=number,
                    ),
                    sentence("Give every row of the outcome its cohort."),
                )
            ]
        return named - {""}, []

    def _counted(self, name: str, when: str) -> bool:
        """Whether anything but 0 was found for an outcome."""
        entry = self._book.get(name, when)
        if entry is not None and entry.result.value != 0:
            return True
        return self._people is not None and self._people.has(name, self._period.number)

    def lapsed(self, term: PaymentTerm, part: Part, as_of: date | None) -> bool:
        """Whether a point's last day has passed without a determination in time."""
        point = next((p for p in term.points if p.name == part.point), None)
        if point is None or as_of is None or as_of <= point.determined_by:
            return False
        return any(
            self._deal.outcomes[name].reported_as == "point"
            and in_time(self._book, name, part, point.determined_by) is None
            for name in term._own_outcomes()
        )

    def _at_hand(self, name: str, when: str) -> bool:
        by_person = self._people is not None and self._people.has(name, self._period.number)
        return by_person or self._book.get(name, when) is not None


def in_time(book: ResultBook, name: str, part: Part, last_day: date | None) -> Entry | None:
    """A point's result, unless it was determined after the last day for it."""
    entry = book.get(name, part.when, part.cohort) or book.get(name, part.when)
    if entry is not None and entry.on is not None and last_day is not None:
        return None if entry.on > last_day else entry
    return entry
