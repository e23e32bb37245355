"""Where a call for capital stands on a day, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.capital_record import CapitalCall, CapitalRecord, DrawCondition
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.capital_record.draws import lacking
from payforsuccess.units import to_minor

Stands = Literal["to-certify", "to-answer", "to-pay", "overdue", "paid", "refused"]


@dataclass(frozen=True)
class CallState:
    """One call on a day; amounts in minor units.

    party: who gives the money. lacking: what is not certified yet. open: what has not come.
    """

    call: CapitalCall
    party: str
    stands: Stands
    lacking: tuple[DrawCondition, ...]
    open: int

    @property
    def turn_of(self) -> tuple[str, ...]:
        """The parties that do something next; none once it is paid or refused."""
        if self.stands in ("paid", "refused"):
            return ()
        if self.stands == "to-certify":
            return tuple(dict.fromkeys(each.certified_by for each in self.lacking))
        return (self.party,)


def call_states(deal: Deal, record: CapitalRecord, *, on: date) -> tuple[CallState, ...]:
    """Each call made by a day, in the order of the file."""
    parties = {tranche.name: tranche.party for tranche in deal.capital}
    return tuple(
        _state(deal, record, call, parties[call.tranche], on)
        for call in record.calls
        if call.asked_on <= on
    )


def _state(deal: Deal, record: CapitalRecord, call: CapitalCall, party: str, on: date) -> CallState:
    missing = lacking(record, call, on=on)
    rest = 0 if call.is_refused(on) else to_minor(call.amount - call.came(on), deal.currency)
    return CallState(call, party, _stands(call, missing, rest, on), missing, rest)


def _stands(call: CapitalCall, missing: tuple[DrawCondition, ...], rest: int, on: date) -> Stands:
    if call.is_refused(on):
        return "refused"
    if not rest:
        return "paid"
    if missing:
        return "to-certify"
    if call.answer is None and not call.came(on):
        return "to-answer"
    return "overdue" if call.due_on < on else "to-pay"
