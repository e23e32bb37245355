"""The Word writer: a document as a DOCX file that officials can edit, with real styles."""

from __future__ import annotations

from payforsuccess.reports.word.word import write_docx

__all__ = ["write_docx"]
