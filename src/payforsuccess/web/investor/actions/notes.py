"""What else goes into the books: costs, balances, tests, notices and votes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.capital_record import NoticeGiven, TriggerTest
from payforsuccess.finance.capital_record.asks import VoteCount
from payforsuccess.runs.finance.give_notice import give_notice, note_test
from payforsuccess.runs.finance.lender_votes import cast_ballot, put_to_lenders
from payforsuccess.runs.finance.note_balance import Balanced, note_balance
from payforsuccess.runs.finance.note_money import Spent, note_disbursement
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.initiatives.parties import organisations_for, party_for
from payforsuccess.web.investor.own import ANSWERS, BOOKS, KEEPS, books_of, lenders


@action
def spend(*, by: Access, to: str, amount: int, on: date, says: str, today: date) -> Spent:
    """The project manager notes a cost that the project paid."""
    hold()
    by.require(KEEPS)
    spent = note_disbursement(
        by.initiative.path, to=to, amount=amount, on=on, says=says, today=today
    )
    record(
        by.actor(KEEPS),
        "capital.spent",
        Subject("capital", "disbursements"),
        after={
            "to": to,
            "amount": amount,
            "on": on,
            "says": says,
            BOOKS: books_of(by.initiative),
        },
    )
    return spent


@action
def balance(*, by: Access, account: str, minor: int, on: date, today: date) -> Balanced:
    """The project manager notes what the bank says; bank and book are held against each other."""
    hold()
    by.require(KEEPS)
    found = note_balance(by.initiative.path, account=account, balance=minor, on=on, today=today)
    record(
        by.actor(KEEPS),
        "capital.reconciled",
        Subject("capital", account),
        after={
            "balance": minor,
            "on": on,
            "agrees": found.is_closed,
            BOOKS: books_of(by.initiative),
        },
    )
    return found


@action
def tested(
    *,
    by: Access,
    trigger: str,
    met: bool,
    party: str,
    value: Fraction | None,
    on: date,
    today: date,
) -> TriggerTest:
    """The project manager notes how a trigger came out."""
    hold()
    by.require(KEEPS)
    found = note_test(
        by.initiative.path, trigger, met=met, party=party, on=on, today=today, value=value
    )
    record(
        by.actor(KEEPS),
        "capital.tested",
        Subject("trigger", trigger),
        after={"met": met, "party": party, "on": on, BOOKS: books_of(by.initiative)},
    )
    return found


@action
def notify(*, by: Access, about: str, to: str, says: str, on: date, today: date) -> NoticeGiven:
    """The project manager notes that notice of a default was given."""
    hold()
    by.require(KEEPS)
    own = organisations_for(by, KEEPS)[0]
    giver = own.party or own.name
    notice = give_notice(by.initiative.path, about, by=giver, to=to, says=says, on=on, today=today)
    record(
        by.actor(KEEPS),
        "capital.notice-given",
        Subject("default", about),
        after={"to": to, "says": says, "on": on, BOOKS: books_of(by.initiative)},
    )
    return notice


@action
def put(*, by: Access, matter: str, needs: Fraction, more_than: bool, on: date) -> VoteCount:
    """The project manager puts a matter to the lenders."""
    hold()
    by.require(KEEPS)
    count = put_to_lenders(
        by.initiative.path, matter, needs=needs, more_than=more_than, on=on, today=on
    )
    record(
        by.actor(KEEPS),
        "capital.put-to-lenders",
        Subject("capital", "votes"),
        after={
            "matter": matter,
            "needs": needs,
            "more_than": more_than,
            BOOKS: books_of(by.initiative),
        },
    )
    return count


@action
def vote(
    *, by: Access, number: int, tranche: str, says: Literal["yes", "no", "abstains"]
) -> VoteCount:
    """A person of a lender votes for one of its tranches."""
    hold()
    by.require(ANSWERS)
    count = cast_ballot(
        by.initiative.path,
        number,
        tranche=tranche,
        vote=says,
        party=party_for(by, ANSWERS, lenders(by)),
        by=by.user.full_name,
    )
    record(
        by.actor(ANSWERS),
        "capital.voted",
        Subject("vote", str(number)),
        after={"tranche": tranche, "vote": says, BOOKS: books_of(by.initiative)},
    )
    return count
