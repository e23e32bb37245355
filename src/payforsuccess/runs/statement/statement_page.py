"""A statement as a page, with the payment curves of its lines."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Line, Statement
from payforsuccess.payments.compile import compile_term
from payforsuccess.payments.nodes import Bands, Outcome, walk
from payforsuccess.reports import Document
from payforsuccess.reports.charts import PaymentCurve, Point
from payforsuccess.reports.curves import pieces_of
from payforsuccess.reports.document import Block
from payforsuccess.reports.statement import statement_document
from payforsuccess.units import CURRENCY_DIGITS


def statement_paper(
    deal: Deal,
    statement: Statement,
    *,
    is_issued: bool,
    beside: tuple[Block, ...] = (),
    without_counts: bool = False,
) -> Document:
    """A statement as a document; what stands `beside` it comes after it and is no part of it.

    Payment curves are drawn where the extra `analysis` is installed; every number is there without.
    """
    from payforsuccess.reports.charts import payment_curve

    curves = [] if without_counts else payment_curves(deal, statement)
    figures = tuple(payment_curve(curve) for curve in curves)
    return statement_document(
        statement,
        is_issued=is_issued,
        figures=figures,
        assumptions=deal.assumptions,
        coding=beside,
        without_counts=without_counts,
    )


def payment_curves(deal: Deal, statement: Statement) -> tuple[PaymentCurve, ...]:
    """The bands of each line of the statement's period, with the point that was paid on them.

    Only lines whose amount is read from bands of one outcome with stated bounds have a curve.
    """
    curves: list[PaymentCurve] = []
    for line in statement.lines:
        if line.period != statement.period or line.kind != "line":
            continue
        curve = _curve(deal, statement, line)
        if curve is not None:
            curves.append(curve)
    return tuple(curves)


def _curve(deal: Deal, statement: Statement, line: Line) -> PaymentCurve | None:
    term = next((t for t in deal.payments if t.name == line.term), None)
    if term is None:
        return None
    period = deal.schedule.period(statement.period)
    bands = [
        node
        for node in walk(compile_term(term, deal=deal, period=period).part)
        if isinstance(node, Bands)
    ]
    if len(bands) != 1 or not isinstance(bands[0].of, Outcome):
        return None
    name = bands[0].outcome
    outcome = deal.outcomes[name]
    bounds = outcome.bounds.value if outcome.bounds is not None else None
    if bounds is None or bounds.least == bounds.most:
        return None
    used = [u for u in statement.results if u.outcome == name]
    on_line = len(used) == 1 and line.amount == line.entitled and not line.cut
    digits = CURRENCY_DIGITS[deal.currency]
    return PaymentCurve(
        title=f"What {term.name.replace('_', ' ')} pays",
        outcome=outcome.says,
        unit=outcome.unit,
        currency=deal.currency,
        pieces=pieces_of(bands[0], least=bounds.least, most=bounds.most),
        paid=Point(used[0].value, line.amount) if on_line else None,
        ceiling=None if term.ceiling is None else int(term.ceiling * 10**digits),
    )
