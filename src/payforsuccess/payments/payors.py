"""How a statement line falls on the payors, to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.deal.results import Line, PayorAmount
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.units import CURRENCY_DIGITS, split_by_largest_remainder


def split_line(
    amount: int, *, term: PaymentTerm | None, deal: Deal, used: Mapping[str, int]
) -> tuple[PayorAmount, ...]:
    """The line's parts by payor, in the order in which the deal lists them.

    `used` is what each payor has stated to date. What passes a payor's own ceiling goes to the
    payor that steps in, as far as that one's ceiling allows, then to the one that steps in for it,
    and is otherwise unfunded.
    """
    chosen = _payors_of(term, deal)
    funded = _by_shares(amount, chosen)
    unfunded = dict.fromkeys(funded, 0)
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    by_name = {payor.party: payor for payor in deal.payors}

    def room(name: str) -> int | None:
        ceiling = by_name[name].ceiling
        if ceiling is None:
            return None
        return max(int(ceiling * digits) - used.get(name, 0), 0)

    for payor in chosen:
        allowed = room(payor.party)
        if allowed is None or funded[payor.party] <= allowed:
            continue
        excess = funded[payor.party] - allowed
        funded[payor.party] = allowed
        other, asked = payor.steps_in, {payor.party}
        while excess and other is not None and other not in asked:
            asked.add(other)
            left = room(other)
            taken = excess if left is None else min(excess, max(left - funded.get(other, 0), 0))
            funded[other] = funded.get(other, 0) + taken
            excess -= taken
            other = by_name[other].steps_in if other in by_name else None
        unfunded[payor.party] = excess
    return tuple(
        PayorAmount(payor=name, amount=part, unfunded=unfunded.get(name, 0))
        for name, part in funded.items()
    )


def split_taken_back(
    amount: int, *, term: PaymentTerm | None, deal: Deal, stated: Sequence[Line]
) -> tuple[PayorAmount, ...]:
    """The parts of a correction below 0, by the shares of its period.

    Of each payor's part, what of the line (`stated` so far) was unfunded goes first, then what
    another payor paid in its place: no one gets back what somebody else paid.
    """
    chosen = _payors_of(term, deal)
    taken = _by_shares(amount, chosen)
    own = _by_shares(sum(line.amount for line in stated), chosen)
    unfunded = dict.fromkeys(taken, 0)
    free = _added_up(stated, "unfunded")
    beyond = {
        name: funded - own.get(name, 0) for name, funded in _added_up(stated, "amount").items()
    }
    by_name = {payor.party: payor for payor in deal.payors}
    for payor in chosen:
        left, name = -taken[payor.party], payor.party
        unfunded[name] = -min(left, max(free.get(name, 0), 0))
        left += unfunded[name]
        other, asked = payor.steps_in, {name}
        given = 0
        while other is not None and other not in asked:
            asked.add(other)
            part = min(left - given, max(beyond.get(other, 0), 0))
            beyond[other] = beyond.get(other, 0) - part
            taken[other] = taken.get(other, 0) - part
            given += part
            other = by_name[other].steps_in if other in by_name else None
        taken[name] += given - unfunded[name]
    return tuple(
        PayorAmount(payor=name, amount=part, unfunded=unfunded.get(name, 0))
        for name, part in taken.items()
    )


def _payors_of(term: PaymentTerm | None, deal: Deal) -> list[Payor]:
    return [p for p in deal.payors if term is None or not term.payors or p.party in term.payors]


def _by_shares(amount: int, payors: Sequence[Payor]) -> dict[str, int]:
    parts = split_by_largest_remainder(amount, [payor.share for payor in payors])
    return {payor.party: part for payor, part in zip(payors, parts, strict=True)}


def _added_up(lines: Sequence[Line], what: Literal["amount", "unfunded"]) -> dict[str, int]:
    """What of all lines each payor funds, or leaves unfunded."""
    whole: dict[str, int] = {}
    for line in lines:
        for part in line.payors:
            whole[part.payor] = whole.get(part.payor, 0) + getattr(part, what)
    return whole


def reversed_split(lines: Sequence[Line]) -> tuple[PayorAmount, ...]:
    """The split that takes back all that `lines` stated: the old parts, added up and negated."""
    funded, unfunded = _added_up(lines, "amount"), _added_up(lines, "unfunded")
    return tuple(
        PayorAmount(payor=name, amount=-amount, unfunded=-unfunded[name])
        for name, amount in funded.items()
    )
