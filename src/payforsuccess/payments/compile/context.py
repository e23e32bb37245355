"""What a compiler may ask for while it turns a payment term into a tree."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome as DealOutcome
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.nodes import Fixed, Node, Outcome, Price, RunningTotal, Sum
from payforsuccess.units import CURRENCY_DIGITS, Period


@dataclass(frozen=True)
class Context:
    """The deal, the term and the period, and whether results by person are at hand."""

    deal: Deal
    term: PaymentTerm
    period: Period
    by_person: bool = False
    cohort: str = ""

    def outcome(self, name: str) -> DealOutcome:
        """The outcome as the deal defines it."""
        return self.deal.outcomes[name]

    def value(self, name: str, *, group: str = "") -> Node:
        """The outcome's value (or a subgroup's part of it) in whole ticks.

        By person and read to date it is the running total: people's rows are one period's.
        """
        outcome = self.outcome(name)
        key = f"{name}@{group}" if group else name
        leaf = Outcome(key, outcome.tick, outcome.unit)
        if self.by_person and self.term.reads == "to-date":
            return RunningTotal(leaf, to_date_key(f"{self.term.name}:{key}", self.cohort))
        return leaf

    def minor(self, amount: Fraction) -> Fraction:
        """An amount of whole currency units in minor units, still exact."""
        return amount * Fraction(10 ** CURRENCY_DIGITS[self.deal.currency])

    def price(self, price: Fraction) -> Fraction:
        """A price in minor units in this period: the year's index factor included, not rounded."""
        return self.minor(price) * self.index_factor

    @property
    def year(self) -> int:
        """The year of the deal that holds the period's first day, counted from 1."""
        first = self.deal.periods.from_
        start = self.period.start
        months = (start.year - first.year) * 12 + start.month - first.month
        return months // 12 + 1

    @property
    def index_factor(self) -> Fraction:
        """What prices are multiplied by in this period."""
        index = self.term.index
        if index is None:
            return Fraction(1)
        if index.yearly is not None:
            return index.yearly ** (self.year - 1)
        factor = Fraction(1)
        for step in index.factors:
            if step.year <= self.year:
                factor = step.factor
        return factor


def to_date_key(name: str, cohort: str = "") -> str:
    """Where what a term earned to date is kept, for each cohort apart where they are told apart."""
    return f"{name}.to-date" + (f".{cohort}" if cohort else "")


def less(one: Node, other: Node) -> Node:
    """One less the other."""
    return Sum((one, Price(other, Fraction(-1))))


def plus_fixed(node: Node, number: Fraction, says: str) -> Node:
    """A node plus a number; the node itself when the number is 0."""
    return Sum((node, Fixed(number, says))) if number else node
