"""How a statement line falls on the payors, to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from payforsuccess.deal.deal import Deal
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
    chosen = [p for p in deal.payors if term is None or not term.payors or p.party in term.payors]
    shares: list[Fraction] = [payor.share for payor in chosen]
    parts = split_by_largest_remainder(amount, shares)
    funded = {payor.party: part for payor, part in zip(chosen, parts, strict=True)}
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


def reversed_split(lines: Sequence[Line]) -> tuple[PayorAmount, ...]:
    """The split that takes back all that `lines` stated: the old parts, added up and negated."""
    funded: dict[str, int] = {}
    unfunded: dict[str, int] = {}
    for line in lines:
        for part in line.payors:
            funded[part.payor] = funded.get(part.payor, 0) - part.amount
            unfunded[part.payor] = unfunded.get(part.payor, 0) - part.unfunded
    return tuple(
        PayorAmount(payor=name, amount=amount, unfunded=unfunded[name])
        for name, amount in funded.items()
    )
