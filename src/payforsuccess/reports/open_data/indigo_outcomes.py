"""Outcomes, their prices and their results, in the fields of the INDIGO standard."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.reports.open_data.indigo_words import Organisations, period, said
from payforsuccess.reports.open_data.shown import Opened
from payforsuccess.units import exact_text


def metrics(deal: Deal) -> list[object]:
    """Every outcome of the deal, paid for or not, under its name in the deal."""
    feeds = "; ".join(one.says for one in deal.data if one.says)
    return [
        {
            "id": name,
            "definition": said(outcome.says),
            "outcome_metric_target": said(
                None if outcome.target is None else f"{exact_text(outcome.target)} {outcome.unit}"
            ),
            "outcome_validation_method": said(_method(deal, outcome)),
            "data_source_for_outcome_validation": said(feeds),
            "notes": f"Unit: {outcome.unit}; {outcome.better} is better; no success is "
            f"{exact_text(outcome.no_success)}",
        }
        for name, outcome in deal.outcomes.items()
    ]


def _method(deal: Deal, outcome: Outcome) -> str | None:
    if outcome.estimate is not None and outcome.estimate in deal.evaluation:
        return f"Estimated: {deal.evaluation[outcome.estimate].design}"
    return None if outcome.measure is None else f"Counted: {outcome.measure.kind}"


def pricings(deal: Deal) -> list[object]:
    """Every payment term under the first outcome that it reads; the others stand in the notes."""
    return [_pricing(term, deal.currency) for term in deal.payments]


def _pricing(term: PaymentTerm, currency: str) -> dict[str, object]:
    outcomes = term.outcomes_read()
    price = term.price if term.kind == "unit-price" else None
    if price is not None and "/" in exact_text(price):
        price = None
    also = f"; reads also {', '.join(outcomes[1:])}" if len(outcomes) > 1 else ""
    return {
        "outcome_metric_id": said(outcomes[0] if outcomes else None),
        "currency": said(currency),
        "price_per_unit": {"amount": said(price)},
        "maximum_price_if_all_targets_achieved": {
            "amount": said(None if term.ceiling is None else exact_text(term.ceiling))
        },
        "price_description": said(term.says),
        "notes": f"{term.name}: {term.kind}, {term.clause}{also}",
    }


def results(shown: Opened, of: Organisations) -> list[object]:
    """Results that were stated and may be shown."""
    deal, last = shown.deal, shown.deal.schedule.all()[-1]
    checks = ", ".join(
        of.id_of(name) for name in (*of.holding("evaluator"), *of.holding("validator"))
    )
    return [
        {
            "outcome_metric_id": said(result.outcome),
            "result_level": said("Outcome level"),
            "result_type": said("Final" if result.period_start == last.start else "Interim"),
            "period": period(result.period_start, result.period_end),
            "outcomes_achieved": said(f"{exact_text(result.value)} {result.unit}"),
            "number_engaged_in_impact_bond": said(result.people),
            "outcomes_validator_organisation_ids": said(checks),
            "notes": f"{result.slot}, as stated in statement {result.statement}",
        }
        for result in shown.results
        if result.value is not None and result.outcome in deal.outcomes
    ]
