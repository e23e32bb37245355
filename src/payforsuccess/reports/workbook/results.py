"""Which results a payment line reads: by period, to date, at a point, or the last one known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from payforsuccess.deal.terms import UnitPrice
from payforsuccess.finance.slots import Slot
from payforsuccess.payments.inputs import Part
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.live import Live, live, rounded
from payforsuccess.units import Period

Key = tuple[str, str, str]


@dataclass(frozen=True)
class LiveResults:
    """Results by outcome, `period 3` or `point final`, and cohort; facts; shares of subgroups."""

    frame: Frame
    values: Mapping[Key, Live]
    facts: Mapping[str, Live]
    shares: Mapping[tuple[str, str], Live]

    def fact(self, name: str) -> Live:
        """1 where a fact holds."""
        return self.facts[name]

    def in_period(self, name: str, period: Period) -> Live:
        """The value of a period; of an outcome told to date, what the period added."""
        now = self.values[name, f"period {period.number}", ""]
        if self._is_to_date(name) and period.number > 1:
            return now - self.values[name, f"period {period.number - 1}", ""]
        return now

    def to_date(self, name: str, period: Period) -> Live:
        """The value up to the end of a period."""
        if self._is_to_date(name):
            return self.values[name, f"period {period.number}", ""]
        total: Any = 0
        for number in range(1, period.number + 1):
            total = self.values[name, f"period {number}", ""] + total
        return live(total)

    def at_point(self, name: str, part: Part, period: Period) -> Live:
        """The value at a measurement point."""
        if self.frame.deal.outcomes[name].reported_as != "point":
            return self.in_period(name, period)
        return self.values[self._known(name, part.point, part.cohort)]

    def latest(self, name: str, part: Part, period: Period) -> Live | None:
        """A condition's outcome: this period's value, or the last one known for points."""
        if self.frame.deal.outcomes[name].reported_as != "point":
            return self.values[name, f"period {period.number}", ""]
        known = [
            (point.determined_by, point.name, point.cohort or "")
            for term in self.frame.deal.payments
            for point in term.points
            if name in term.outcomes_read() and point.determined_by < period.end
        ]
        own = [(part.point, part.cohort)] if part.point else []
        for point, cohort in [*own, *((p, c) for _, p, c in sorted(known, reverse=True))]:
            key = self._known(name, point, cohort)
            if key in self.values:
                return self.values[key]
        return None

    def group(self, term: UnitPrice, group: str, part: Part, period: Period) -> Live:
        """The part of a result that falls to a subgroup: a share of each value, on its step."""
        name = term.pays_for
        if part.point and self.frame.deal.outcomes[name].reported_as == "point":
            return self._of_group(self._known(name, part.point, part.cohort), group)
        now = self._of_group((name, f"period {period.number}", ""), group)
        if term.reads == "to-date" and not self._is_to_date(name):
            total: Any = 0
            for number in range(1, period.number + 1):
                total = self._of_group((name, f"period {number}", ""), group) + total
            return live(total)
        if term.reads != "to-date" and self._is_to_date(name) and period.number > 1:
            return now - self._of_group((name, f"period {period.number - 1}", ""), group)
        return now

    def _of_group(self, key: Key, group: str) -> Live:
        tick = self.frame.deal.outcomes[key[0]].tick
        steps = rounded(self.values[key] * self.shares[key[0], group] / tick, 0)
        return steps if tick == 1 else steps * tick

    def _known(self, name: str, point: str, cohort: str) -> Key:
        key = (name, f"point {point}", cohort)
        return key if key in self.values else (name, f"point {point}", "")

    def _is_to_date(self, name: str) -> bool:
        return self.frame.deal.outcomes[name].reported_as == "to-date"


def live_results(frame: Frame, found: Mapping[Slot, Live]) -> LiveResults:
    """The results with facts and subgroups' shares as inputs."""
    inputs, assumptions = frame.inputs, frame.assumptions
    facts = {
        fact.name: inputs.sourced(
            "Outcomes",
            f"{fact.name} holds: 1 for yes, 0 for no",
            Fraction(int(fact.holds.in_case(frame.case) >= Fraction(1, 2))),
            fact,
        )
        for fact in assumptions.facts
    }
    shares = {
        (group.outcome, group.group): inputs.sourced(
            "Outcomes", f"{group.outcome}: part of {group.group}", group.share, group
        )
        for group in assumptions.groups
    }
    return LiveResults(frame, {slot.key: number for slot, number in found.items()}, facts, shares)
