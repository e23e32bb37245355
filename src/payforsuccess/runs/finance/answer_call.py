"""Certify a call for capital, consent to it, or refuse it with a reason."""

from __future__ import annotations

from datetime import date
from typing import Literal

from payforsuccess.deal.capital_record import CallAnswer, Certificate
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.finance.capital_record.filing import why_not_answered, why_not_certified
from payforsuccess.runs.finance.call_capital import CallNoted, noted
from payforsuccess.runs.finance.open_books import made, open_books
from payforsuccess.runs.folder import DealPath


def certify_call(
    path: DealPath, name: str, condition: str, *, party: str, by: str, on: date
) -> CallNoted:
    """Put on record that a party certifies one condition of a call.

    by: the person who signs for the party. Refuses a condition that another party certifies, that
    was certified, or that is of no use any more.
    """
    with open_books(path) as books:
        state = books.call(name, on)
        problems = why_not_certified(books.record, state, condition=condition, by=party, on=on)
        if problems := (*problems, *_unnamed(by)):
            raise Refusal(problems)
        given = made(Certificate, condition=condition, by=party, on=on, signed_by=by)
        return noted(books.add((*books.at(state), "certificates"), given), name, on)


def answer_call(
    path: DealPath,
    name: str,
    *,
    says: Literal["consents", "refuses"],
    party: str,
    by: str,
    on: date,
    reason: str = "",
) -> CallNoted:
    """Put on record what the party of the tranche says to a call; once, and for good.

    by: the person who answers for the party, never the one who made the call. Refuses consent to
    what is not certified, a refusal without a reason, and a second answer. On what is refused
    nothing is owed, and no default follows.
    """
    with open_books(path) as books:
        state = books.call(name, on)
        problems = [
            *why_not_answered(books.record, state, says=says, by=party, person=by, on=on),
            *_unnamed(by),
        ]
        if says == "refuses" and not reason.strip():
            problems.append(
                Problem(
                    sentence("Nothing says why the call is refused."),
                    sentence("Write the reason in a sentence."),
                    books.record.place_of(*books.at(state), "answer", "reason"),
                )
            )
        if problems:
            raise Refusal(problems)
        answer = made(
            CallAnswer, says=says, by=party, person=by, on=on, reason=reason.strip() or None
        )
        return noted(books.set(books.at(state), "answer", answer), name, on)


def _unnamed(by: str) -> tuple[Problem, ...]:
    if by.strip():
        return ()
    return (Problem(sentence("Nobody is named as signing."), sentence("Name the person.")),)
