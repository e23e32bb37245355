"""The contract of a release: period, value, milestones, documents, and the payments made."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.open_data.ocds_words import at_midnight, value_of
from payforsuccess.reports.open_data.shown import Opened, OpenStatement


def contract_of(shown: Opened, ids: dict[str, str]) -> dict[str, object]:
    """The deal as the standard's contract under its one award."""
    deal = shown.deal
    executed = deal.executed
    return {
        "id": "contract-1",
        "awardID": "award-1",
        "title": deal.deal if executed is None else executed.title or deal.deal,
        "description": _not_shown(shown),
        "status": _status(shown),
        "period": {
            "startDate": at_midnight(deal.in_force_from),
            "endDate": at_midnight(deal.ends_on),
        },
        "value": value_of(deal.ceiling, deal.currency),
        "dateSigned": None if executed is None else at_midnight(executed.signed_on),
        "documents": _contract_documents(deal),
        "milestones": _points(shown),
        "implementation": {
            "transactions": _transactions(shown, ids),
            "milestones": [_statement_milestone(one, shown) for one in shown.statements],
            "documents": [_statement_document(one) for one in shown.statements],
        },
    }


def _not_shown(shown: Opened) -> str:
    listed = "; ".join(f"{one.what}: {one.because}" for one in shown.redactions)
    return f"Not shown: {listed}"


def _status(shown: Opened) -> str:
    if shown.deal.executed is None:
        return "pending"
    return "active" if shown.on <= shown.deal.ends_on else "terminated"


def _contract_documents(deal: Deal) -> list[object]:
    if deal.executed is None:
        return []
    return [
        {
            "id": "signed-contract",
            "documentType": "contractSigned",
            "title": deal.executed.title or "The signed contract",
            "description": f"SHA-256 of the document: {deal.executed.contract}",
            "datePublished": at_midnight(deal.executed.signed_on),
        }
    ]


def _points(shown: Opened) -> list[object]:
    """Measurement points of payment terms: met once a statement rests on a determined result.

    That it is met says that it was determined, not what came of it.
    """
    determined = {one.slot for one in shown.results if one.standing == "determined"}
    return [
        {
            "id": f"{term.name}-{point.name}",
            "title": point.says or point.name,
            "type": "assessment",
            "description": f"Determination for the payment term {term.name}",
            "dueDate": at_midnight(point.determined_by),
            "status": "met" if f"point {point.name}" in determined else "scheduled",
        }
        for term in shown.deal.payments
        for point in term.points
    ]


def _transactions(shown: Opened, ids: dict[str, str]) -> list[object]:
    """Payments made; what was paid back is below zero. The payor is named where there is one."""
    deal = shown.deal
    only = deal.payors[0].party if len(deal.payors) == 1 else None
    payer = None if only is None else {"id": ids.get(only), "name": only}
    rows: list[object] = []
    for at, payment in enumerate(shown.payments, 1):
        if payment.amount is None:
            continue
        amount = payment.amount if payment.kind == "paid" else -payment.amount
        rows.append(
            {
                "id": f"payment-{at}",
                "date": at_midnight(payment.on),
                "value": value_of(amount, deal.currency),
                "payer": payer,
            }
        )
    return rows


def _statement_milestone(statement: OpenStatement, shown: Opened) -> dict[str, object]:
    """A statement falls due and is met by the first payment on it."""
    paid = [one.on for one in shown.payments if one.statement == statement.number]
    return {
        "id": f"statement-{statement.number}",
        "title": f"Payment on statement {statement.number}",
        "type": "financing",
        "dueDate": at_midnight(statement.due_on),
        "dateMet": at_midnight(min(paid)) if paid else None,
        "status": "met" if paid else "scheduled",
    }


def _statement_document(statement: OpenStatement) -> dict[str, object]:
    return {
        "id": f"statement-{statement.number}-document",
        "documentType": "financialProgressReport",
        "title": f"Statement {statement.number}, period {statement.period}",
        "description": f"Checksum {statement.checksum}" if statement.checksum else None,
        "datePublished": at_midnight(statement.as_of),
    }
