"""The intake form of a federal application."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.federal import application
from payforsuccess.runs.documents.federal import federal_facts
from payforsuccess.runs.documents.kinds import Asked


def document(asked: Asked) -> Document:
    """Filled from the deal and what lies beside it; what no file tells stands open."""
    return application(federal_facts(asked))
