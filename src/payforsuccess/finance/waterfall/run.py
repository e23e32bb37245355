"""The waterfall of a deal, day by day: draws, costs, success payments, and who gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import Flows, Move
from payforsuccess.finance.waterfall.arithmetic import Arithmetic
from payforsuccess.finance.waterfall.arrive import arrive
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.needs import needs_of
from payforsuccess.finance.waterfall.plan import Plan, plan_of
from payforsuccess.finance.waterfall.project import (
    Draws,
    call_guarantees,
    draw,
    give_back_unspent,
    other_needs,
    pay_costs,
)
from payforsuccess.finance.waterfall.steps import pay_out

Payments = Mapping[tuple[int, str], Any]
"""What each payment term pays, by the place of the day and the term's name."""


def run_waterfall(
    deal: Deal,
    calendar: CashCalendar,
    *,
    needs: Sequence[Move],
    payments: Payments,
    draws: Draws,
    triggers_met: Mapping[str, Any],
    arithmetic: Arithmetic,
    plan: Plan | None = None,
    book: Book | None = None,
) -> Flows:
    """Every move of cash, in the order in which it happens.

    On each day: base pay and costs that others bear; capital is drawn; costs are paid; success
    payments arrive and the steps pay them out. On the last day unspent capital goes back, and then
    guarantees are called on principal that is lost.

    `needs` are the costs and base pay as moves. `triggers_met` says of each trigger whether it is
    met: a bool, or one for each world. With `Exact` amounts are whole minor units of one world;
    with `Worlds` they are arrays, and payment terms that nobody tells apart share a pool.
    A deal that lacks something for this (`lacks_for_waterfall`) is not held here. `book` stands in
    place of an empty one, for a reader that looks at it as each day closes.
    """
    if book is None:
        plan = plan or plan_of(deal, merges_pools=not arithmetic.is_exact)
        book = Book(plan, calendar, arithmetic)
    by_day = needs_of(needs, plan=book.plan, calendar=calendar, numbers=arithmetic)
    paid_on = set(calendar.paid_on)
    last_paid: date = max(paid_on)
    for at, day in enumerate(calendar.days):
        book.at = at
        other_needs(book, by_day)
        draw(book, by_day, draws, triggers_met)
        pay_costs(book, by_day)
        if day in paid_on:
            due = [term for term in deal.payments if (at, term.name) in payments]
            arrive(book, [(term, payments[at, term.name]) for term in due])
            pay_out(book, triggers_met, is_last=day == last_paid)
        book.close_day()
    give_back_unspent(book, by_day)
    call_guarantees(book)
    return Flows(tuple(book.moves), book.credit, book.forgiven, book.unfunded)
