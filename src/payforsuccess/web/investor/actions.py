"""Everything that is put in the books of capital, and the pack: one run and one event each.

A run writes to `capital.yaml` in the deal's folder, which no database takes back; its event is
written after it, with the checksum of the books. A process killed between the two leaves books of
which the log does not know, as does whoever writes them by hand: `catch_up` tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.capital_record import NoticeGiven, TriggerTest
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.finance.capital_record.asks import VoteCount
from payforsuccess.runs.finance.answer_call import answer_call, certify_call
from payforsuccess.runs.finance.call_capital import CallNoted, call_capital
from payforsuccess.runs.finance.give_notice import give_notice, note_test
from payforsuccess.runs.finance.lender_votes import cast_ballot, put_to_lenders
from payforsuccess.runs.finance.note_balance import Balanced, note_balance
from payforsuccess.runs.finance.note_money import Spent, note_disbursement, note_received
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, Subject, hold, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.initiatives.parties import organisations_for, parties_for, party_for
from payforsuccess.web.investor.own import ANSWERS, KEEPS, books_of, lenders
from payforsuccess.web.investor.packs import Pack

BOOKS = "books"
"""The field of each event that holds the checksum of the books as they were then."""


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
    noted = call_capital(
        by.initiative.path,
        tranche=asked.tranche,
        amount=asked.amount,
        due_on=asked.due_on,
        by=by.user.full_name,
        on=on,
        party=party_for(by, KEEPS, _parties_of_deal(by)) if asked.certifies else "",
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


@action
def catch_up(*, by: Actor, initiative: Initiative) -> bool:
    """Tell the log of books that are not as the last event left them; whether it was told."""
    hold()
    now = books_of(initiative)
    events = Event.objects.filter(initiative=initiative.slug, verb__startswith="capital.")
    known = events.order_by("-number").values_list("after", flat=True).first() or {}
    is_new = bool(now) and known.get(BOOKS) != now
    if is_new:
        record(by, "capital.books-changed", Subject("capital", "books"), after={BOOKS: now})
    return is_new


@action
def made(*, by: Actor, pack: Pack) -> None:
    """The pack of the quarter lies ready."""
    record(
        by,
        "investor-pack.made",
        Subject("investor-pack", pack.checksum),
        after={"on": pack.on},
    )


@action
def take_out(*, by: Access, pack: Pack, form: str) -> bytes:
    """The pack as a file, for whoever signed in minutes ago."""
    by.require("see-investor-pack")
    content = pack.read(form)
    record(
        by.actor("see-investor-pack"),
        "investor-pack.downloaded",
        Subject("investor-pack", pack.checksum),
        after={"form": form, "on": pack.on},
    )
    return content


def _parties_of_deal(by: Access) -> set[str]:
    return {party.name for party in by.initiative.deal.parties}


def _call(noted: CallNoted) -> Subject:
    return Subject("capital-call", noted.state.call.name)
