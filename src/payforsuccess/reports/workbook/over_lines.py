"""Ceilings over several lines, as formulas: what the deal pays at most, and whom that cuts."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from fractions import Fraction
from typing import Any

from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.limits import (
    SAYS,
    LetThrough,
    ceilings_left,
    let_through,
    taken_last_first,
)
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import FIRST, Section
from payforsuccess.reports.workbook.live import Live, least, live, most
from payforsuccess.reports.workbook.numbers import LiveNumbers
from payforsuccess.units import Period


class OverLines:
    """Holds the lines of each period to the deal's ceilings, by the list that a replay reads.

    No line falls below 0 to date; then come the deal's ceilings in their order.
    """

    def __init__(self, frame: Frame, section: Section, state: MutableMapping[str, Any]) -> None:
        self._frame, self._section, self._state = frame, section, state
        self._limits = self._deal_limits()

    def _deal_limits(self) -> dict[str, Live]:
        deal, found = self._frame.deal, dict[str, Live]()
        for says, amount in (
            (SAYS["period"], deal.ceilings.each_period),
            (SAYS["deal"], deal.ceiling),
        ):
            if amount is not None:
                found[says] = self._frame.inputs.agreed(
                    "Payment terms", says.capitalize(), amount, unit=deal.currency
                )
        return found

    def hold(self, terms: Sequence[PaymentTerm], amounts: list[Any], period: Period) -> list[Any]:
        """The lines of a period, each no more than the deal's ceilings leave it."""
        state, column = self._state, FIRST + period.number - 1
        for at, term in enumerate(terms):
            if term.may_be_negative is None and term.claws_back:
                at_least = -live(state.get(f"{term.name}.entitled", 0))
                amounts[at] = self._keep(
                    f"{term.name}, no less than 0 to date", most(amounts[at], at_least), column
                )
                amounts[at].is_signed = True
        used = live(state.get("deal.ceiling", 0))
        limits = ceilings_left(
            period=self._limits.get(SAYS["period"]),
            let=self._let_through(period),
            deal=self._limits.get(SAYS["deal"]),
            paid=used,
            most=most,
        )
        for says, allowed in limits:
            amounts = self._cut(terms, amounts, says, allowed, column)
        state["deal.ceiling"] = self._keep(
            "paid to date", sum((live(amount) for amount in amounts), used), column
        )
        for term, amount in zip(terms, amounts, strict=True):
            entitled = live(amount) + state.get(f"{term.name}.entitled", 0)
            needed = term.ceiling is not None or term.claws_back
            if needed:
                entitled = self._keep(f"{term.name}, paid to date", entitled, column)
            state[f"{term.name}.entitled"] = state[f"{term.name}.ceiling"] = entitled
        return amounts

    def _keep(self, says: str, number: Any, column: int) -> Live:
        row = self._section.row(says)
        number_of = 2
        while column in row.cells:
            row = self._section.row(f"{says} ({number_of})")
            number_of += 1
        return self._section.put(row, column, live(number))

    def _let_through(self, period: Period) -> LetThrough | None:
        """What capital drawn so far lets through; its facts are inputs."""
        frame = self._frame
        found = let_through(frame.deal, frame.calendar.periods[: period.number])
        if found is None:
            return None
        amount = frame.inputs.agreed(
            "Ceiling on return",
            f"Let through by capital drawn so far, to the end of period {period.number}",
            Fraction(found.amount, 10**frame.digits),
            unit=frame.deal.currency,
        )
        repaid = None if found.repaid is None else Fraction(found.repaid, 10**frame.digits)
        return LetThrough(amount, repaid)

    def _cut(
        self,
        terms: Sequence[PaymentTerm],
        amounts: list[Any],
        says: str,
        allowed: Any,
        column: int,
    ) -> list[Any]:
        """Only amounts above 0 are cut: the last listed first, or all in proportion."""
        room = self._keep(f"left under {says}", most(allowed, 0), column)
        positive = [
            most(amount, 0) if live(amount).is_signed else live(amount) for amount in amounts
        ]
        whole = sum((live(amount) for amount in amounts), live(0))
        excess = most(whole - room, 0)
        if any(live(amount).is_signed for amount in amounts):
            excess = least(excess, sum(positive, live(0)))
        excess = self._keep(f"beyond {says}", excess, column)
        if self._frame.deal.ceilings.cut == "pro-rata":
            numbers = LiveNumbers(
                self._frame.digits, lambda words, part: self._working(words, part, column, says)
            )
            parts = numbers.in_proportion(excess, positive)
        else:
            parts = taken_last_first(excess, positive, least=least)
        found = []
        for term, amount, part in zip(terms, amounts, parts, strict=True):
            left = self._keep(f"{term.name}, within {says}", live(amount) - part, column)
            left.is_signed = live(amount).is_signed
            found.append(left)
        return found

    def _working(self, words: str, number: Live, column: int, says: str) -> None:
        self._keep(f"{says}: {words}", number, column)
