"""What a deal and the record of its capital must agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from payforsuccess.deal.capital import OWED_BACK
from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.checks.walk import values_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.money_file import in_another_currency
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS, add_months, grouped

AMOUNTS = ("amount", "balance")
NO_CASH = ("guarantee", "deferred-fee")
AROUND = 24
"""Months before a deal's first period, and after its corrections end, in which facts may lie."""
BEYOND = "Who is no party stands under `says`; name the party that bought from it."
MAY_BE_OLDER = ("done_on",)
"""Something on the closing checklist may have been done long before anybody wrote the deal."""


def check_capital_record(record: CapitalRecord, deal: Deal) -> tuple[Problem, ...]:
    """Names of the deal, days near it, whole minor units, no more drawn than a tranche gives."""
    found = (
        *in_another_currency(record, deal),
        *_names(record, deal),
        *_days(record, deal),
        *_amounts(record, deal),
        *_drawn(record, deal),
        *_answers(record, deal),
    )
    return tuple(sorted(found, key=lambda problem: problem.where))


def _names(record: CapitalRecord, deal: Deal) -> Iterator[Problem]:
    known: dict[str, set[str]] = {
        "tranche": {each.name for each in deal.capital},
        "payment term": {each.name for each in deal.payments},
        "party": {each.name for each in deal.parties},
        "payor": {each.party for each in deal.payors},
        "trigger": {each.name for each in deal.triggers},
        "account": {each.name for each in record.accounts},
        "draw condition": {each.name for each in record.draw_conditions},
    }
    for name, kind, path in _used(record):
        if name not in known[kind]:
            found = no_such(name, kind, known[kind], record.place_of(*path))
            yield replace(found, do=f"{found.do} {BEYOND}") if path[0] == "disbursements" else found


def _used(record: CapitalRecord) -> Iterator[tuple[str, str, FieldPath]]:
    for at, call in enumerate(record.calls):
        yield call.tranche, "tranche", ("calls", at, "tranche")
        for number, each in enumerate(call.certificates):
            path: FieldPath = ("calls", at, "certificates", number, "condition")
            yield each.condition, "draw condition", path
    for at, cost in enumerate(record.disbursements):
        yield cost.to, "party", ("disbursements", at, "to")
    for at, put_off in enumerate(record.put_off):
        yield put_off.tranche, "tranche", ("put_off", at, "tranche")
    for at, payment in enumerate(record.payments):
        yield payment.term, "payment term", ("payments", at, "term")
        yield payment.from_, "payor", ("payments", at, "from")
    for at, paid in enumerate(record.distributions):
        if paid.tranche is not None:
            yield paid.tranche, "tranche", ("distributions", at, "tranche")
        if paid.to is not None and paid.kind != "recycle":
            yield paid.to, "party", ("distributions", at, "to")
    for at, balance in enumerate(record.bank):
        yield balance.account, "account", ("bank", at, "account")
    for at, test in enumerate(record.tests):
        yield test.trigger, "trigger", ("tests", at, "trigger")
    for at, vote in enumerate(record.votes):
        for number, ballot in enumerate(vote.ballots):
            yield ballot.tranche, "tranche", ("votes", at, "ballots", number, "tranche")


def _days(record: CapitalRecord, deal: Deal) -> Iterator[Problem]:
    """A year misspelt takes a fact out of the deal's time, and then out of every balance."""
    first, last = deal.periods.from_, max(deal.ends_on, deal.finality.final_on)
    earliest, latest = add_months(first, -AROUND), add_months(last, AROUND)
    for path, day in _dated(record):
        if day < earliest:
            yield Problem(
                sentence(
                    "{day} is more than {around} months before the deal's first period, which "
                    "starts on {first}.",
                    day=day,
                    around=AROUND,
                    first=first,
                ),
                sentence("Correct the day, or take out what is no fact of this deal."),
                record.place_of(*path),
            )
        elif day > latest:
            yield Problem(
                sentence(
                    "{day} is more than {around} months after the deal's corrections end on "
                    "{last}.",
                    day=day,
                    around=AROUND,
                    last=last,
                ),
                sentence("Correct the day, or take out what is no fact of this deal."),
                record.place_of(*path),
            )


