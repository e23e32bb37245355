"""How far each payment term can go: its trees, the ranges of what it reads, and its bounds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import Coupon, PaymentTerm, UnitPrice
from payforsuccess.payments.analyse import ZERO, Interval, Range, Scope, bounds_of
from payforsuccess.payments.compile import LINE, compile_term, put_in
from payforsuccess.payments.nodes import Node, Sum, inputs_of
from payforsuccess.payments.proofs.people import PersonLimits, minor
from payforsuccess.payments.range import least_and_most
from payforsuccess.units import Period, round_exact


@dataclass(frozen=True)
class Reach:
    """One payment term of a deal, looked at over all periods."""

    deal: Deal
    number: int

    @property
    def term(self) -> PaymentTerm:
        """The payment term."""
        return self.deal.payments[self.number]

    @property
    def name(self) -> str:
        """The name of the payment term."""
        return self.term.name

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the term stands in the deal file."""
        return ("payments", self.number)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every payment period of the deal."""
        return self.deal.schedule.all()

    @cached_property
    def relaxed(self) -> PaymentTerm:
        """The term without what is limited person by person, which totals cannot show."""
        changes: dict[str, Any] = {"ceiling_each_person": None, "round_each": "line"}
        if isinstance(self.term, UnitPrice):
            changes["limit_each_person"] = None
        return self.term.model_copy(update=changes)

    @cached_property
    def widest(self) -> PaymentTerm:
        """The term whose totals are never below what it pays person by person.

        What one person's deduction takes off below 0 takes nothing off another's count.
        """
        if isinstance(self.term, UnitPrice) and self.term.deduct and self.people.are_looked_at:
            return self.relaxed.model_copy(update={"deduct": None})
        return self.relaxed

    @cached_property
    def people(self) -> PersonLimits:
        """What limits for one person come to."""
        return PersonLimits(self.deal, self.term)

    def parts_in(self, period: Period) -> int:
        """How often the term can be computed in a period: for each point, or for each cohort."""
        if self.term.reads == "points":
            return sum(point.determined_by in period for point in self.term.points)
        return max(1, len(self.deal.people.cohorts))

    def tree(self, period: Period) -> Node:
        """The term in a period as one tree, with all its points or cohorts added up."""
        alike = self._alike(period)
        if alike not in self._trees:
            compiled = compile_term(self.widest, deal=self.deal, period=period)
            parts = self.parts_in(period)
            self._trees[alike] = (
                compiled.whole()
                if parts <= 1
                else put_in(compiled.line, LINE, Sum((compiled.part,) * parts))
            )
        return self._trees[alike]

    @cached_property
    def _trees(self) -> dict[Hashable, Node]:
        return {}

    def _alike(self, period: Period) -> Hashable:
        """What a tree depends on of its period: where this is equal, trees are."""
        term = self.term
        months = (period.start.year - self.deal.periods.from_.year) * 12
        months += period.start.month - self.deal.periods.from_.month
        return (
            self.parts_in(period),
            months // 12 if term.index is not None else 0,
            period.number if term.carry_until is not None else 0,
            (period.start, period.end) if isinstance(term, Coupon) else None,
            tuple(
                self.deal.baseline_of(name, period_start=period.start)
                for name in term.outcomes_read()
            )
            if self.deal.excused
            else None,
        )

    @cached_property
    def first(self) -> Node:
        """The term as one tree in the first period in which it is due, for one point or cohort."""
        due = next((period for period in self.periods if self.parts_in(period)), self.periods[0])
        return compile_term(self.relaxed, deal=self.deal, period=due).whole()

    @cached_property
    def scope(self) -> Scope:
        """Every input within the deal's bounds, over all periods."""
        domain = {name: self._range(name) for name in inputs_of(self.first)}
        return Scope(domain, len(self.periods))

    def scope_of_one(self) -> Scope:
        """Every input within the deal's bounds, in one period with nothing before it."""
        return Scope(self.scope.domain, 1)

    def _range(self, name: str) -> Range:
        if name.startswith(("fact:", "significant:")):
            return Range(0, 1)
        base, _, group = name.partition("@")
        outcome = self.deal.outcomes[base]
        given = self._read(
            outcome, ticks_of(self.deal, outcome), is_own=not self.is_only_tested(base)
        )
        if not group:
            return given
        return Range(
            None if given.least is None else min(0, given.least),
            None if given.most is None else max(0, given.most),
        )

    def is_only_tested(self, name: str) -> bool:
        """Whether the term only looks at an outcome in a condition: it reads single results."""
        tested = {condition.outcome for condition in self.term.conditions}
        return name in tested and name not in self.term._own_outcomes()

    def _read(self, outcome: Outcome, given: Range, *, is_own: bool) -> Range:
        """The range of what the term reads, which may be a sum or a difference of results."""
        least, most = given.least, given.most
        if not is_own:
            return given
        if self.term.reads == "to-date" and outcome.reported_as != "to-date":
            count = len(self.periods)
            return Range(
                None if least is None else min(least, least * count),
                None if most is None else max(most, most * count),
            )
        if self.term.reads != "to-date" and outcome.reported_as == "to-date":
            if least is None or most is None:
                return Range(None, None)
            return Range(min(least, least - most), max(most, most - least))
        return given

    @cached_property
    def each_period(self) -> tuple[Interval, ...]:
        """The bounds of the line in each period, in minor units, whatever came before."""
        found: list[Interval] = []
        known: dict[Hashable, Interval] = {}
        for period in self.periods:
            if not self.parts_in(period):
                found.append(ZERO)
                continue
            alike = self._alike(period)
            if alike not in known:
                known[alike] = self.people.of_period(bounds_of(self.tree(period), self.scope).now)
            found.append(known[alike])
        return tuple(found)

    @cached_property
    def in_all(self) -> Fraction | None:
        """The most the line can pay over the whole deal, in minor units; None without a bound."""
        limits = [self._sum_of_periods(), self.ceiling_in_all, self.people.in_all]
        alike = {self._alike(period): period for period in self.periods if self.parts_in(period)}
        if len(alike) == 1 and self.term.reads != "points" and not self.people.are_looked_at:
            tree = self.tree(next(iter(alike.values())))
            limits.append(bounds_of(tree, self.scope).total.most)
        known = [limit for limit in limits if limit is not None]
        return min(known, default=None)

    @cached_property
    def without_ceiling(self) -> Fraction | None:
        """The most the line could pay in all if its own ceiling were not there, in minor units."""
        if self.term.ceiling is None:
            return self.in_all
        open_deal = self.deal.model_copy(
            update={
                "payments": tuple(
                    term.model_copy(update={"ceiling": None}) if at == self.number else term
                    for at, term in enumerate(self.deal.payments)
                )
            }
        )
        return Reach(open_deal, self.number).in_all

    def _sum_of_periods(self) -> Fraction | None:
        whole = Fraction(0)
        for interval in self.each_period:
            if interval.most is None:
                return None
            whole += max(interval.most, Fraction(0))
        return whole

    @property
    def ceiling_in_all(self) -> Fraction | None:
        """The line's own ceiling over the whole deal, or over all its cohorts."""
        limits = [minor(self.deal, self.term.ceiling)]
        cohorts = len(self.deal.people.cohorts)
        # Points without a cohort have the ceiling to themselves, as if they were one more.
        cohorts += any(point.cohort is None for point in self.term.points)
        if self.term.ceiling_each_cohort is not None and cohorts:
            limits.append(minor(self.deal, self.term.ceiling_each_cohort * cohorts))
        known = [limit for limit in limits if limit is not None]
        return min(known, default=None)


def reaches_of(deal: Deal) -> tuple[Reach, ...]:
    """Every payment term of a deal, in order."""
    return tuple(Reach(deal, number) for number in range(len(deal.payments)))


def ticks_of(deal: Deal, outcome: Outcome) -> Range:
    """The range of an outcome's results in whole steps, from its bounds or the head count."""
    least, most = least_and_most(deal, outcome)
    rule = outcome.rounding

    def steps(bound: Fraction, inside: int) -> int:
        """A bound between two steps; a result there is rounded as the outcome says, or refused."""
        return inside if rule == "refuse" else round_exact(bound / outcome.tick, rule)

    return Range(
        None if least is None else steps(least, (least / outcome.tick).__ceil__()),
        None if most is None else steps(most, (most / outcome.tick).__floor__()),
    )


__all__ = ["Reach", "reaches_of", "ticks_of"]
