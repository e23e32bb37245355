"""The statement that a run drafts: for practice as if its results were determined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, PaymentMade, Result, Results, Statement
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.measured_anew import Differs, differing, with_nothing_found
from payforsuccess.payments.people import (
    PeopleList,
    PersonRow,
    people_fingerprint,
    rows_from_columns,
)
from payforsuccess.payments.statement import Facts, Made, make_statement
from payforsuccess.payments.too_near import too_near
from payforsuccess.runs.folder import DealFolder
from payforsuccess.units import round_exact

UNSIGNED = "no one; this is a practice run"


def is_practice(deal: Deal) -> bool:
    """Whether a deal is run for practice: no contract, so that nobody need have signed."""
    return deal.standing != "contract"


@dataclass(frozen=True)
class Drafting:
    """What a statement of the deal rests on beside its results; each file is read once.

    seen: the last day of the windows of each outcome, which its result could be known on. anew:
    the signed results that this measurement finds otherwise; the draft takes what is found now, as
    a proposal that nobody signed.
    """

    folder: DealFolder
    history: DealHistory
    on: date
    seen: Mapping[str, date] = field(default_factory=dict)
    anew: tuple[Differs, ...] = ()

    @property
    def deal(self) -> Deal:
        """The deal as it is now."""
        return self.history.latest

    @cached_property
    def earlier(self) -> tuple[Statement, ...]:
        """The issued statements; none counts in a run for practice."""
        return () if is_practice(self.deal) else self.folder.statements()

    @cached_property
    def paid(self) -> tuple[PaymentMade, ...]:
        """The payments made."""
        return self.folder.paid()

    @cached_property
    def on_record(self) -> tuple[Determination, ...]:
        """The determinations on record."""
        return self.folder.determinations()

    def determinations(self, found: Results) -> tuple[Determination, ...]:
        """Those on record; for a deal run for practice such that say that nobody signed them.

        A result of a measurement point is put down as determined on the last day for it, where that
        is over and the windows were: a run of records that go on beyond the point would else be too
        late for it, though nobody was. All others are of the day of the run.
        """
        if not is_practice(self.deal):
            return self.on_record
        if not found.results:
            return ()
        evaluators = [
            party.name
            for party in self.deal.parties
            if {"evaluator", "validator"} & set(party.roles)
        ]
        by_day: dict[date, list[Result]] = {}
        for result in found.results:
            by_day.setdefault(self._practised_on(result), []).append(result)
        return tuple(
            Determination(
                format=1,
                number=number,
                party=evaluators[0] if evaluators else "no evaluator",
                role="evaluator",
                signed_by=UNSIGNED,
                on=day,
                results=tuple(_on_step(self.deal, result) for result in by_day[day]),
                results_fingerprint=found.fingerprint,
            )
            for number, day in enumerate(sorted(by_day), 1)
        )

    def _practised_on(self, result: Result) -> date:
        last = min(
            (
                point.determined_by
                for term in self.deal.payments
                for point in term.points
                if point.name == result.point and result.outcome in term.outcomes_read()
            ),
            default=self.on,
        )
        seen = self.seen.get(result.outcome)
        return last if seen is not None and seen <= last < self.on else self.on

    def found_otherwise(self, found: Results, rows: Sequence[PersonRow]) -> tuple[Differs, ...]:
        """The signed results that a measurement does not bear out; none in a run for practice."""
        if is_practice(self.deal):
            return ()
        people = PeopleList(rows)

        def rows_of(outcome: str, period: int) -> str | None:
            return people.fingerprint(outcome, period) if people.has(outcome, period) else None

        return differing(self.deal, found, rows_of, self.on_record)

    def statement(self, found: Results, rows: Sequence[PersonRow], *, period: int) -> Made:
        """The draft for a period, given the results and the rows of people."""
        people = PeopleList(rows) if rows else None
        facts = Facts(
            history=self.history,
            results=None if is_practice(self.deal) else with_nothing_found(found, self.anew),
            determinations=self.determinations(found),
            people=people,
            people_fingerprint=people_fingerprint(people) if people is not None else None,
            earlier=self.earlier,
            paid=self.paid,
            set_aside=tuple(each.at for each in self.anew),
        )
        return make_statement(
            facts, period=period, as_of=self.on, program=payforsuccess.__version__
        )


def _on_step(deal: Deal, result: Result) -> Result:
    """The value as a determination states it: in decimal digits, on the outcome's smallest step."""
    outcome = deal.outcomes[result.outcome]
    problems = too_near(result, outcome, deal)
    if problems:
        raise Refusal(problems)
    result = result.model_copy(update={"is_approximate": False})
    if outcome.rounding == "refuse":
        return result
    steps = round_exact(result.value / outcome.tick, outcome.rounding)
    return result.model_copy(update={"value": Fraction(steps) * outcome.tick})


def last_days(of: Iterable[tuple[Sequence[Result], pa.Table]]) -> dict[str, date]:
    """The last day of all windows behind the results of each outcome; those with none are left out.

    of: results, and the rows of the people that gave them.
    """
    days: dict[str, date] = {}
    for results, rows in of:
        if "last_day" not in rows.schema.names or not rows.num_rows:
            continue
        last = pc.max(rows.column("last_day")).as_py()
        for result in results if last is not None else ():
            days[result.outcome] = max(last, days.get(result.outcome, last))
    return days


def last_period(
    deal: Deal, found: Results, determinations: Sequence[Determination], *, on: date
) -> int:
    """The last period with a result, or with a measurement point that has one and that is over.

    Refuses, with the day from which on there is one, where all results belong to a later period.
    """
    numbers = [result.period for result in found.results if result.period is not None]
    coming: dict[int, tuple[str, date]] = {}
    points = {result.point for result in found.results if result.point is not None}
    for determination in determinations:
        numbers += [r.period for r in determination.results if r.period is not None]
        points |= {r.point for r in determination.results if r.point is not None}
    for term in deal.payments:
        for point in term.points:
            period = deal.schedule.holding(point.determined_by)
            if point.name in points and period is not None:
                if period.last_day <= on:
                    numbers.append(period.number)
                else:
                    coming[period.number] = (point.name, period.last_day)
    if not numbers and coming:
        number = min(coming)
        point_name, last_day = coming[number]
        raise Refusal(
            Problem(
                sentence(
                    "There are results, and they are paid at the point {point} in period {number}, "
                    "which is not over before {last_day}; as of {on} nothing can be stated.",
                    point=point_name,
                    number=number,
                    last_day=last_day,
                    on=on,
                ),
                sentence(
                    "Estimate or measure to see the results. For a statement wait for the day, or "
                    "look ahead to it as of {last_day}.",
                    last_day=last_day,
                ),
                deal.place_of("payments"),
            )
        )
    if not numbers:
        raise Refusal(
            Problem(
                "The data gave no result yet: no window has been seen to its end.",
                "Wait until the feeds are complete through the last window.",
                deal.place_of("outcomes"),
            )
        )
    return max(numbers)


def person_rows(table: pa.Table) -> tuple[PersonRow, ...]:
    """The rows of people as payments read them."""
    columns = {name: table.column(name).to_pylist() for name in table.schema.names}
    return tuple(rows_from_columns(columns))
