"""What keeps a call, a certificate, an answer or money on a call from going on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payforsuccess.deal.capital_record import CallAnswer, CapitalCall, CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Sentence, sentence
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.finance.capital_record.draws import stops
from payforsuccess.finance.capital_record.followed import Followed
from payforsuccess.governance.capital_call import why_person_may_not_answer
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
            sentence("`{tranche}` is no tranche of the deal.", tranche=call.tranche),
            sentence("Name one of: {known}.", known=known),
            record.place_of("calls"),
        )
        return
    for why in stops(tranche, deal, record, followed):
        yield Problem(
            sentence("Nothing can be called on `{name}`: {why}.", name=tranche.name, why=why),
            sentence("Put that right first, and record it."),
            record.place_of("calls"),
        )
    for at, each in enumerate(record.calls):
        if each.name == call.name:
            yield Problem(
                sentence("A call `{name}` is on record.", name=call.name),
                sentence("Give this one another name."),
                record.place_of("calls", at, "name"),
            )
        is_same = (each.tranche, each.asked_on, each.amount) == (
            call.tranche,
            call.asked_on,
            call.amount,
        )
        if is_same and not each.is_refused(on):
            yield Problem(
                sentence(
                    "A call for the same amount was made on `{tranche}` today: `{name}`.",
                    tranche=call.tranche,
                    name=each.name,
                ),
                sentence("Look at that one; add to it by a call of another amount."),
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
            sentence(
                "{amount} is not above 0 and at most {amount_2}, which is left of `{name}` "
                "beside what is drawn and called.",
                amount=money_text(wanted, code, code=True),
                amount_2=money_text(max(left, 0), code, code=True),
                name=tranche.name,
            ),
            sentence("Correct the amount."),
            record.place_of("calls"),
        )
    if call.due_on <= call.asked_on:
        yield Problem(
            sentence(
                "The money would be due on {due_on}, no day after the call.", due_on=call.due_on
            ),
            sentence("Give the day that the contract allows."),
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
        known = ", ".join(each.name for each in record.draw_conditions) or sentence("none")
        yield Problem(
            sentence("`{condition}` is not certified for calls.", condition=condition),
            sentence("What is: {known}.", known=known),
            where,
        )
        return
    if needed.certified_by != by:
        yield Problem(
            sentence(
                "`{condition}` is certified by {certified_by}, not by {by}.",
                condition=condition,
                certified_by=needed.certified_by,
                by=by,
            ),
            sentence("Let that party certify it."),
            where,
        )
    given = [
        each for each in state.call.certificates if (each.condition, each.by) == (condition, by)
    ]
    if given:
        yield Problem(
            sentence(
                "`{condition}` was certified for this call on {on}.",
                condition=condition,
                on=given[0].on,
            ),
            sentence("Nothing is left to do for it."),
            where,
        )
    elif state.stands in ("paid", "refused"):
        yield Problem(
            sentence("Call `{name}` is paid.", name=state.call.name)
            if state.stands == "paid"
            else sentence("Call `{name}` is refused.", name=state.call.name),
            sentence("Nothing is certified for it now."),
            where,
        )
    yield from _day(
        state.call.asked_on, on, sentence("the call was made"), where_of=record, state=state
    )


def why_not_answered(
    record: CapitalRecord, state: CallState, *, says: str, by: str, person: str, on: date
) -> tuple[Problem, ...]:
    """Why a party may not consent to a call, or refuse it; empty where it may.

    The party of the tranche answers, once, by a person who may (see `governance.capital_call`). It
    consents to what is certified alone.
    """
    return tuple(_not_answered(record, state, says, by, person, on))


def _not_answered(
    record: CapitalRecord, state: CallState, says: str, by: str, person: str, on: date
) -> Iterator[Problem]:
    call = state.call
    where = record.place_of("calls", record.calls.index(call), "answer")
    if by != state.party:
        yield Problem(
            sentence(
                "Call `{name}` is answered by {party}, not by {by}.",
                name=call.name,
                party=state.party,
                by=by,
            ),
            sentence("Let that party answer it."),
            where,
        )
    if call.answer is not None:
        yield Problem(
            _answered(call.name, call.answer),
            sentence("An answer stands. What is to change is a new call."),
            where,
        )
    elif call.received:
        yield Problem(
            sentence("Money came on call `{name}` already.", name=call.name),
            sentence("Nothing is left to answer."),
            where,
        )
    for problem in why_person_may_not_answer(call, person):
        yield problem.at(where)
    if says == "consents":
        for needed in state.lacking:
            yield Problem(
                sentence(
                    "Call `{name}` lacks the certificate `{needed_name}` of {certified_by}.",
                    name=call.name,
                    needed_name=needed.name,
                    certified_by=needed.certified_by,
                ),
                sentence("Have it certified first; a refusal needs none."),
                where,
            )
    yield from _day(call.asked_on, on, sentence("the call was made"), where_of=record, state=state)


def why_not_received(
    deal: Deal, record: CapitalRecord, state: CallState, *, amount: int, on: date, today: date
) -> tuple[Problem, ...]:
    """Why money may not be noted on a call; empty where it may. amount: minor units.

    Money that came without a certificate or an answer did come: it is noted, and told elsewhere.
    The same amount of one day is taken for the same money, as when a button is pressed twice.
    """
    return tuple(_not_received(deal, record, state, amount, on, today))


def _not_received(
    deal: Deal, record: CapitalRecord, state: CallState, amount: int, on: date, today: date
) -> Iterator[Problem]:
    call, code = state.call, deal.currency
    where = record.place_of("calls", record.calls.index(call), "received")
    if call.is_refused(today):
        yield Problem(
            sentence("Call `{name}` was refused.", name=call.name),
            sentence("Ask the bank what came; note it on the call it was for."),
            where,
        )
        return
    rest = to_minor(call.amount, code) - sum(to_minor(m.amount, code) for m in call.received)
    if not 0 < amount <= rest:
        yield Problem(
            sentence(
                "{amount} is not above 0 and at most {amount_2}, which has not come on call "
                "`{name}`.",
                amount=money_text(amount, code, code=True),
                amount_2=money_text(rest, code, code=True),
                name=call.name,
            ),
            sentence("Correct the amount."),
            where,
        )
    if any(each.on == on and to_minor(each.amount, code) == amount for each in call.received):
        yield Problem(
            sentence(
                "The same amount of {on} is on record on call `{name}`.", on=on, name=call.name
            ),
            sentence("If as much came once more on that day, note it in two parts."),
            where,
        )
    if not call.asked_on <= on <= today:
        yield Problem(
            sentence(
                "{on} is not from {asked_on}, the day of the call, to {today}.",
                on=on,
                asked_on=call.asked_on,
                today=today,
            ),
            sentence("Write the day on which the money came."),
            where,
        )


def _answered(name: str, answer: CallAnswer) -> Sentence:
    if answer.says == "consents":
        return sentence(
            "Call `{name}` was answered on {on}: {by} consents.",
            name=name,
            on=answer.on,
            by=answer.by,
        )
    return sentence(
        "Call `{name}` was answered on {on}: {by} refuses.", name=name, on=answer.on, by=answer.by
    )


def _day(
    first: date, on: date, what: str, *, where_of: CapitalRecord, state: CallState
) -> Iterator[Problem]:
    if on < first:
        yield Problem(
            sentence("{on} is before {first}, when {what}.", on=on, first=first, what=what),
            sentence("Correct the day."),
            where_of.place_of("calls", where_of.calls.index(state.call)),
        )
