"""All or nothing from a share of the cohort on."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import ShareThreshold
from payforsuccess.payments.compile.context import Context, less
from payforsuccess.payments.nodes import Condition, Fixed, Node, Price, Test
from payforsuccess.units import exact_text


def compile_share_threshold(term: ShareThreshold, context: Context) -> Node:
    """The lump sum, or the price for each who passed, when the share was reached.

    The share is tested without dividing: passed - share x cohort is 0 or more, and the cohort is
    not empty.
    """
    passed, cohort = context.value(term.passed), context.value(term.out_of)
    reached = (
        Test(cohort, ">", Fraction(0), "the cohort is not empty"),
        Test(
            less(passed, Price(cohort, term.at_least)) if term.at_least else passed,
            ">=",
            Fraction(0),
            f"at least {exact_text(term.at_least * 100)} percent of the cohort passed",
        ),
    )
    paid: Node
    if term.amount is not None:
        paid = Fixed(context.price(term.amount), "the sum", money=True)
    else:
        paid = Price(passed, context.price(term.price or Fraction(0)), "price", money=True)
    return Condition(paid, reached, key=f"{term.name}.share")
