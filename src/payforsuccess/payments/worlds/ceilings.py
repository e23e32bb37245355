"""Ceilings over several lines, world by world: for cohorts, for a period, on the return, in all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.limits import (
    ceilings_left,
    let_through,
    shared_out,
    taken_last_first,
)
from payforsuccess.payments.worlds.inputs import Column
from payforsuccess.payments.worlds.sums import added, total
from payforsuccess.units import CURRENCY_DIGITS, Period


class CeilingsOverLines:
    """What is cut from the lines of a period, and what they come to to date (kept in `state`)."""

    def __init__(self, deal: Deal, periods: Sequence[Period], state: dict[str, Column]) -> None:
        import numpy

        self._np = numpy
        self._deal, self._periods, self._state = deal, periods, state
        self._digits: int = 10 ** CURRENCY_DIGITS[deal.currency]

    def cut(
        self,
        terms: Sequence[PaymentTerm],
        amounts: list[Column],
        by_cohort: Sequence[Sequence[tuple[str, Column]]],
        period: Period,
    ) -> list[Column]:
        """Cohort ceilings, then no less than 0 to date, then the deal's ceilings in order."""
        state, np = self._state, self._np
        of_cohorts = [
            self._within_cohorts(term, amount, parts)
            for term, amount, parts in zip(terms, amounts, by_cohort, strict=True)
        ]
        amounts = [
            amount if shares is None else total(shares)
            for amount, shares in zip(amounts, of_cohorts, strict=True)
        ]
        for at, term in enumerate(terms):
            # to date a line is never below 0, so what is not negative now needs no look
            if term.may_be_negative is None and np.min(amounts[at]) < 0:
                least = -state.get(f"{term.name}.entitled", 0)
                amounts[at] = np.maximum(amounts[at], least)
        limits = self._limits(self._periods[: period.number])
        whole = total(amounts)
        for allowed in limits:
            whole, amounts = self._cut(whole, amounts, allowed)
        if limits:
            state["deal.ceiling"] = added(state.get("deal.ceiling", 0), whole)
        for term, amount, parts, shares in zip(terms, amounts, by_cohort, of_cohorts, strict=True):
            if shares is not None:
                self._count_for_cohorts(term, amount, parts, less=shares)
        for term, amount in zip(terms, amounts, strict=True):
            entitled = added(state.get(f"{term.name}.entitled", 0), amount)
            state[f"{term.name}.entitled"] = state[f"{term.name}.ceiling"] = entitled
        return amounts

    def _limits(self, periods: Sequence[Period]) -> list[Column]:
        """What all lines of a period may come to, by each of the deal's ceilings."""
        left = ceilings_left(
            period=self._minor(self._deal.ceilings.each_period),
            let=let_through(self._deal, periods),
            deal=self._minor(self._deal.ceiling),
            paid=self._state.get("deal.ceiling", 0),
            most=self._np.maximum,
        )
        return [allowed for _, allowed in left]

    def _within_cohorts(
        self, term: PaymentTerm, amount: Column, parts: Sequence[tuple[str, Column]]
    ) -> list[Column] | None:
        """Each part within the ceilings for its cohort (see `over_lines`); None without any."""
        own = self._minor(term.ceiling_each_cohort)
        over = self._minor(self._deal.ceilings.each_cohort)
        if own is None and over is None:
            return None
        state, np = self._state, self._np
        shares = self._shared_out(amount, [column for _, column in parts])
        rest: Column = amount - total(shares)
        found: list[Column] = []
        for (cohort, _), share in zip(parts, shares, strict=True):
            line_key, deal_key = _cohort_keys(term, cohort)
            part, more = share, rest
            for key, at in ((line_key, own), (deal_key, over)):
                if at is not None:
                    part = np.minimum(part, np.maximum(at - state.get(key, 0), 0))
            for key, at in ((line_key, own), (deal_key, over)):
                if at is not None:
                    room = np.maximum(at - state.get(key, 0), 0)
                    more = np.minimum(more, room - np.maximum(part, 0))
            rest = rest - more
            found.append(part + more)
            for key in (line_key, deal_key):
                state[key] = state.get(key, 0) + part + more
        return found

    def _count_for_cohorts(
        self,
        term: PaymentTerm,
        amount: Column,
        parts: Sequence[tuple[str, Column]],
        *,
        less: Sequence[Column],
    ) -> None:
        """What limits that came later took off a line uses nothing of a cohort's ceiling."""
        for (cohort, _), now, before in zip(
            parts, self._shared_out(amount, less), less, strict=True
        ):
            for key in _cohort_keys(term, cohort):
                self._state[key] = self._state[key] + now - before

    def _shared_out(self, amount: Column, parts: Sequence[Column]) -> list[Column]:
        return shared_out(amount, parts, least=self._np.minimum, most=self._np.maximum)

    def _cut(
        self, whole: Column, amounts: list[Column], allowed: Column
    ) -> tuple[Column, list[Column]]:
        """`cut_lines` over arrays: only amounts above 0 are cut; the sum first, then the lines."""
        np = self._np
        excess = whole - np.maximum(allowed, 0)
        if np.max(excess) <= 0:
            return whole, amounts
        excess = np.maximum(excess, 0)
        positive = [amount if np.min(amount) >= 0 else np.maximum(amount, 0) for amount in amounts]
        excess = np.minimum(excess, total(positive))
        whole = whole - excess
        taken = (
            self._largest_remainder(excess, positive)
            if self._deal.ceilings.cut == "pro-rata"
            else taken_last_first(excess, positive, least=np.minimum)
        )
        return whole, [amount - part for amount, part in zip(amounts, taken, strict=True)]

    def _largest_remainder(self, whole: Column, weights: Sequence[Column]) -> list[Column]:
        """`whole` in proportion to `weights`, world by world; ties to the first listed."""
        np = self._np
        stacked = np.stack(np.broadcast_arrays(*weights)).astype(object)
        summed = stacked.sum(axis=0)
        safe = np.where(summed == 0, 1, summed)
        products = stacked * np.broadcast_to(np.asarray(whole).astype(object), safe.shape)
        parts = products // safe
        rests = products - parts * safe
        missing = np.asarray(whole) - parts.sum(axis=0)
        order = np.argsort(-rests, axis=0, kind="stable")
        for place in range(len(weights)):
            extra = place < missing
            np.put_along_axis(
                parts,
                order[place : place + 1],
                np.take_along_axis(parts, order[place : place + 1], axis=0) + extra,
                axis=0,
            )
        return [part.astype(np.int64) for part in parts]

    def _minor(self, amount: Fraction | None) -> int | None:
        return None if amount is None else int(amount * self._digits)


def _cohort_keys(term: PaymentTerm, cohort: str) -> tuple[str, str]:
    return f"{term.name}.cohort.{cohort}", f"deal.cohort.{cohort}"
