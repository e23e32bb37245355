"""Rows by person as CSV, in the form that `people_rows` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from payforsuccess.payments.people import PersonRow
from payforsuccess.units import exact_text

PEOPLE_FILE = "people.csv"
COLUMNS = ("outcome", "period", "person", "quantity", "source")


def people_csv(rows: Iterable[PersonRow]) -> str:
    """The rows in order; a source that a row names twice stands there once.

    What linkage and measures make has neither groups nor cohorts, so those columns are left out.
    """
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for row in rows:
        sources = ";".join(dict.fromkeys(part for part in row.source.split(";") if part))
        out.writerow((row.outcome, row.period, row.person, exact_text(row.quantity), sources))
    return text.getvalue()