def _dated(record: CapitalRecord) -> Iterator[tuple[FieldPath, date]]:
    for found in values_in(record):
        if isinstance(found.value, date) and found.path[-1] not in MAY_BE_OLDER:
            yield found.path, found.value
    for at, day in enumerate(record.payment_dates):
        yield ("payment_dates", at), day


def _amounts(record: CapitalRecord, deal: Deal) -> Iterator[Problem]:
    digits = CURRENCY_DIGITS[deal.currency]
    for found in values_in(record):
        if found.path[-1] not in AMOUNTS or not isinstance(found.value, Fraction):
            continue
        if (found.value * 10**digits).denominator != 1:
            yield Problem(
                sentence(
                    "{value} is not a whole number of the smallest unit of {currency}.",
                    value=grouped(found.value),
                    currency=deal.currency,
                ),
                sentence("Write the amount as the bank does."),
                record.place_of(*found.path),
            )


def _drawn(record: CapitalRecord, deal: Deal) -> Iterator[Problem]:
    for tranche in deal.capital:
        calls = [(at, each) for at, each in enumerate(record.calls) if each.tranche == tranche.name]
        if calls and tranche.kind in NO_CASH:
            yield Problem(
                sentence(
                    "`{name}` is a {kind}: no cash is called on it.",
                    name=tranche.name,
                    kind=tranche.kind,
                ),
                sentence("Name another tranche; costs put off stand under `put_off`."),
                record.place_of("calls", calls[0][0], "tranche"),
            )
        came = _total(each.amount for _, call in calls for each in call.received)
        came += _total(each.amount for each in record.put_off if each.tranche == tranche.name)
        if came > tranche.amount:
            yield Problem(
                sentence(
                    "{came} came from `{name}`, which gives at most {amount}.",
                    came=grouped(came),
                    name=tranche.name,
                    amount=grouped(tranche.amount),
                ),
                sentence("Correct the amounts, or amend the deal."),
                record.place_of("calls"),
            )
    kinds = {tranche.name: tranche.kind for tranche in deal.capital}
    recycles = {t.name for t in deal.capital if t.recyclable or t.kind == "recyclable-grant"}
    for at, paid in enumerate(record.distributions):
        if paid.kind == "recycle" and paid.tranche in kinds.keys() - recycles:
            yield Problem(
                sentence(
                    "What `{tranche}` gave goes back to its party and is not recycled.",
                    tranche=paid.tranche,
                ),
                sentence(
                    "Write `principal`, or say `recyclable: true` of the tranche in the deal."
                ),
                record.place_of("distributions", at, "kind"),
            )
        owed = paid.kind in ("interest", "principal", "deferred-fee")
        if owed and paid.tranche in kinds and kinds[paid.tranche] not in OWED_BACK:
            yield Problem(
                sentence("Nothing is owed back on `{tranche}`.", tranche=paid.tranche),
                sentence("Name another tranche, or write `return`."),
                record.place_of("distributions", at, "tranche"),
            )


def _answers(record: CapitalRecord, deal: Deal) -> Iterator[Problem]:
    """Who gives the money answers, and nobody else."""
    parties = {tranche.name: tranche.party for tranche in deal.capital}
    for at, call in enumerate(record.calls):
        party = parties.get(call.tranche)
        if call.answer is not None and party is not None and call.answer.by != party:
            yield Problem(
                sentence(
                    "`{tranche}` is given by {party}, who alone answers a call on it.",
                    tranche=call.tranche,
                    party=party,
                ),
                sentence("Name that party, or take the answer out."),
                record.place_of("calls", at, "answer", "by"),
            )
    for at, vote in enumerate(record.votes):
        names = [ballot.tranche for ballot in vote.ballots]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield Problem(
                    sentence("`{name}` votes twice on this matter.", name=name),
                    sentence("Keep the vote that was given."),
                    record.place_of("votes", at, "ballots", number, "tranche"),
                )


def _total(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))
