"""What the books of capital wait for, and whose turn it is, in the order in which it presses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.capital_record.asks import NoticeDue, Reconciled
from payforsuccess.finance.capital_record.calls import call_states

What = Literal[
    "certify",
    "answer",
    "pay",
    "notice",
    "test",
    "differs",
    "vote",
    "reconcile",
    "enter",
    "pay-out",
]
RECONCILED_EVERY = 35
"""Days after which the bank is asked again: a month, and time for its paper to come."""


@dataclass(frozen=True)
class Waits:
    """One thing to do. who: the party whose turn it is; empty for whoever keeps the books.

    name: the call, trigger, tranche, account or statement. about: the condition, the default, the
    amount, or the number of the vote counted from 0, in words of the record. by: the day by which,
    where there is one.
    """

    what: What
    who: str
    name: str
    about: str = ""
    by: date | None = None


def waits(
    deal: Deal,
    record: CapitalRecord,
    *,
    notices: Sequence[NoticeDue],
    bank: Sequence[Reconciled],
    on: date,
    unentered: Sequence[tuple[int, str, date]] = (),
    is_due_out: bool = False,
) -> tuple[Waits, ...]:
    """Everything that waits for somebody at the end of a day.

    unentered: statements on which more was paid than is in the books: how much, and since when.
    is_due_out: whether the deal's order pays out what is held of success payments.
    """
    return (
        *(
            Waits("notice", "", each.about, each.to, each.since)
            for each in notices
            if each.given_on is None
        ),
        *(Waits("enter", "", str(number), says, since) for number, says, since in unentered),
        *((Waits("pay-out", "", "", by=on),) if is_due_out else ()),
        *_differs(record, bank),
        *_tests(deal, record, on),
        *_calls(deal, record, on),
        *_votes(deal, record, on),
        *_reconcile(record, bank, on),
    )


def _calls(deal: Deal, record: CapitalRecord, on: date) -> Iterator[Waits]:
    for state in call_states(deal, record, on=on):
        name, due = state.call.name, state.call.due_on
        if state.stands == "to-certify":
            for needed in state.lacking:
                yield Waits("certify", needed.certified_by, name, needed.name, due)
        elif state.stands == "to-answer":
            yield Waits("answer", state.party, name, by=due)
        elif state.stands in ("to-pay", "overdue"):
            yield Waits("pay", state.party, name, by=due)


def _tests(deal: Deal, record: CapitalRecord, on: date) -> Iterator[Waits]:
    tested = {test.trigger for test in record.tests if test.on <= on}
    for trigger in deal.triggers:
        if trigger.on <= on and trigger.name not in tested:
            yield Waits("test", "", trigger.name, trigger.says, trigger.on)


def _votes(deal: Deal, record: CapitalRecord, on: date) -> Iterator[Waits]:
    for number, vote in enumerate(record.votes):
        if vote.on > on:
            continue
        cast = {ballot.tranche for ballot in vote.ballots}
        for tranche in deal.capital:
            owed = any(call.tranche == tranche.name and call.came(vote.on) for call in record.calls)
            if owed and tranche.name not in cast:
                yield Waits("vote", tranche.party, tranche.name, str(number))


def _own(record: CapitalRecord) -> list[str]:
    return [account.name for account in record.accounts if account.holds == "project"]


def _differs(record: CapitalRecord, bank: Sequence[Reconciled]) -> Iterator[Waits]:
    if bank and bank[-1].difference and not bank[-1].lacking:
        yield Waits("differs", "", _own(record)[0], by=bank[-1].on)


def _reconcile(record: CapitalRecord, bank: Sequence[Reconciled], on: date) -> Iterator[Waits]:
    for name in bank[-1].lacking if bank else ():
        yield Waits("reconcile", "", name, by=bank[-1].on)
    moved = min((m.on for call in record.calls for m in call.received), default=None)
    since = bank[-1].on if bank else moved
    own = _own(record)
    if own and since is not None and on > since + timedelta(RECONCILED_EVERY):
        yield Waits("reconcile", "", own[0], by=since + timedelta(RECONCILED_EVERY))
