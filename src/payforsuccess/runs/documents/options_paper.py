"""Options for securing evaluators and intermediaries, as a paper of its own."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.blueprint import options_document
from payforsuccess.runs.blueprint.read import open_blueprint
from payforsuccess.runs.documents.kinds import Asked


def document(asked: Asked) -> Document:
    """Part b of the blueprint beside the initiative, as of the day."""
    return options_document(open_blueprint(asked.path, on=asked.on).facts)
