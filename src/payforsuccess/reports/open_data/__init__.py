"""A deal, its statements and the library in open formats, with nothing about any person in them."""

from __future__ import annotations

from payforsuccess.reports.open_data.descriptor import descriptor
from payforsuccess.reports.open_data.exact_json import exact_json
from payforsuccess.reports.open_data.indigo import indigo_file
from payforsuccess.reports.open_data.ocds import ocds_package
from payforsuccess.reports.open_data.shown import Opened, Redaction, opened
from payforsuccess.reports.open_data.tables import OpenTable, comparator_table, deal_tables

__all__ = [
    "OpenTable",
    "Opened",
    "Redaction",
    "comparator_table",
    "deal_tables",
    "descriptor",
    "exact_json",
    "indigo_file",
    "ocds_package",
    "opened",
]
