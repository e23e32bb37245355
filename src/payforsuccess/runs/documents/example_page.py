"""A deal as an example, without the names of its parties."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.public_report import PublicFacts, public_report
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.opened import opened_deal


def document(asked: Asked) -> Document:
    """To the day: the same as the public report, parties told by their roles."""
    return public_report(PublicFacts(opened_deal(asked), tells_names=False))
