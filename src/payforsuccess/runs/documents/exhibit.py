"""The contract in plain words, as an exhibit."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.exhibit import exhibit_document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force
from payforsuccess.runs.explain import explain


def document(asked: Asked) -> Document:
    """The exhibit of the version in force on the day."""
    deal = deal_in_force(asked.path, on=asked.on)
    return exhibit_document(deal, explain(deal).sections)
