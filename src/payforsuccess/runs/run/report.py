"""The report of a run: facts gathered for the reports room, and written as one page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.deal.words import measure_in_words
from payforsuccess.deal.words.phrases import plural
from payforsuccess.errors import Finding
from payforsuccess.payments.statement import Made
from payforsuccess.payments.words import in_words
from payforsuccess.reports import write_html
from payforsuccess.reports.evaluation.names import amount_text
from payforsuccess.reports.notices import UNSIGNED_RESULTS
from payforsuccess.reports.numbers import decimal_text, exact_or_near
from payforsuccess.reports.run import run_document
from payforsuccess.reports.run_facts import (
    AttritionShown,
    DataUsed,
    EstimateShown,
    RunFacts,
)
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.statement.statement_page import payment_curves
from payforsuccess.trail import RunRecord
from payforsuccess.units import CURRENCY_DIGITS, money_text


def run_report(
    deal: Deal,
    *,
    ingested: Ingested,
    measured: Measured,
    evaluated: Evaluated,
    determinations: tuple[Determination, ...],
    made: Made,
    record: RunRecord,
    run: str,
    as_of: date,
    findings: tuple[Finding, ...],
    at_risk: tuple[str, ...] = (),
) -> bytes:
    """The run as an accessible, self-contained HTML page.

    at_risk: what would be due under other matches of people, a sentence each.
    """
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
            DataUsed(sources[read.feed], read.rows, read.fingerprint, read.file)
            for read in ingested.reads
        ),
        estimates=tuple(
            EstimateShown(
                plan.estimate, plan.payable, deal.evaluation[plan.estimate.plan].says, as_of
            )
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
        attrition=_attrition(deal, measured, evaluated),
        at_risk=at_risk,
    )
    return write_html(run_document(facts))


def _attrition(deal: Deal, measured: Measured, evaluated: Evaluated) -> tuple[AttritionShown, ...]:
    """Of each outcome that is measured, then of each plan."""
    outcomes = (
        AttritionShown(found.outcome, measure_in_words(measure), found.attrition)
        for found in measured.outcomes
        if (measure := deal.outcomes[found.outcome].measure) is not None and found.attrition
    )
    plans = (
        AttritionShown(
            plan.estimate.plan,
            measure_in_words(deal.evaluation[plan.estimate.plan].measure),
            plan.attrition,
        )
        for plan in evaluated.plans
        if plan.attrition
    )
    return (*outcomes, *plans)


def _says(estimates: tuple[Estimate, ...], statement: Statement) -> str:
    said = [_found(estimate) for estimate in estimates]
    amount = money_text(statement.total, statement.currency, code=True)
    said.append(f"On the terms of the deal file the statement comes to {amount}.")
    return " ".join(said)


def _mean(value: Fraction, unit: str) -> str:
    if unit in CURRENCY_DIGITS:
        return amount_text(value, unit)
    return f"{decimal_text(float(value))} {plural(unit)}"


def _found(estimate: Estimate) -> str:
    """What each arm came to, in a sentence."""
    name = estimate.plan.replace("_", " ").replace("-", " ").capitalize()
    told = [
        (
            f"{exact_or_near(arm.total)} of {arm.known:,} in the arm “{arm.arm}”"
            if estimate.is_share
            else f"{_mean(arm.mean, estimate.unit)} on average of "
            f"{arm.known:,} people in the arm “{arm.arm}”"
        )
        for arm in estimate.arms
    ]
    how = ", everyone counted as assigned" if estimate.estimand == "itt" else ""
    return f"{name}: {' against '.join(told)}{how}."
