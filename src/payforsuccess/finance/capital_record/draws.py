"""Whether a tranche can be drawn next, and what is in the way; where each tranche stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital import Tranche
from payforsuccess.deal.capital_record import CapitalCall, CapitalRecord, DrawCondition
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import sentence
from payforsuccess.finance.capital_record.followed import Followed
from payforsuccess.units import to_minor

KINDS = {"guarantee": sentence("guarantee"), "deferred-fee": sentence("deferred-fee")}
STOPS = {"stops-draws": sentence("stops draws"), "ends-services": sentence("ends services")}


@dataclass(frozen=True)
class TrancheState:
    """A tranche on a day, in minor units.

    `in_the_way` says why the next draw is not allowed; empty where it is. `interest` is what has
    accrued and was not paid.
    """

    name: str
    party: str
    kind: str
    committed: int
    called: int
    drawn: int
    undrawn: int
    principal: int
    interest: int
    repaid: int
    interest_paid: int
    recycled: int
    in_the_way: tuple[str, ...]


def tranche_states(
    deal: Deal, record: CapitalRecord, followed: Followed
) -> tuple[TrancheState, ...]:
    """Each tranche in the order of the deal."""
    return tuple(_state(tranche, deal, record, followed) for tranche in deal.capital)


def _state(tranche: Tranche, deal: Deal, record: CapitalRecord, followed: Followed) -> TrancheState:
    balance = followed.balance(tranche.name)
    called = sum(
        to_minor(call.amount, deal.currency)
        for call in record.calls
        if call.tranche == tranche.name
        and call.asked_on <= followed.as_of
        and not call.is_refused(followed.as_of)
    )
    return TrancheState(
        tranche.name,
        tranche.party,
        tranche.kind,
        committed=to_minor(tranche.amount, deal.currency),
        called=called,
        drawn=followed.drawn(tranche.name),
        undrawn=int(balance.room),
        principal=int(balance.principal),
        interest=int(balance.interest),
        repaid=followed.paid_to(tranche.name, "principal", "deferred-fee"),
        interest_paid=followed.paid_to(tranche.name, "interest"),
        recycled=followed.recycled(tranche.name),
        in_the_way=tuple(_in_the_way(tranche, deal, record, followed)),
    )


def _in_the_way(
    tranche: Tranche, deal: Deal, record: CapitalRecord, followed: Followed
) -> Iterator[str]:
    yield from stops(tranche, deal, record, followed)
    if not followed.balance(tranche.name).gives_cash:
        return
    for call in record.calls:
        if call.tranche != tranche.name or not call.asked_on <= followed.as_of:
            continue
        for needed in lacking(record, call, on=followed.as_of):
            yield sentence(
                "call `{name}` lacks the certificate `{condition}` of {by}",
                name=call.name,
                condition=needed.name,
                by=needed.certified_by,
            )


def lacking(record: CapitalRecord, call: CapitalCall, *, on: date) -> tuple[DrawCondition, ...]:
    """What a call still lacks to be paid: none once all of it came, or once it was refused."""
    if call.is_refused(on) or call.came(on) >= call.amount:
        return ()
    given = {(each.condition, each.by) for each in call.certificates if each.on <= on}
    return tuple(c for c in record.draw_conditions if (c.name, c.certified_by) not in given)


def stops(tranche: Tranche, deal: Deal, record: CapitalRecord, followed: Followed) -> Iterator[str]:
    """Why nothing may be called on a tranche, whatever its calls so far: closing and triggers."""
    balance, as_of = followed.balance(tranche.name), followed.as_of
    if not balance.gives_cash:
        yield sentence("no cash is drawn on a {kind}", kind=KINDS.get(tranche.kind, tranche.kind))
        return
    if not balance.room:
        yield sentence("all of it is drawn")
    for item in record.closing:
        if item.done_on is None or item.done_on > as_of:
            yield sentence("not closed: {item} ({by})", item=item.item, by=item.by)
    tested = {test.trigger: test.met for test in record.tests if test.on <= as_of}
    for trigger in deal.triggers:
        halts = trigger.not_met in ("stops-draws", "ends-services")
        if trigger.name == tranche.draws_if and trigger.name not in tested:
            yield sentence(
                "`{name}` is not tested yet (due {on}): {says}",
                name=trigger.name,
                on=trigger.on,
                says=trigger.says,
            )
        elif trigger.name == tranche.draws_if and not tested[trigger.name]:
            yield sentence("`{name}` was not met: {says}", name=trigger.name, says=trigger.says)
        elif halts and trigger.on <= as_of and trigger.name not in tested:
            yield sentence(
                "`{name}` was to be tested on {on}, and no test is on record",
                name=trigger.name,
                on=trigger.on,
            )
        elif halts and tested.get(trigger.name) is False:
            yield sentence(
                "`{name}` was not met, which {stops}",
                name=trigger.name,
                stops=STOPS[trigger.not_met],
            )
