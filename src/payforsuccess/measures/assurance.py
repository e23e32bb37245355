"""The deal's made-up people run through the plain-Python references of its measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from payforsuccess.deal.assurance import AssurancePatient, ExpectedResult
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import Measure, MeasureBase
from payforsuccess.errors import Problem
from payforsuccess.measures.computable import check_computable
from payforsuccess.measures.excused import Excused
from payforsuccess.measures.kinds import REFERENCES
from payforsuccess.measures.rounding import as_decimal
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    EnrolmentRow,
    EventRow,
    PersonResult,
    PlainRecords,
    SpellRow,
    TraitRow,
)
from payforsuccess.units import exact_text

PERSON = "made-up"
INTAKE = "enrolment"


def check_patients(deal: Deal) -> tuple[Problem, ...]:
    """A problem for each expected value that the deal's own measures do not give.

    Each names what was expected, what was found, and the days that made it. Nothing is opened: the
    references are plain Python, so this needs no database.
    """
    return tuple(
        problem
        for number, patient in enumerate(deal.assurance)
        for at, expected in enumerate(patient.expects)
        for problem in _check(deal, number, patient, at, expected)
    )


def _check(
    deal: Deal, number: int, patient: AssurancePatient, at: int, expected: ExpectedResult
) -> Iterator[Problem]:
    name = expected.outcome or expected.plan or ""
    where = deal.place_of("assurance", number, "expects", at)
    measure = _measure_of(deal, expected)
    if measure is None:
        yield Problem(
            f"Nothing can be expected of {name}: it states no measure.",
            "Expect a result of an outcome with a `measure`, or of a plan.",
            where,
        )
        return
    problems = check_computable(measure, where=where)
    if problems:
        yield from problems
        return
    of = measure if isinstance(measure, MeasureBase) else measure.of
    records, days = made_up_records(patient)
    found = REFERENCES[type(of)](
        of,
        records,
        seen=Seen(dict.fromkeys(of.feeds, patient.observed_through)),
        excused=Excused.of(
            fact for fact in deal.excused if not fact.outcomes or name in fact.outcomes
        ),
    )
    result = found[0] if found else None
    wanted, got = _wanted(expected), _got(result)
    if wanted != got:
        yield Problem(
            f"{patient.says.rstrip('.')}: {name} is expected to be {wanted} and comes out as "
            f"{got}.{_because(result, days)}",
            "Correct the person or the measure, whichever does not say what was agreed.",
            where,
        )


def _measure_of(deal: Deal, expected: ExpectedResult) -> Measure | None:
    if expected.plan is not None:
        return deal.evaluation[expected.plan].measure
    return deal.outcomes[expected.outcome].measure if expected.outcome is not None else None


def _wanted(expected: ExpectedResult) -> str:
    if expected.value is not None:
        return exact_text(expected.value)
    return f"unknown ({expected.unknown})" if expected.unknown else "outside the population"


def _got(result: PersonResult | None) -> str:
    if result is None:
        return "outside the population"
    if result.quantity is None:
        return f"unknown ({result.status})"
    return exact_text(Fraction(result.quantity))


def _because(result: PersonResult | None, days: dict[str, str]) -> str:
    """The window and the days behind what was found."""
    if result is None:
        return ""
    rows = [days[row] for row in result.source.split(";") if row in days]
    made = f" What made it: {'; '.join(rows)}." if rows else " No day made it."
    return f" The window runs from {result.start_on} to {result.last_day}.{made}"


def made_up_records(patient: AssurancePatient) -> tuple[PlainRecords, dict[str, str]]:
    """The person's rows as the references read them, and each row's days in words by its source."""
    days: dict[str, str] = {}

    def placed(feed: str, row: int, words: str) -> int:
        days[f"{feed}:{row}"] = words
        return row

    enrolment = patient.enrolment
    spells = tuple(
        SpellRow(
            state=spell.state,
            person=PERSON,
            start_on=spell.from_,
            end_on=spell.to,
            feed=spell.feed,
            row=placed(spell.feed, row, f"{spell.state} {_stay(spell.from_, spell.to)}"),
        )
        for row, spell in enumerate(patient.spells, 1)
    )
    events = tuple(
        EventRow(
            kind=event.event,
            person=PERSON,
            happened_on=event.on,
            amount=None if event.amount is None else as_decimal(event.amount),
            feed=event.feed,
            row=placed(event.feed, row, f"{event.event} on {event.on}"),
        )
        for row, event in enumerate(patient.events, 1 + len(spells))
    )
    traits = tuple(
        TraitRow(
            trait=fact.fact,
            person=PERSON,
            as_of=fact.as_of,
            value=as_decimal(fact.value),
            feed=fact.feed,
            row=placed(fact.feed, row, f"{fact.fact} as of {fact.as_of or 'always'}"),
        )
        for row, fact in enumerate(patient.facts, 1 + len(spells) + len(events))
    )
    one = EnrolmentRow(
        enrolment="made-up-1",
        person=PERSON,
        enrolled_on=enrolment.enrolled_on,
        arm=enrolment.arm,
        site=enrolment.site,
        referred_on=enrolment.referred_on,
        assigned_on=enrolment.assigned_on,
        exited_on=enrolment.exited_on,
        feed=enrolment.feed or INTAKE,
        row=0,
    )
    return PlainRecords((one,), spells, events, traits), days


def _stay(first: date, after: date | None) -> str:
    return f"from {first}, still open" if after is None else f"from {first} to before {after}"
