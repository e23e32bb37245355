"""How ready the concept beside the deal is."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.readiness import readiness_document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.selection.assess import read_readiness


def document(asked: Asked) -> Document:
    """The report of `concept.yaml` in the folder, or of the file named."""
    return readiness_document(read_readiness(asked.path))
