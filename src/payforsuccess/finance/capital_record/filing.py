"""What keeps a call, a certificate, an answer or money on a call from going on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payforsuccess.deal.approvals import may_be_one
from payforsuccess.deal.capital_record import CapitalCall, CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.finance.capital_record.draws import stops
from payforsuccess.finance.capital_record.followed import Followed
from payforsuccess.units import money_text, to_minor


def why_not_called(
    deal: Deal, record: CapitalRecord, followed: Followed, call: CapitalCall
) -> tuple[Problem, ...]:
    """Why a new call may not be made on the day the book was followed to; empty where it may.

    Refuses what stops draws (closing, triggers), more than is left of the tranche beside calls
    that are open, a day that is not ahead, and a name that is taken. The record may hold no call
    that is a party's to answer already for the same tranche, amount and day: a form sent twice.
    """
    return tuple(_not_called(deal, record, followed, call))


def _not_called(
    deal: Deal, record: CapitalRecord, followed: Followed, call: CapitalCall
) -> Iterator[Problem]:
    tranche = next((each for each in deal.capital if each.name == call.tranche), None)
    on, code = followed.as_of, deal.currency
    if tranche is None:
        known = ", ".join(each.name for each in deal.capital)
        yield Problem(
            f"`{call.tranche}` is no tranche of the deal.",
            f"Name one of: {known}.",
            record.place_of("calls"),
        )
        return
    for why in stops(tranche, deal, record, followed):
        yield Problem(
            f"Nothing can be called on `{tranche.name}`: {why}.",
            "Put that right first, and record it.",
            record.place_of("calls"),
        )
    for at, each in enumerate(record.calls):
        if each.name == call.name:
            yield Problem(
                f"A call `{call.name}` is on record.",
                "Give this one another name.",
                record.place_of("calls", at, "name"),
            )
        is_same = (each.tranche, each.asked_on, each.amount) == (
            call.tranche,
            call.asked_on,
            call.amount,
        )
        if is_same and not each.is_refused(on):
            yield Problem(
                f"A call for the same amount was made on `{call.tranche}` today: `{each.name}`.",
                "Look at that one; add to it by a call of another amount.",
                record.place_of("calls", at),
            )
    wanted = to_minor(call.amount, code)
    waits = sum(
        to_minor(each.amount - each.came(on), code)
        for each in record.calls
        if each.tranche == tranche.name and each.asked_on <= on and not each.is_refused(on)
    )
    left = int(followed.balance(tranche.name).room) - waits
    if not 0 < wanted <= left:
        yield Problem(
            f"{money_text(wanted, code, code=True)} is not above 0 and at most "
            f"{money_text(max(left, 0), code, code=True)}, which is left of `{tranche.name}` "
            "beside what is drawn and called.",
            "Correct the amount.",
            record.place_of("calls"),
        )
    if call.due_on <= call.asked_on:
        yield Problem(
            f"The money would be due on {call.due_on}, no day after the call.",
            "Give the day that the contract allows.",
            record.place_of("calls"),
        )


def why_not_certified(
    record: CapitalRecord, state: CallState, *, condition: str, by: str, on: date
) -> tuple[Problem, ...]:
    """Why a party may not certify a condition of a call; empty where it may."""
    return tuple(_not_certified(record, state, condition, by, on))


def _not_certified(
    record: CapitalRecord, state: CallState, condition: str, by: str, on: date
) -> Iterator[Problem]:
    where = record.place_of("calls", record.calls.index(state.call), "certificates")
    needed = next((each for each in record.draw_conditions if each.name == condition), None)
    if needed is None:
        known = ", ".join(each.name for each in record.draw_conditions) or "none"
        yield Problem(f"`{condition}` is not certified for calls.", f"What is: {known}.", where)
        return
    if needed.certified_by != by:
        yield Problem(
            f"`{condition}` is certified by {needed.certified_by}, not by {by}.",
            "Let that party certify it.",
            where,
        )
    given = [
        each for each in state.call.certificates if (each.condition, each.by) == (condition, by)
    ]
    if given:
        yield Problem(
            f"`{condition}` was certified for this call on {given[0].on}.",
            "Nothing is left to do for it.",
            where,
        )
    elif state.stands in ("paid", "refused"):
        yield Problem(
            f"Call `{state.call.name}` is {state.stands}.",
            "Nothing is certified for it now.",
            where,
        )
    yield from _day(state.call.asked_on, on, "the call was made", where_of=record, state=state)


def why_not_answered(
    record: CapitalRecord, state: CallState, *, says: str, by: str, person: str, on: date
) -> tuple[Problem, ...]:
    """Why a party may not consent to a call, or refuse it; empty where it may.

    The party of the tranche answers, once. It consents to what is certified alone. Who made the
    call does not answer it: no money moves on the word of one person.
    """
    return tuple(_not_answered(record, state, says, by, person, on))


def _not_answered(
    record: CapitalRecord, state: CallState, says: str, by: str, person: str, on: date
) -> Iterator[Problem]:
    call = state.call
    where = record.place_of("calls", record.calls.index(call), "answer")
    if by != state.party:
        yield Problem(
            f"Call `{call.name}` is answered by {state.party}, not by {by}.",
            "Let that party answer it.",
            where,
        )
    if call.answer is not None:
        yield Problem(
            f"Call `{call.name}` was answered on {call.answer.on}: {call.answer.by} "
            f"{call.answer.says}.",
            "An answer stands. What is to change is a new call.",
            where,
        )
    elif call.received:
        yield Problem(
            f"Money came on call `{call.name}` already.", "Nothing is left to answer.", where
        )
    if call.called_by is not None and may_be_one(person, call.called_by):
        yield Problem(f"{person} made call `{call.name}`.", "Have someone else answer it.", where)
    if says == "consents":
        for needed in state.lacking:
            yield Problem(
                f"Call `{call.name}` lacks the certificate `{needed.name}` of "
                f"{needed.certified_by}.",
                "Have it certified first; a refusal needs none.",
                where,
            )
    yield from _day(call.asked_on, on, "the call was made", where_of=record, state=state)


def why_not_received(
    deal: Deal, record: CapitalRecord, state: CallState, *, amount: int, on: date, today: date
) -> tuple[Problem, ...]:
    """Why money may not be noted on a call; empty where it may. amount: minor units.

    Money that came without a certificate or an answer did come: it is noted, and told elsewhere.
    """
    return tuple(_not_received(deal, record, state, amount, on, today))


def _not_received(
    deal: Deal, record: CapitalRecord, state: CallState, amount: int, on: date, today: date
) -> Iterator[Problem]:
    call, code = state.call, deal.currency
    where = record.place_of("calls", record.calls.index(call), "received")
    if call.is_refused(today):
        yield Problem(
            f"Call `{call.name}` was refused.",
            "Ask the bank what came; note it on the call it was for.",
            where,
        )
        return
    rest = to_minor(call.amount, code) - sum(to_minor(m.amount, code) for m in call.received)
    if not 0 < amount <= rest:
        yield Problem(
            f"{money_text(amount, code, code=True)} is not above 0 and at most "
            f"{money_text(rest, code, code=True)}, which has not come on call `{call.name}`.",
            "Correct the amount.",
            where,
        )
    if not call.asked_on <= on <= today:
        yield Problem(
            f"{on} is not from {call.asked_on}, the day of the call, to {today}.",
            "Write the day on which the money came.",
            where,
        )


def _day(
    first: date, on: date, what: str, *, where_of: CapitalRecord, state: CallState
) -> Iterator[Problem]:
    if on < first:
        yield Problem(
            f"{on} is before {first}, when {what}.",
            "Correct the day.",
            where_of.place_of("calls", where_of.calls.index(state.call)),
        )
