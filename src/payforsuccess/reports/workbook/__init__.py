"""A forecast as a workbook with live formulas, for people who audit a model cell by cell."""

from __future__ import annotations

from payforsuccess.reports.workbook.workbook import workbook_of

__all__ = ["workbook_of"]
