"""The report of a run: facts gathered for the reports room, and written as one page."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.results import Determination, Line, Statement
from payforsuccess.errors import Finding
from payforsuccess.payments.compile import compile_term
from payforsuccess.payments.nodes import Bands, Outcome, walk
from payforsuccess.payments.statement import Made
from payforsuccess.payments.words import in_words
from payforsuccess.reports import write_html
from payforsuccess.reports.charts import PaymentCurve, Point
from payforsuccess.reports.curves import pieces_of
from payforsuccess.reports.notices import UNSIGNED_RESULTS
from payforsuccess.reports.run import run_document
from payforsuccess.reports.run_facts import DataUsed, EstimateShown, RunFacts
from payforsuccess.reports.statement import statement_document
from payforsuccess.runs.evaluate import Evaluated
from payforsuccess.runs.ingest import Ingested
from payforsuccess.trail import RunRecord
from payforsuccess.units import CURRENCY_DIGITS, money_text


def run_report(
    deal: Deal,
    *,
    ingested: Ingested,
    evaluated: Evaluated,
    determinations: tuple[Determination, ...],
    made: Made,
    record: RunRecord,
    run: str,
    as_of: date,
    findings: tuple[Finding, ...],
) -> bytes:
    """The run as an accessible, self-contained HTML page."""
    sources = {source.feed: source for source in deal.data}
    facts = RunFacts(
        deal=deal.deal,
        says=_says(evaluated.estimates, made.statement),
        run=run,
        as_of=as_of,
        standing=deal.standing,
        is_certified=deal.is_certified,
        record=record,
        data=tuple(
            DataUsed(sources[read.feed], read.rows, read.fingerprint) for read in ingested.reads
        ),
        estimates=tuple(
            EstimateShown(plan.estimate, deal.evaluation[plan.estimate.plan].says, as_of)
            for plan in evaluated.plans
        ),
        determinations=determinations,
        deal_in_words=tuple(in_words(term, deal) for term in deal.payments),
        curves=payment_curves(deal, made.statement),
        statement=made.statement,
        findings=findings,
        # A deal that is not a contract is run for practice: see `run`.
        notices=() if deal.standing == "contract" else (UNSIGNED_RESULTS,),
        assumptions=deal.assumptions,
    )
    return write_html(run_document(facts))


def statement_report(deal: Deal, statement: Statement, *, is_issued: bool) -> bytes:
    """A statement as an accessible, self-contained HTML page."""
    from payforsuccess.reports.charts import payment_curve

    figures = tuple(payment_curve(curve) for curve in payment_curves(deal, statement))
    document = statement_document(
        statement, is_issued=is_issued, figures=figures, assumptions=deal.assumptions
    )
    return write_html(document)


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
        node for node in walk(compile_term(term, deal=deal, period=period).part)
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


def _says(estimates: tuple[Estimate, ...], statement: Statement) -> str:
    said: list[str] = []
    for estimate in estimates:
        treated, control = estimate.arms[0], estimate.arms[1]
        said.append(
            f"{treated.total:,} of {treated.known:,} in the arm {treated.arm} against "
            f"{control.total:,} of {control.known:,} in the arm {control.arm}."
        )
    amount = money_text(statement.total, statement.currency, code=True)
    said.append(f"The statement comes to {amount}.")
    return " ".join(said)
