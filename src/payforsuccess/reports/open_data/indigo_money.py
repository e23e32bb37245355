"""The capital of a deal and the money that moved, in the fields of the INDIGO standard."""

from __future__ import annotations

from payforsuccess.deal.capital import Tranche
from payforsuccess.deal.deal import Deal
from payforsuccess.reports.open_data.indigo_words import Organisations, money, period, said
from payforsuccess.reports.open_data.shown import Opened
from payforsuccess.units import exact_text

_TYPES = {
    "senior-loan": "Debt",
    "junior-loan": "Debt",
    "loan": "Debt",
    "program-related-investment": "Debt",
    "provider-equity": "Equity",
}
"""Forms of capital for which the standard has a word; the others are named in the notes."""


def investments(deal: Deal, of: Organisations) -> list[object]:
    """Every layer of capital; the form, the place and the rate stand in the notes."""
    return [
        {
            "id": tranche.name,
            "organisation_id": said(of.id_of(tranche.party)),
            "investment_commitment": {
                "currency": said(deal.currency),
                "amount": {"exact": said(tranche.amount)},
            },
            "investment_type": said(_TYPES.get(tranche.kind)),
            "notes": _notes(tranche),
        }
        for tranche in deal.capital
    ]


def _notes(tranche: Tranche) -> str:
    order = "" if tranche.order is None else f"; place {tranche.order} in the order of repayment"
    rate = "" if tranche.rate is None else f"; yearly rate {exact_text(tranche.rate)}"
    return f"{tranche.kind}{order}{rate}"


def transactions(deal: Deal) -> list[object]:
    """Capital drawn and repaid, as the deal records it."""
    return [
        {
            "investment_id": said(tranche.name),
            "date": said(move.on.isoformat()),
            "transaction_type": said(
                "Capital Repayment" if move.kind == "repaid" else _drawn_as(tranche)
            ),
            "money": money(move.amount, deal.currency),
        }
        for tranche in deal.capital
        for move in tranche.moved
    ]


def _drawn_as(tranche: Tranche) -> str:
    if "grant" in tranche.kind:
        return "Grant"
    return _TYPES.get(tranche.kind, "Other")


def payments_made(shown: Opened, of: Organisations) -> list[object]:
    """Success payments made, by the period of their statement; what came back is below zero."""
    deal = shown.deal
    statements = {one.number: one for one in shown.statements}
    payor = deal.payors[0].party if len(deal.payors) == 1 else None
    rows: list[object] = []
    for payment in shown.payments:
        statement = statements.get(payment.statement)
        amount = payment.amount
        if amount is None:
            continue
        rows.append(
            {
                "period": {}
                if statement is None
                else period(statement.period_start, statement.period_end),
                "payer_organisation_id": said(None if payor is None else of.id_of(payor)),
                "type": said("Actual"),
                "money": money(amount if payment.kind == "paid" else -amount, deal.currency),
                "notes": f"On {payment.on}, for statement {payment.statement}",
            }
        )
    return rows
