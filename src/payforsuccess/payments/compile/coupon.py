"""Rate x balance x day count."""

from __future__ import annotations

from payforsuccess.deal.terms import Coupon
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import pieces_of
from payforsuccess.payments.nodes import Bands, Node
from payforsuccess.units import day_count_fraction


def compile_coupon(term: Coupon, context: Context) -> Node:
    """The balance times the period's part of a year times the rate read from the outcome."""
    period = context.period
    of_year = day_count_fraction(period.start, period.end, term.day_count)
    yearly = context.minor(term.balance) * of_year
    return Bands(
        context.value(term.pays_for), pieces_of(term.as_bands(), times=yearly), term.pays_for
    )
