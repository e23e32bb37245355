"""The results a deal reads over its life: which outcome, in which period or at which point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from payforsuccess.deal.assumptions.check import needed_outcomes
from payforsuccess.deal.deal import Deal
from payforsuccess.units import Period


@dataclass(frozen=True, order=True)
class Slot:
    """One result that a payment term or a trigger will read.

    `when` is `period 3` or `point final`, as in the book of results; `at` is the place of the
    period that it belongs to, `cohort` the cohort of a point, if it has one.
    """

    outcome: str
    when: str
    at: int
    cohort: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The slot as the book of results names it."""
        return (self.outcome, self.when, self.cohort)


def slots_of(deal: Deal) -> tuple[Slot, ...]:
    """Every result the deal will read, by period: points where an outcome is reported at points."""
    periods = deal.schedule.all()
    return tuple(
        slot for name in needed_outcomes(deal) for slot in _of_outcome(name, deal, periods)
    )


def _of_outcome(name: str, deal: Deal, periods: tuple[Period, ...]) -> Iterator[Slot]:
    if deal.outcomes[name].reported_as != "point":
        for at, period in enumerate(periods):
            yield Slot(name, f"period {period.number}", at)
        return
    seen: set[tuple[str, str]] = set()
    for term in deal.payments:
        for point in term.points if name in term.outcomes_read() else ():
            slot = (f"point {point.name}", point.cohort or "")
            if slot in seen:
                continue
            seen.add(slot)
            held = deal.schedule.holding(point.determined_by)
            if held is not None:
                yield Slot(name, slot[0], held.number - 1, slot[1])
