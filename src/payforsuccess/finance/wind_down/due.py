"""What falls due when a deal ends early, step by step, in minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from payforsuccess.deal.contract import TerminationEvent
from payforsuccess.deal.deal import Deal
from payforsuccess.units import money_text, round_exact, to_minor

What = Literal["earned", "stated-sum", "early", "wind-up", "make-whole", "premium"]


@dataclass(frozen=True)
class Due:
    """One part of the sum due: `asked` by the terms, `amount` after the limits."""

    what: What
    says: str
    asked: int
    amount: int


@dataclass(frozen=True)
class SumDue:
    """The parts in order, and what limits took off, in words."""

    parts: tuple[Due, ...]
    limits: tuple[str, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(part.amount for part in self.parts)

    def amount(self, *what: What) -> int:
        """The parts of some kinds."""
        return sum(part.amount for part in self.parts if part.what in what)


def sum_due(
    deal: Deal,
    event: TerminationEvent,
    *,
    stated_unpaid: int,
    earned: int,
    not_measured: int,
    wind_up: int | None,
    unpaid: Mapping[str, int],
    principal: int,
    held: int | None,
) -> SumDue:
    """The sum due under an event.

    stated_unpaid: what issued statements left to pay, which stays owed whatever ends the deal.
    earned: what the final statement adds. wind_up: what winding up costs; its cap when not known.
    unpaid: by investor, what it would still be owed after the rest was paid out; principal: the
    part of that which is principal. held: money held for success payments on the day.

    The event's ceiling bounds all but what was stated before; `limited_to_held` bounds all of it.
    Limits take from the last part first.
    """
    parts: list[Due] = []

    def add(what: What, says: str, amount: int) -> None:
        if amount:
            parts.append(Due(what, says, amount, amount))

    def money(minor: int) -> str:
        return money_text(minor, deal.currency)

    add("earned", "Stated before and not paid yet", stated_unpaid)
    stated = len(parts)
    if event.sum_due in ("earned-to-date", "make-whole"):
        add("earned", "Earned to date, by the final statement", earned)
    if event.sum_due == "stated" and event.amount is not None:
        add("stated-sum", "The sum that the deal states", to_minor(event.amount, deal.currency))
    if event.early_payment is not None:
        each = to_minor(event.early_payment, deal.currency)
        says = f"For {not_measured:,} people not measured yet, {money(each)} each"
        add("early", says, each * not_measured)
    if event.wind_up_cap is not None:
        cap = to_minor(event.wind_up_cap, deal.currency)
        if wind_up is None:
            add("wind-up", "Winding up, at its cap", cap)
        else:
            add("wind-up", f"Winding up, at most {money(cap)}", min(wind_up, cap))
    if event.sum_due == "make-whole":
        for name, amount in unpaid.items():
            add("make-whole", f"What {name} would otherwise lose", amount)
        if event.premium is not None:
            says = f"Premium on {money(principal)} of principal that nothing else repays"
            add("premium", says, round_exact(principal * event.premium))
    limits: list[str] = []
    if event.ceiling is not None:
        room = to_minor(event.ceiling, deal.currency)
        if (over := sum(part.amount for part in parts[stated:]) - room) > 0:
            parts[stated:] = _cut(parts[stated:], over)
            limits.append(f"The ceiling of {money(room)} takes off {money(over)}")
    over = sum(part.amount for part in parts) - max(held or 0, 0)
    if event.limited_to_held and held is not None and over > 0:
        parts = _cut(parts, over)
        limits.append(f"The money held, {money(held)}, takes off {money(over)}")
    return SumDue(tuple(parts), tuple(limits))


def _cut(parts: Sequence[Due], over: int) -> list[Due]:
    """Take an amount off, from the last part first."""
    cut: list[Due] = []
    for part in reversed(parts):
        taken = min(part.amount, over)
        over -= taken
        cut.append(replace(part, amount=part.amount - taken))
    return cut[::-1]
