"""The terms of a deal on a few pages."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.term_sheet import term_sheet_document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force


def document(asked: Asked) -> Document:
    """The term sheet of the version in force on the day."""
    return term_sheet_document(deal_in_force(asked.path, on=asked.on))
