"""Results, replays and statements for tests of what falls due.

paid(a_deal(), {"homes": ["3", "4"]})     minor units in each period, by term: 300_00, 400_00
stated(a_deal(), [{"homes": ["3"]}, ...]) one statement a period, on the results as they stood
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Results, Statement
from payforsuccess.errors import Refusal
from payforsuccess.payments.book import open_book
from payforsuccess.payments.history import DealHistory, put_in_order
from payforsuccess.payments.people import PeopleList, PersonRow
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.payments.statement import Facts, make_statement
from payforsuccess.trail import fingerprint
from tests.lib.deals import COUNTY, EVALUATOR, PROVIDER, a_deal

AS_OF = date(2028, 1, 31)
Values = Mapping[str, Sequence[str | None]]


def a_result(outcome: str = "homes", value: str = "1", **keys: Any) -> Result:
    """A result, for period 1 unless a period or point is named."""
    slot = {} if "point" in keys else {"period": 1}
    return Result.model_validate({"outcome": outcome, "value": value, **slot, **keys})


def columns(values: Values, *more: Result) -> Results:
    """Results by outcome, one value a period from period 1 on; None leaves a period out."""
    found = [
        a_result(name, value, period=number)
        for name, column in values.items()
        for number, value in enumerate(column, 1)
        if value is not None
    ]
    return Results(results=(*found, *more))


def rows(text: str) -> PeopleList:
    """Rows by person from lines of `outcome period person quantity [groups] [cohort]`."""
    found: list[PersonRow] = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        outcome, period, person, quantity, *rest = line.split()
        groups = tuple(g for g in rest[0].split(";") if g != "-") if rest else ()
        cohort = rest[1] if len(rest) > 1 else ""
        found.append(
            PersonRow(
                outcome, int(period), person, Fraction(quantity), groups, f"feed:{number}", cohort
            )
        )
    return PeopleList(found)


def history_of(deal: Deal | DealHistory | Iterable[Deal]) -> DealHistory:
    """The history of one deal, or of several versions."""
    if isinstance(deal, DealHistory):
        return deal
    return put_in_order([deal] if isinstance(deal, Deal) else list(deal))


def replayed(
    deal: Deal | Iterable[Deal],
    results: Values | Results | None = None,
    *,
    people: PeopleList | None = None,
    through: int | None = None,
    as_of: date | None = None,
) -> Replay:
    """Everything that falls due, through the last period that has a value."""
    found = columns(results) if isinstance(results, Mapping) else results
    last = through or max(
        [r.period or 0 for r in (found.results if found else ())]
        + [period for _, period in (people.slots if people else ())]
    )
    return replay(history_of(deal), open_book(found), people, through=last, as_of=as_of)


def paid(
    deal: Deal | Iterable[Deal],
    results: Values | Results | None = None,
    *,
    term: str | None = None,
    people: PeopleList | None = None,
    through: int | None = None,
) -> list[int]:
    """Minor units in each period: of one term, or of all lines together."""
    found = replayed(deal, results, people=people, through=through)
    return [
        sum(
            line.amount
            for (number, name), line in found.lines.items()
            if number == at and term in (None, name)
        )
        for at in range(1, found.through + 1)
    ]


def a_statement(
    deal: Deal | DealHistory | Iterable[Deal],
    results: Values | Results | None,
    *,
    period: int = 1,
    as_of: date = AS_OF,
    earlier: Sequence[Statement] = (),
    program: str = "1",
    **facts: Any,
) -> Statement:
    """The draft for a period."""
    found = columns(results) if isinstance(results, Mapping) else results
    whole = Facts(history_of(deal), found, earlier=tuple(earlier), **facts)
    return make_statement(whole, period=period, as_of=as_of, program=program).statement


def stated(deal: Deal | Iterable[Deal], history: Sequence[Values], **facts: Any) -> list[Statement]:
    """One statement a period, each on the results as they then stood."""
    versions = history_of(deal)
    statements: list[Statement] = []
    for number, values in enumerate(history, 1):
        statements.append(a_statement(versions, values, period=number, earlier=statements, **facts))
    return statements


def determined(
    number: int = 1,
    *results: Result,
    on: date = date(2026, 4, 10),
    supersedes: int | None = None,
    previous: Determination | None = None,
) -> Determination:
    """A determination by the evaluator."""
    return Determination(
        format=1,
        number=number,
        party=EVALUATOR,
        role="evaluator",
        signed_by="Jo Fir",
        on=on,
        results=results,
        results_fingerprint=fingerprint([result.as_plain() for result in results]),
        supersedes=supersedes,
        reason=None if supersedes is None else "an error was found",
        previous=None if previous is None else previous.fingerprint,
    )


def an_amendment(**changes: Any) -> Deal:
    """A later version of the small deal, from period 3 on unless `in_force_from` is given."""
    payors = changes.get("payors", [{"party": COUNTY}])
    consents = [{"of": "payor", "party": payor["party"], "on": "2026-06-01"} for payor in payors]
    amendment = {
        "number": "1",
        "says": "New terms.",
        "touches": ["money"],
        "signed_on": "2026-06-01",
        "consents": [*consents, {"of": "provider", "party": PROVIDER, "on": "2026-06-01"}],
        **changes.pop("amendment", {}),
    }
    return a_deal(**{"in_force_from": "2026-07-01", **changes, "amendment": amendment})


def problems_of(refusal: Refusal) -> str:
    """What a person would read."""
    return "\n".join(str(problem) for problem in refusal.problems)
