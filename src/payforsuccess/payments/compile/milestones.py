"""Milestones, each paid once per person."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import Milestones
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.nodes import (
    Condition,
    Fixed,
    Least,
    Node,
    Outcome,
    Price,
    RunningTotal,
    Sum,
    Test,
    ToDate,
)


def compile_milestones(term: Milestones, context: Context) -> Node:
    """The sum of milestones reached times their prices.

    By person: each is paid once, and one that needs the earlier waits until that is reached. In
    totals the counts are taken as they are (the measure counted each person once).
    """
    parts: list[Node] = []
    earlier: Node | None = None
    for milestone in term.milestones:
        outcome = context.outcome(milestone.outcome)
        counted: Node = Outcome(milestone.outcome, outcome.tick, outcome.unit)
        if context.by_person:
            key = f"{term.name}:{milestone.outcome}"
            reached: Node = Least(
                RunningTotal(counted, f"{key}.reached"), Fixed(Fraction(1)), "once per person"
            )
            if milestone.needs_earlier and earlier is not None:
                needed = Test(earlier, ">=", Fraction(1), "the milestone before it was reached")
                reached = Condition(reached, (needed,), key=f"{key}.order")
            earlier = reached
            counted = ToDate(reached, f"{key}.paid")
        price = context.price(milestone.price)
        parts.append(Price(counted, price, f"for {milestone.outcome}", money=True))
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))
