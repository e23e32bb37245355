"""What is found in each world, and which of it a payment term reads in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import EffectPrice, PaymentTerm, UnitPrice
from payforsuccess.payments.inputs import Part
from payforsuccess.units import Period

Column = Any
"""An int64 array with one number for each world, or one integer for all of them."""
SlotKey = tuple[str, str, str]
"""Outcome, `period 3` or `point final`, cohort (or nothing)."""


@dataclass(frozen=True)
class WorldInputs:
    """What is found in each world, as columns.

    `ticks` are results in whole smallest steps, by slot. `facts` are 0 or 1 by the fact's name.
    `significant` are 0 or 1 by slot, for terms that pay only a significant effect. `groups` give
    the part of a slot that falls to a subgroup, by slot and group.
    """

    ticks: Mapping[SlotKey, Column]
    facts: Mapping[str, Column]
    significant: Mapping[SlotKey, Column]
    groups: Mapping[tuple[SlotKey, str], Column]


@dataclass(frozen=True)
class TermInputs:
    """The inputs of a term's trees by name, and outcomes of conditions that have no result yet."""

    columns: dict[str, Column]
    missing: frozenset[str]


def inputs_of_term(
    term: PaymentTerm, part: Part, period: Period, *, deal: Deal, worlds: WorldInputs
) -> TermInputs:
    """Every input of a term for one of its parts in a period."""
    return _Looking(deal, worlds).inputs(term, part, period)


@dataclass(frozen=True)
class _Looking:
    deal: Deal
    worlds: WorldInputs

    def inputs(self, term: PaymentTerm, part: Part, period: Period) -> TermInputs:
        own = term._own_outcomes()
        columns: dict[str, Column] = {}
        missing: set[str] = set()
        for name in term.outcomes_read():
            tested = any(condition.outcome == name for condition in term.conditions)
            if tested and name not in own:
                found = self._latest(name, part, period)
                if found is None:
                    missing.add(name)
                    continue
                columns[name] = found
            elif part.point:
                columns[name] = self._at_point(name, part, period)
            elif term.reads == "to-date":
                columns[name] = self._to_date(name, period)
            else:
                columns[name] = self._in_period(name, period)
        for condition in term.conditions:
            if condition.fact is not None:
                columns[f"fact:{condition.fact}"] = self.worlds.facts[condition.fact]
        if isinstance(term, EffectPrice) and term.significant_at is not None:
            slot = self._own_slot(term.pays_for, part, period)
            columns[f"significant:{term.name}"] = self.worlds.significant[slot]
        if isinstance(term, UnitPrice):
            for group in [s.group for s in term.subgroups] + [c.group for c in term.share_caps]:
                columns[f"{term.pays_for}@{group}"] = self._group(term, group, part, period)
        return TermInputs(columns, frozenset(missing))

    def _own_slot(self, name: str, part: Part, period: Period) -> SlotKey:
        if part.point and self.deal.outcomes[name].reported_as == "point":
            return self._known_point(name, part.point, part.cohort)
        return (name, f"period {period.number}", "")

    def _known_point(self, name: str, point: str, cohort: str) -> SlotKey:
        slot = (name, f"point {point}", cohort)
        return slot if slot in self.worlds.ticks else (name, f"point {point}", "")

    def _at_point(self, name: str, part: Part, period: Period) -> Column:
        if self.deal.outcomes[name].reported_as != "point":
            return self._in_period(name, period)
        return self.worlds.ticks[self._known_point(name, part.point, part.cohort)]

    def _in_period(self, name: str, period: Period) -> Column:
        now = self.worlds.ticks[(name, f"period {period.number}", "")]
        if self.deal.outcomes[name].reported_as == "to-date" and period.number > 1:
            return now - self.worlds.ticks[(name, f"period {period.number - 1}", "")]
        return now

    def _to_date(self, name: str, period: Period) -> Column:
        if self.deal.outcomes[name].reported_as == "to-date":
            return self.worlds.ticks[(name, f"period {period.number}", "")]
        return sum(
            self.worlds.ticks[(name, f"period {number}", "")]
            for number in range(1, period.number + 1)
        )

    def _latest(self, name: str, part: Part, period: Period) -> Column | None:
        """A condition's outcome: this period's value, or the last one known for points."""
        if self.deal.outcomes[name].reported_as != "point":
            return self.worlds.ticks[(name, f"period {period.number}", "")]
        known = [
            (point.determined_by, point.name, point.cohort or "")
            for term in self.deal.payments
            for point in term.points
            if name in term.outcomes_read() and point.determined_by < period.end
        ]
        own = [(part.point, part.cohort)] if part.point else []
        for point, cohort in [*own, *((p, c) for _, p, c in sorted(known, reverse=True))]:
            slot = self._known_point(name, point, cohort)
            if slot in self.worlds.ticks:
                return self.worlds.ticks[slot]
        return None

    def _group(self, term: UnitPrice, group: str, part: Part, period: Period) -> Column:
        name = term.pays_for
        groups = self.worlds.groups
        if part.point and self.deal.outcomes[name].reported_as == "point":
            return groups[(self._own_slot(name, part, period), group)]
        now = groups[((name, f"period {period.number}", ""), group)]
        is_to_date = self.deal.outcomes[name].reported_as == "to-date"
        if term.reads == "to-date" and not is_to_date:
            return sum(
                groups[((name, f"period {number}", ""), group)]
                for number in range(1, period.number + 1)
            )
        if term.reads != "to-date" and is_to_date and period.number > 1:
            return now - groups[((name, f"period {period.number - 1}", ""), group)]
        return now
