"""The public report of a deal, by name."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.public_report import PublicFacts, public_report
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.opened import opened_deal


def document(asked: Asked) -> Document:
    """To the day: goals, parties, terms, results and payments."""
    return public_report(PublicFacts(opened_deal(asked), tells_names=True))
