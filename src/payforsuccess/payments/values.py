"""What a payment term reads of outcomes in a period, brought to whole ticks."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.against_plan import against_plan
from payforsuccess.payments.book import Entry, ResultBook
from payforsuccess.payments.input_problems import (
    cohorts_differ,
    differ,
    missing,
    unsigned,
)
from payforsuccess.payments.inputs import Gathered, Part, Used
from payforsuccess.payments.occasions import in_time
from payforsuccess.payments.people import People
from payforsuccess.payments.range import least_and_most
from payforsuccess.payments.too_near import too_near
from payforsuccess.units import Period, exact_text, grouped, round_exact


class Values:
    """Outcomes in whole ticks, as a term reads them in one period; or problems."""

    def __init__(self, deal: Deal, period: Period, book: ResultBook, people: People | None) -> None:
        self._deal, self._period, self._book, self._people = deal, period, book, people

    def of(
        self, term: PaymentTerm, name: str, part: Part, gathered: Gathered, *, only_tested: bool
    ) -> int | None:
        """An outcome's value for a part of a term; of one only tested, the last that is known."""
        outcome = self._deal.outcomes[name]
        if only_tested:
            return self._latest(name, outcome, part, gathered)
        if part.point:
            return self._point(term, name, outcome, part, gathered)
        if term.reads == "to-date":
            return self._to_date(name, outcome, part, gathered)
        return self._in_period(name, outcome, part, gathered)

    def _latest(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        """A condition's outcome: this period's value, or the last one known for points."""
        number = self._period.number
        if outcome.reported_as == "point":
            points = [
                (p.determined_by, p.name, p.cohort or "")
                for t in self._deal.payments
                for p in t.points
                if name in t.outcomes_read() and p.determined_by < self._period.end
            ]
            for _, point, cohort in [
                *([(None, part.point, part.cohort)] if part.point else []),
                *sorted(points, reverse=True),
            ]:
                entry = self._book.get(name, f"point {point}", cohort) or self._book.get(
                    name, f"point {point}"
                )
                if entry is not None:
                    return self._ticks(entry, name, outcome, gathered)
        else:
            last = 0 if outcome.reported_as == "to-date" else number - 1
            for at in range(number, last, -1):
                for cohort in dict.fromkeys((part.cohort, "")):
                    value = self._one(name, outcome, at, cohort, gathered)
                    if value is not None:
                        return value
            if outcome.reported_as == "period":
                gathered.problems.append(missing(name, f"period {number}"))
                return None
        gathered.unavailable.add(name)
        return None

    def _point(
        self, term: PaymentTerm, name: str, outcome: Outcome, part: Part, gathered: Gathered
    ) -> int | None:
        last_day = next((p.determined_by for p in term.points if p.name == part.point), None)
        entry = in_time(self._book, name, part, last_day)
        if entry is None and outcome.reported_as != "point":
            return self._in_period(
                name, outcome, Part(f"period {self._period.number}", part.cohort), gathered
            )
        if entry is None:
            gathered.problems.append(missing(name, part.when, part.cohort))
            return None
        return self._ticks(entry, name, outcome, gathered)

    def _in_period(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        now = self._one(name, outcome, self._period.number, part.cohort, gathered)
        if now is None:
            gathered.problems.append(missing(name, part.when, part.cohort))
            return None
        if outcome.reported_as == "to-date":
            for at in range(self._period.number - 1, 0, -1):
                before = self._one(name, outcome, at, part.cohort, gathered)
                if before is not None:
                    return now - before
        return now

    def _to_date(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        number = self._period.number
        if outcome.reported_as == "to-date":
            now = self._one(name, outcome, number, part.cohort, gathered)
            if now is None:
                gathered.problems.append(missing(name, part.when, part.cohort))
            return now
        total = 0
        for at in range(1, number + 1):
            value = self._one(name, outcome, at, part.cohort, gathered)
            if value is None:
                gathered.problems.append(missing(name, f"period {at}", part.cohort))
                return None
            total += value
        return total

    def _one(
        self, name: str, outcome: Outcome, number: int, cohort: str, gathered: Gathered
    ) -> int | None:
        """One slot's value in ticks; result and rows by person must agree where both exist."""
        when = f"period {number}"
        entry = self._book.get(name, when, cohort)
        if cohort:
            self._cohorts_within_bounds(name, outcome, number, gathered)
        if outcome.reported_as == "to-date":
            self._refuse_mixed(name, number, cohort, gathered)
        if self._people is None or not self._people.has(name, number):
            return None if entry is None else self._ticks(entry, name, outcome, gathered)
        total = self._people.total(
            self._people.quantities(name, number, tick=outcome.tick, cohort=cohort)
        )
        rows = self._people.fingerprint(name, number)
        if entry is None and cohort:
            entry = self._total_of_cohorts(name, outcome, number, rows, gathered)
            gathered.used.append(Used(name, when, cohort, entry, rows, total * outcome.tick))
            return total
        if entry is None:
            gathered.used.append(Used(name, when, cohort, None, rows, total * outcome.tick))
            self._within_bounds(total * outcome.tick, None, name, outcome, gathered)
            return total
        gathered.problems += unsigned(entry, rows, name, when)
        value = self._ticks(entry, name, outcome, gathered, rows=rows)
        if value is not None and value != total:
            gathered.problems.append(differ(name, when, entry, total * outcome.tick))
        return total

    def _refuse_mixed(self, name: str, number: int, cohort: str, gathered: Gathered) -> None:
        """A to-date outcome told in two ways, whose differences would count something twice."""
        if self._people is not None and self._people.has(name, number):
            gathered.problems.append(
                Problem(
                    sentence(
                        "`{name}` is reported to date, and there are rows by person for it, which "
                        "are one period's.",
                        name=name,
                    ),
                    sentence("Report the outcome by period, or give totals to date without rows."),
                )
            )
        for at in range(1, number):
            when = f"period {at}"
            told = self._book.get(name, when) is not None
            by_cohort = bool(self._book.cohorts(name, when))
            if (cohort and told) or (not cohort and by_cohort):
                gathered.problems.append(
                    Problem(
                        sentence(
                            "`{name}` is reported to date by cohort in one of periods {at} and "
                            "{number}, and for all together in the other.",
                            name=name,
                            at=at,
                            number=number,
                        ),
                        sentence(
                            "State both the same way, so that what was earned before is known."
                        ),
                    )
                )

    def _cohorts_within_bounds(
        self, name: str, outcome: Outcome, number: int, gathered: Gathered
    ) -> None:
        """All cohorts of a period together stay within the bounds, which are for one period."""
        if self._people is not None and self._people.has(name, number):
            column = self._people.quantities(name, number, tick=outcome.tick)
            whole = self._people.total(column) * outcome.tick
        else:
            when = f"period {number}"
            entries = [self._book.get(name, when, c) for c in self._book.cohorts(name, when)]
            whole = sum((e.result.value for e in entries if e is not None), Fraction(0))
            total = self._book.get(name, when)
            adds_up = outcome.unit not in ("percent", "percentage point")
            if total is not None and adds_up and total.result.value != whole:
                gathered.problems.append(cohorts_differ(name, when, total, whole))
        self._within_bounds(whole, None, name, outcome, gathered)

    def _total_of_cohorts(
        self, name: str, outcome: Outcome, number: int, rows: str, gathered: Gathered
    ) -> Entry | None:
        """The result for all cohorts together, which the rows of each add up to."""
        entry = self._book.get(name, f"period {number}")
        if entry is None or self._people is None:
            return None
        gathered.problems += unsigned(entry, rows, name, f"period {number}")
        whole = self._people.total(self._people.quantities(name, number, tick=outcome.tick))
        if whole * outcome.tick != entry.result.value:
            gathered.problems.append(differ(name, f"period {number}", entry, whole * outcome.tick))
        return entry

    def _ticks(
        self, entry: Entry, name: str, outcome: Outcome, gathered: Gathered, *, rows: str = ""
    ) -> int | None:
        result = entry.result
        gathered.used.append(
            Used(name, result.slot[1], result.cohort or "", entry, rows, result.value)
        )
        self._within_bounds(result.value, result.people, name, outcome, gathered)
        gathered.problems += too_near(result, outcome, self._deal)
        gathered.problems += against_plan(result, outcome, self._deal)
        return self.on_grid(result.value, name, outcome, gathered)

    def on_grid(
        self, value: Fraction, name: str, outcome: Outcome, gathered: Gathered
    ) -> int | None:
        """A value in whole ticks, rounded as the outcome says; a problem where it may not be."""
        try:
            return round_exact(value / outcome.tick, outcome.rounding)
        except ValueError:
            gathered.problems.append(
                Problem(
                    sentence(
                        "The result {value} for `{name}` is finer than its smallest step, {tick}, "
                        "and the deal does not say how to round it.",
                        value=grouped(value),
                        name=name,
                        tick=exact_text(outcome.tick),
                    ),
                    sentence(
                        "Have the determination state the value to that step, or let an amendment "
                        "name the rounding."
                    ),
                )
            )
            return None

    def _within_bounds(
        self,
        found: Fraction,
        head_count: int | None,
        name: str,
        outcome: Outcome,
        gathered: Gathered,
    ) -> None:
        least, most = least_and_most(self._deal, outcome)
        if (least is not None and found < least) or (most is not None and found > most):
            low = "" if least is None else grouped(least)
            high = sentence("without end") if most is None else grouped(most)
            gathered.problems.append(
                Problem(
                    sentence(
                        "The result {found} for `{name}` lies outside the bounds of the deal, "
                        "{low} to {high}.",
                        found=grouped(found),
                        name=name,
                        low=low,
                        high=high,
                    ),
                    sentence("Check the result; widen the bounds by amendment if it is right."),
                )
            )
        people = outcome.bounds.people if outcome.bounds is not None else None
        if (
            people is not None
            and head_count is not None
            and not people.least <= head_count <= people.most
        ):
            gathered.problems.append(
                Problem(
                    sentence(
                        "The number of people behind `{name}` lies outside the bounds of the "
                        "deal, {least} to {most}.",
                        name=name,
                        least=grouped(people.least),
                        most=grouped(people.most),
                    ),
                    sentence("Check the result; widen the bounds by amendment if it is right."),
                )
            )
