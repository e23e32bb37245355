"""The table of policies and the changes wanted, as a document of its own."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.blueprint import policies_document
from payforsuccess.runs.blueprint.read import open_blueprint
from payforsuccess.runs.documents.kinds import Asked


def document(asked: Asked) -> Document:
    """Part d of the blueprint beside the initiative, as of the day."""
    return policies_document(open_blueprint(asked.path, on=asked.on).facts)
