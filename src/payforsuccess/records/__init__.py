"""Agency files to canonical rows: one folder a feed, agreements enforced, faults named by row."""

from __future__ import annotations

from payforsuccess.records.agreement import check_use, permitted_columns
from payforsuccess.records.ingest import FeedRead, Ingest, ingest
from payforsuccess.records.layout import Cleaned, FeedColumn, FeedLayout, FeedRows
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.reading import FileRead, read_file

__all__ = [
    "LAYOUTS",
    "Cleaned",
    "FeedColumn",
    "FeedLayout",
    "FeedRead",
    "FeedRows",
    "FileRead",
    "Ingest",
    "check_use",
    "ingest",
    "permitted_columns",
    "read_file",
]
