"""What keeps a cost, a balance, a test, a notice or a vote from going on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from payforsuccess.deal.capital_record import (
    BankBalance,
    CapitalRecord,
    Disbursement,
    LenderVote,
    NoticeGiven,
    TriggerTest,
)
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Sentence, sentence
from payforsuccess.finance.capital_record.asks import NoticeDue
from payforsuccess.finance.capital_record.followed import Followed
from payforsuccess.units import money_text, to_minor


def why_not_spent(
    deal: Deal, record: CapitalRecord, followed: Followed, cost: Disbursement, *, today: date
) -> tuple[Problem, ...]:
    """Why a cost may not be noted as paid; empty where it may. `followed`: the book up to today.

    Refuses more than was there on the day, or would be left for what was paid since; a party that
    is none of the deal; and a payment that is on record word for word: a form sent twice.
    """
    return tuple(_not_spent(deal, record, followed, cost, today))


def _not_spent(
    deal: Deal, record: CapitalRecord, followed: Followed, cost: Disbursement, today: date
) -> Iterator[Problem]:
    where = record.place_of("disbursements")
    if cost.to not in {party.name for party in deal.parties}:
        known = ", ".join(party.name for party in deal.parties)
        yield Problem(
            sentence("{to} is no party of the deal.", to=cost.to),
            sentence("Name one of: {known}.", known=known),
            where,
        )
    code, amount = deal.currency, to_minor(cost.amount, deal.currency)
    later = [held for day, held in followed.cash.items() if day > cost.on]
    free = max(min([followed.held_on(cost.on), *later]), 0)
    if not 0 < amount <= free:
        yield Problem(
            sentence(
                "{amount} is not above 0 and at most {amount_2}, which the project held from "
                "{on} on.",
                amount=money_text(amount, code, code=True),
                amount_2=money_text(free, code, code=True),
                on=cost.on,
            ),
            sentence("Correct the amount, or first note the money that came."),
            where,
        )
    for at, each in enumerate(record.disbursements):
        if (each.on, each.to, each.amount, each.says) == (cost.on, cost.to, cost.amount, cost.says):
            yield Problem(
                sentence("The same payment is on record: the same day, party, amount and purpose."),
                sentence("If it is a second one, say in its purpose what sets it apart."),
                record.place_of("disbursements", at),
            )
    yield from _not_ahead(cost.on, today, where)


def why_not_balanced(
    record: CapitalRecord, balance: BankBalance, *, today: date
) -> tuple[Problem, ...]:
    """Why what the bank says may not be noted; empty where it may. A difference is no reason."""
    return tuple(_not_balanced(record, balance, today))


def _not_balanced(record: CapitalRecord, balance: BankBalance, today: date) -> Iterator[Problem]:
    where = record.place_of("bank")
    if balance.account not in {each.name for each in record.accounts}:
        known = ", ".join(each.name for each in record.accounts) or sentence("none is on record")
        yield Problem(
            sentence("There is no account `{account}`.", account=balance.account),
            sentence("Accounts: {known}.", known=known),
            where,
        )
    for at, each in enumerate(record.bank):
        if (each.account, each.on) == (balance.account, balance.on):
            yield Problem(
                sentence(
                    "A balance of `{account}` on {on} is on record.",
                    account=balance.account,
                    on=balance.on,
                ),
                sentence(
                    "It is not written over. Where it is wrong, the keeper of the books "
                    "corrects the file and says so."
                ),
                record.place_of("bank", at),
            )
    yield from _not_ahead(balance.on, today, where)


def why_not_tested(
    deal: Deal, record: CapitalRecord, test: TriggerTest, *, today: date
) -> tuple[Problem, ...]:
    """Why a test of a trigger may not be noted; empty where it may."""
    return tuple(_not_tested(deal, record, test, today))


def _not_tested(
    deal: Deal, record: CapitalRecord, test: TriggerTest, today: date
) -> Iterator[Problem]:
    where = record.place_of("tests")
    trigger = next((each for each in deal.triggers if each.name == test.trigger), None)
    if trigger is None:
        known = ", ".join(each.name for each in deal.triggers) or sentence("the deal has none")
        yield Problem(
            sentence("`{trigger}` is no trigger of the deal.", trigger=test.trigger),
            sentence("Triggers: {known}.", known=known),
            where,
        )
        return
    for at, each in enumerate(record.tests):
        if each.trigger == test.trigger:
            said = _met(each.met)
            yield Problem(
                sentence(
                    "`{trigger}` was tested on {on} and was {said}.",
                    trigger=test.trigger,
                    on=each.on,
                    said=said,
                ),
                sentence(
                    "A trigger is tested once. A waiver is a matter for a vote of the lenders."
                ),
                record.place_of("tests", at),
            )
    if test.on < trigger.on:
        yield Problem(
            sentence(
                "`{trigger}` is tested on {on}, and {test_on} is before that.",
                trigger=test.trigger,
                on=trigger.on,
                test_on=test.on,
            ),
            sentence("Test it on its day."),
            where,
        )
    if test.by not in {party.name for party in deal.parties}:
        yield Problem(
            sentence("{by} is no party of the deal.", by=test.by),
            sentence("Name who tested it."),
            where,
        )
    if trigger.enrolled_at_least is not None and test.value is not None:
        is_met = test.value >= trigger.enrolled_at_least
    elif test.value is not None:
        is_met = (trigger.at_least is None or test.value >= trigger.at_least) and (
            trigger.at_most is None or test.value <= trigger.at_most
        )
    else:
        is_met = test.met
    if is_met != test.met:
        yield Problem(
            sentence(
                "By what was found, `{trigger}` was {said}.",
                trigger=test.trigger,
                said=_met(is_met),
            ),
            sentence("Correct what was found, or whether it was met."),
            where,
        )
    yield from _not_ahead(test.on, today, where)


def why_not_given(
    record: CapitalRecord, due: Sequence[NoticeDue], notice: NoticeGiven, *, today: date
) -> tuple[Problem, ...]:
    """Why a notice of default may not be noted; empty where it may."""
    return tuple(_not_given(record, due, notice, today))


def _not_given(
    record: CapitalRecord, due: Sequence[NoticeDue], notice: NoticeGiven, today: date
) -> Iterator[Problem]:
    where = record.place_of("notices")
    found = next((each for each in due if each.about == notice.about), None)
    if found is None:
        yield Problem(
            sentence("No default is open on “{about}”.", about=notice.about),
            sentence("Look at what is due; a notice of something else is written in the file."),
            where,
        )
        return
    if found.given_on is not None:
        yield Problem(
            sentence("Notice of it was given on {given_on}.", given_on=found.given_on),
            sentence("Nothing is left to do for it."),
            where,
        )
    if notice.to != found.to:
        yield Problem(
            sentence("The notice goes to {to}.", to=found.to), sentence("Name that party."), where
        )
    if notice.on <= found.since:
        yield Problem(
            sentence(
                "{on} is not after {since}, the last day to pay.", on=notice.on, since=found.since
            ),
            sentence("Write the day on which notice was given."),
            where,
        )
    yield from _not_ahead(notice.on, today, where)


def why_not_put(record: CapitalRecord, vote: LenderVote, *, today: date) -> tuple[Problem, ...]:
    """Why a matter may not be put to the lenders; empty where it may."""
    where = record.place_of("votes")
    found = [
        Problem(
            sentence("This matter was put to the lenders on the same day."),
            sentence("Let them vote on it."),
            record.place_of("votes", at),
        )
        for at, each in enumerate(record.votes)
        if (each.matter, each.on) == (vote.matter, vote.on)
    ]
    if vote.needs == 0:
        found.append(
            Problem(
                sentence("Nothing would carry it."),
                sentence("Say which share must vote yes."),
                where,
            )
        )
    return (*found, *_not_ahead(vote.on, today, where))


def why_no_ballot(
    deal: Deal, record: CapitalRecord, number: int, *, tranche: str, by: str
) -> tuple[Problem, ...]:
    """Why a lender may not vote on a matter (counted from 0) for a tranche; empty where it may."""
    if not 0 <= number < len(record.votes):
        return (
            Problem(
                sentence("No such matter is on record."),
                sentence("Look at the votes."),
                record.place_of("votes"),
            ),
        )
    found = []
    where = record.place_of("votes", number, "ballots")
    party = next((each.party for each in deal.capital if each.name == tranche), "")
    if party != by:
        found.append(
            Problem(
                sentence("`{tranche}` is not given by {by}.", tranche=tranche, by=by),
                sentence("Vote for a tranche of your own."),
                where,
            )
        )
    if any(each.tranche == tranche for each in record.votes[number].ballots):
        found.append(
            Problem(
                sentence("`{tranche}` has voted on this matter.", tranche=tranche),
                sentence("A vote stands once given."),
                where,
            )
        )
    return tuple(found)


def _not_ahead(on: date, today: date, where: Place) -> Iterator[Problem]:
    if on > today:
        yield Problem(
            sentence("{on} lies ahead.", on=on),
            sentence("Write the day on which it happened."),
            where,
        )


def _met(is_met: bool) -> Sentence:
    return sentence("met") if is_met else sentence("not met")
