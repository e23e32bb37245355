"""Price times a count, after deductions and limits."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import UnitPrice
from payforsuccess.payments.compile.context import Context, less
from payforsuccess.payments.nodes import Ceiling, Floor, Least, Node, Price, Round, Sum


def compile_unit_price(term: UnitPrice, context: Context) -> Node:
    """Count, less deductions, within the limit per person and the share caps, times the price."""
    count = context.value(term.pays_for)
    if term.deduct is not None:
        count = Floor(less(count, context.value(term.deduct)), Fraction(0), "never below 0")
    if term.limit_each_person is not None:
        count = Ceiling(
            count,
            Fraction(term.limit_each_person),
            f"at most {term.limit_each_person} for one person",
            key=f"{term.name}.units" if term.reads == "period" else "",
        )
    price = context.price(term.price)
    counted = _within_share_caps(term, count, context)
    parts: list[Node] = [Price(counted, price, "price", money=True)]
    for subgroup in term.subgroups:
        if subgroup.times != 1:
            part = Least(count, context.value(term.pays_for, group=subgroup.group))
            parts.append(
                Price(
                    part,
                    price * (subgroup.times - 1),
                    f"uplift for {subgroup.group}",
                    money=True,
                )
            )
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _within_share_caps(term: UnitPrice, count: Node, context: Context) -> Node:
    """The count, each capped group reduced until it is within its share of what is left."""
    for cap in term.share_caps:
        if cap.at_most == 1:
            continue
        group = context.value(term.pays_for, group=cap.group)
        others = less(count, group)
        # A group that may be a share s of all paid units may be s / (1 - s) of the others.
        room = Round(
            Price(others, cap.at_most / (1 - cap.at_most), f"room for {cap.group}"),
            "down",
            to=context.outcome(term.pays_for).tick,
        )
        count = Sum((others, Least(group, room, f"{cap.group} within its share")))
    return count
