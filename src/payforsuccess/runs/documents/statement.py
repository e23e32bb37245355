"""An issued statement, with its approval beside it."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.statement.as_document import statement_as_document


def document(asked: Asked) -> Document:
    """The statement of the number, or the last that was issued."""
    return statement_as_document(asked.path, asked.number)
