"""Ceilings over several lines of a period, and what each line then has used of its own.

Cohorts first, then no less than 0 to date, then the deal's ceilings in their order (`limits`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.payments.limits import ceilings_left, cut_lines, let_through, shared_out
from payforsuccess.payments.line import Key, TermInPeriod
from payforsuccess.units import CURRENCY_DIGITS, Period, Periods, money_text


class OverLines:
    """Cuts the lines of each period in turn; keeps in `state` what they come to.

    `pinned` are lines that can no longer be corrected: they keep what was stated, and earlier
    periods leave them their room under a ceiling.
    """

    def __init__(self, schedule: Periods, state: dict[str, int], pinned: Mapping[Key, int]) -> None:
        self._schedule, self._state, self._pinned = schedule, state, pinned
        for name in {name for _, name in pinned}:
            state[f"{name}.ceiling"] = self._reserved(0, name)

    def cut(self, lines: Sequence[TermInPeriod], deal: Deal, period: Period) -> list[TermInPeriod]:
        """The lines of a period at their last amounts."""
        state = self._state
        digits = 10 ** CURRENCY_DIGITS[deal.currency]
        said: list[list[str]] = [[] for _ in lines]
        amounts: list[int] = []
        of_cohorts: list[list[int]] = []
        for line, reasons in zip(lines, said, strict=True):
            shares = self._within_cohorts(line, deal, digits)
            of_cohorts.append(shares)
            amounts.append(sum(shares) if _has_cohort_ceiling(line, deal) else line.amount)
            if amounts[-1] != line.amount:
                reasons.append("the ceiling for a cohort")
        for at, line in enumerate(lines):
            # Entitlement to date is never below 0, except where the term says who pays whom.
            least = -state.get(f"{line.term.name}.entitled", 0)
            if line.term.may_be_negative is None and amounts[at] < least:
                amounts[at] = least
                said[at].append("no less than 0 to date")
        pinned = {
            name: amount
            for (number, name), amount in self._pinned.items()
            if number == period.number
        }
        free = [at for at, line in enumerate(lines) if line.term.name not in pinned]
        fixed = sum(pinned.values())
        used = state.get("deal.ceiling", 0)
        in_all = _minor(deal.ceiling, digits)
        for limit, allowed in ceilings_left(
            period=_minor(deal.ceilings.each_period, digits),
            let=let_through(deal, self._schedule.all()[: period.number]),
            deal=None if in_all is None else in_all - self._reserved(period.number),
            paid=used,
        ):
            cut = cut_lines(
                [amounts[at] for at in free], allowed=allowed - fixed, cut=deal.ceilings.cut
            )
            for at, amount in zip(free, cut, strict=True):
                if amount != amounts[at]:
                    room = money_text(max(allowed, 0), deal.currency, code=True)
                    said[at].append(f"{limit}, which has room for {room} in all")
                amounts[at] = amount
        for at, line in enumerate(lines):
            if line.term.name in pinned and amounts[at] != pinned[line.term.name]:
                amounts[at] = pinned[line.term.name]
                said[at].append("what was stated: it can no longer be corrected")
        others = fixed - sum(pinned.get(line.term.name, 0) for line in lines)
        state["deal.ceiling"] = used + sum(amounts) + others
        for line, amount, shares in zip(lines, amounts, of_cohorts, strict=True):
            self._count_for_cohorts(line, shared_out(amount, shares), less=shares)
        return [
            self._settled(line, amount, reasons)
            for line, amount, reasons in zip(lines, amounts, said, strict=True)
        ]

    def _reserved(self, after: int, name: str | None = None) -> int:
        """What is pinned in later periods: earlier ones leave it its room under a ceiling."""
        return sum(
            max(amount, 0)
            for (number, term), amount in self._pinned.items()
            if number > after and name in (None, term)
        )

    def _within_cohorts(self, line: TermInPeriod, deal: Deal, digits: int) -> list[int]:
        """Each part of a line within the ceilings for its cohort, of the line and of the deal.

        What a floor adds goes to the first cohorts that have room for it.
        """
        own = _minor(line.term.ceiling_each_cohort, digits)
        over = _minor(deal.ceilings.each_cohort, digits)
        shares = shared_out(line.amount, [run.amount for run in line.parts])
        added = line.amount - sum(shares)
        found: list[int] = []
        for run, share in zip(line.parts, shares, strict=True):
            line_key, deal_key = _cohort_keys(line, run.part.cohort)
            rooms = [
                max(at - self._state.get(key, 0), 0)
                for key, at in ((line_key, own), (deal_key, over))
                if at is not None
            ]
            part = min([share, *rooms])
            more = min([added, *(room - max(part, 0) for room in rooms)]) if rooms else 0
            added -= more
            found.append(part + more)
            for key in (line_key, deal_key):
                self._state[key] = self._state.get(key, 0) + part + more
        return found

    def _count_for_cohorts(
        self, line: TermInPeriod, now: Sequence[int], *, less: Sequence[int]
    ) -> None:
        """What limits that came later took off a line uses nothing of a cohort's ceiling."""
        for run, amount, before in zip(line.parts, now, less, strict=True):
            for key in _cohort_keys(line, run.part.cohort):
                self._state[key] += amount - before

    def _settled(self, line: TermInPeriod, amount: int, reasons: Sequence[str]) -> TermInPeriod:
        """The line at its last amount; its own ceiling has used what it pays, no more."""
        state, name = self._state, line.term.name
        state[f"{name}.entitled"] = state.get(f"{name}.entitled", 0) + amount
        # Kept also without a ceiling: one that an amendment brings bounds all that was paid.
        reserved = self._reserved(line.period.number, name)
        state[f"{name}.ceiling"] = state[f"{name}.entitled"] + reserved
        if amount == line.amount:
            return line
        return replace(
            line,
            amount=amount,
            released=min(line.released, max(amount, 0)),
            # The short name; what stands behind its comma are the numbers, for the step.
            bound_by=(*line.bound_by, *(reason.split(", ")[0] for reason in reasons)),
            over_lines=tuple(reasons),
        )


def _has_cohort_ceiling(line: TermInPeriod, deal: Deal) -> bool:
    # What is carried or held belongs to no one cohort; only a ceiling needs to know.
    return line.term.ceiling_each_cohort is not None or deal.ceilings.each_cohort is not None


def _cohort_keys(line: TermInPeriod, cohort: str) -> tuple[str, str]:
    return f"{line.term.name}.cohort.{cohort}", f"deal.cohort.{cohort}"


def _minor(amount: Any, digits: int) -> int | None:
    return None if amount is None else int(amount * digits)
