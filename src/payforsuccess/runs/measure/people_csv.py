"""Rows by person as CSV, in the form that `people_rows` reads."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.payments.people import PersonRow
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.units import exact_text

PEOPLE_FILE = "people.csv"
COLUMNS = ("outcome", "period", "person", "quantity", "source")


def people_csv(rows: Iterable[PersonRow]) -> str:
    """The rows in order; a source that a row names twice stands there once.

    What linkage and measures make has neither groups nor cohorts, so those columns are left out.
    """
    return csv_text(
        COLUMNS,
        (
            (row.outcome, row.period, row.person, exact_text(row.quantity), _once(row.source))
            for row in rows
        ),
    )


def _once(source: str) -> str:
    return ";".join(dict.fromkeys(part for part in source.split(";") if part))
