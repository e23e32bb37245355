"""Rate x balance x day count."""

from __future__ import annotations

from datetime import timedelta

from payforsuccess.deal.terms import Coupon
from payforsuccess.payments.compile.context import Context
from payforsuccess.payments.compile.pieces import pieces_of
from payforsuccess.payments.nodes import Bands, Node
from payforsuccess.units import day_count_fraction


def compile_coupon(term: Coupon, context: Context) -> Node:
    """The balance times the period's part of a year times the rate read from the outcome.

    In the last period the days end with the deal, even where the period would run on.
    """
    period, after_the_deal = context.period, context.deal.ends_on + timedelta(days=1)
    end = min(period.end, after_the_deal)
    of_year = day_count_fraction(period.start, end, term.day_count)
    yearly = context.minor(term.balance) * of_year
    return Bands(
        context.value(term.pays_for), pieces_of(term.as_bands(), times=yearly), term.pays_for
    )
