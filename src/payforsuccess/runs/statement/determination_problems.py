"""What keeps a determination off the record: who signs, what is signed already, the day."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Statement
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.book import first_on, said_when
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.known import unknown_slot
from payforsuccess.payments.too_near import too_near
from payforsuccess.runs.statement.in_office import party_problems, version_on


def determination_problems(
    history: DealHistory,
    record: Determination,
    earlier: Sequence[Determination],
    statements: Sequence[Statement],
) -> list[Problem]:
    """Everything that is wrong with a determination, as it would follow those before it."""
    return [
        *party_problems(
            version_on(history, record.on),
            record.party,
            record.role,
            on=record.on,
            what=sentence("A determination"),
        ),
        *_slot_problems(history, record, earlier),
        *_day_problems(history, record, earlier, statements),
    ]


def _slot_problems(
    history: DealHistory, record: Determination, earlier: Sequence[Determination]
) -> list[Problem]:
    problems: list[Problem] = []
    numbers = {d.number for d in earlier}
    gone = {d.supersedes for d in earlier} | {record.supersedes}
    if record.supersedes is not None and record.supersedes not in numbers:
        problems.append(
            Problem(
                sentence(
                    "There is no determination {supersedes} to supersede.",
                    supersedes=record.supersedes,
                ),
                sentence(
                    "On record: {numbers}.",
                    numbers=", ".join(map(str, sorted(numbers))) or sentence("none"),
                ),
            )
        )
    for other in earlier:
        if record.supersedes is not None and other.supersedes == record.supersedes:
            problems.append(
                Problem(
                    sentence(
                        "Determination {supersedes} is superseded already, by determination "
                        "{number}.",
                        supersedes=record.supersedes,
                        number=other.number,
                    ),
                    sentence("Supersede that one: --supersedes {number}.", number=other.number),
                )
            )
    if record.supersedes is not None and record.reason is None:
        problems.append(
            Problem(
                sentence("A determination that supersedes another must say why."),
                sentence("Give a reason with --reason."),
            )
        )
    standing = {
        result.slot: d.number for d in earlier if d.number not in gone for result in d.results
    }
    deal = history.latest
    deadlines = {
        p.name: (term.name, p.determined_by, term.outcomes_read())
        for term in deal.payments
        for p in term.points
    }
    by_number = {d.number: d for d in earlier}
    seen: set[tuple[str, str, str]] = set()
    for result in record.results:
        unknown = unknown_slot(result, history)
        if unknown:
            problems += unknown
            continue
        said = sentence(
            "`{outcome}` in {slot}", outcome=result.outcome, slot=said_when(result.slot[1])
        )
        if result.slot in seen:
            problems.append(
                Problem(
                    sentence("There are two results for {said}.", said=said), sentence("Keep one.")
                )
            )
        seen.add(result.slot)
        if result.slot in standing:
            problems.append(
                Problem(
                    sentence(
                        "Determination {standing} already gives {said}.",
                        standing=standing[result.slot],
                        said=said,
                    ),
                    sentence(
                        "To replace it, supersede it: --supersedes {standing}.",
                        standing=standing[result.slot],
                    ),
                )
            )
        if result.outcome in deal.outcomes:
            problems += _off_grid(deal, result, said)
            problems += too_near(result, deal.outcomes[result.outcome], deal)
        if result.point is not None and result.point in deadlines:
            term, last_day, _ = deadlines[result.point]
            if first_on(result.slot, record, by_number) > last_day:
                problems.append(
                    Problem(
                        sentence(
                            "{said} is determined on {on}, after the last day that `{term}` "
                            "allows, {last_day}.",
                            said=said,
                            on=record.on,
                            term=term,
                            last_day=last_day,
                        ),
                        sentence(
                            "Results after the window earn nothing; only an amendment can move it."
                        ),
                    )
                )
    return problems


def _day_problems(
    history: DealHistory,
    record: Determination,
    earlier: Sequence[Determination],
    statements: Sequence[Statement],
) -> list[Problem]:
    """A day before what it determines was over, or before what was signed and issued since."""
    problems: list[Problem] = []
    numbers = sorted({result.period for result in record.results if result.period is not None})
    for number in numbers:
        if number > history.schedule.count:
            continue
        last_day = history.schedule.period(number).last_day
        if record.on < last_day:
            problems.append(
                Problem(
                    sentence(
                        "Period {number} ends on {last_day}, after the day of the "
                        "determination, {on}.",
                        number=number,
                        last_day=last_day,
                        on=record.on,
                    ),
                    sentence(
                        "Results of a period are determined when it is over; take the period "
                        "out, or correct the day."
                    ),
                )
            )
    marks = [(d.on, sentence("determination {number}", number=d.number)) for d in earlier]
    marks += [(s.as_of, sentence("statement {number}", number=s.number)) for s in statements]
    later = [(day, said) for day, said in marks if day > record.on]
    if later:
        day, said = max(later)
        problems.append(
            Problem(
                sentence(
                    "The determination is dated {on}, and {said} of {day} stands on record "
                    "without it.",
                    on=record.on,
                    said=said,
                    day=day,
                ),
                sentence("Give the day on which it was really signed."),
            )
        )
    return problems


def _off_grid(deal: Deal, result: Result, said: str) -> list[Problem]:
    outcome = deal.outcomes[result.outcome]
    if outcome.rounding != "refuse" or (result.value / outcome.tick).denominator == 1:
        return []
    step = Fraction(outcome.tick)
    return [
        Problem(
            sentence(
                "The value for {said} is finer than the outcome's smallest step, {step}.",
                said=said,
                step=str(step),
            ),
            sentence("State the value to that step: what is determined is what is paid on."),
        )
    ]
