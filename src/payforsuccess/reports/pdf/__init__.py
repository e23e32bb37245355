"""The PDF writer: a document through Typst in its PDF/UA-1 mode, which refuses what is not
accessible."""

from __future__ import annotations

from payforsuccess.reports.pdf.pdf import write_pdf

__all__ = ["write_pdf"]
