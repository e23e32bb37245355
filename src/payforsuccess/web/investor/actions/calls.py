"""Calls for capital: made, certified, answered, and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.runs.finance.answer_call import answer_call, certify_call
from payforsuccess.runs.finance.call_capital import CallNoted, call_capital
from payforsuccess.runs.finance.note_money import note_received
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.initiatives.parties import parties_for, party_for
from payforsuccess.web.investor.own import ANSWERS, BOOKS, KEEPS, books_of, lenders


@dataclass(frozen=True)
class Called:
    """What is called, and what the caller's organisation certifies with it; minor units."""

    tranche: str
    amount: int
    due_on: date
    certifies: tuple[str, ...] = ()


@action
def call(*, by: Access, asked: Called, on: date) -> CallNoted:
    """The project manager calls capital on a tranche."""
    hold()
    by.require(KEEPS)
    parties = {party.name for party in by.initiative.deal.parties}
    noted = call_capital(
        by.initiative.path,
        tranche=asked.tranche,
        amount=asked.amount,
        due_on=asked.due_on,
        by=by.user.full_name,
        on=on,
        party=party_for(by, KEEPS, parties) if asked.certifies else "",
        certifies=asked.certifies,
    )
    record(
        by.actor(KEEPS),
        "capital.called",
        _call(noted),
        after={
            "tranche": asked.tranche,
            "amount": asked.amount,
            "due_on": asked.due_on,
            "certifies": ", ".join(asked.certifies),
            BOOKS: books_of(by.initiative),
        },
    )
    return noted


@action
def certify(
    *, by: Access, name: str, condition: str, party: str, on: date, on_paper: str = ""
) -> CallNoted:
    """A party certifies a condition; or the keeper enters a paper that a party signed.

    on_paper: who signed it, of a party that does not sign here. Those who lend sign here alone.
    """
    hold()
    needed = ANSWERS if party in parties_for(by, ANSWERS) else KEEPS
    by.require(needed)
    is_own = party in parties_for(by, needed)
    if not is_own and party in lenders(by):
        raise Refusal(
            Problem(
                sentence("{party} certifies here itself.", party=party),
                sentence("Ask its person to sign in and certify."),
            )
        )
    noted = certify_call(
        by.initiative.path,
        name,
        condition,
        party=party,
        by=by.user.full_name if is_own else on_paper,
        on=on,
    )
    record(
        by.actor(needed),
        "capital.certified",
        _call(noted),
        after={
            "condition": condition,
            "party": party,
            "on_paper": on_paper if not is_own else "",
            BOOKS: books_of(by.initiative),
        },
    )
    return noted


@action
def answer(
    *, by: Access, name: str, says: Literal["consents", "refuses"], reason: str, on: date
) -> CallNoted:
    """A person of the lender consents to a call, or refuses it with a reason."""
    hold()
    by.require(ANSWERS)
    noted = answer_call(
        by.initiative.path,
        name,
        says=says,
        party=party_for(by, ANSWERS, lenders(by)),
        by=by.user.full_name,
        on=on,
        reason=reason if says == "refuses" else "",
    )
    record(
        by.actor(ANSWERS),
        "capital.answered",
        _call(noted),
        after={
            "says": says,
            "reason": reason if says == "refuses" else "",
            BOOKS: books_of(by.initiative),
        },
    )
    return noted


@action
def receive(*, by: Access, name: str, amount: int, on: date, today: date) -> CallNoted:
    """The project manager notes what came on a call."""
    hold()
    by.require(KEEPS)
    noted = note_received(by.initiative.path, name, amount=amount, on=on, today=today)
    record(
        by.actor(KEEPS),
        "capital.received",
        _call(noted),
        after={"amount": amount, "on": on, BOOKS: books_of(by.initiative)},
    )
    return noted


def _call(noted: CallNoted) -> Subject:
    return Subject("capital-call", noted.state.call.name)
