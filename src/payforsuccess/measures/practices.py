"""Under which practice people enrolled: the last change at their site before they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import EnrolmentRow, Tables

PRACTICE = "practice"
"""The grouping by practice."""
BEFORE = "before any change"


@dataclass(frozen=True)
class Change:
    """A change of practice: its day, the site it was made at (None for all), and its name."""

    on: date
    site: str | None
    name: str


def compile_practices(tables: Tables, changes: Sequence[Change]) -> ir.Table:
    """One row an enrolment: enrolment, the practice as a `label`, and a `value` that is missing.

    Who enrols on the day of a change is under it already. Of two changes of one day the later in
    the list counts. Without a day of enrolment the practice is not known.
    """
    rows = tables.enrolments
    label = ibis.literal(BEFORE)
    for change in sorted(changes, key=lambda each: each.on):
        is_there = ibis.literal(True) if change.site is None else rows.site == change.site
        holds = ((rows.enrolled_on >= change.on) & is_there).fill_null(False)
        label = holds.ifelse(change.name, label)
    return rows.select(
        "enrolment",
        label=rows.enrolled_on.isnull().ifelse(ibis.null("string"), label),
        value=ibis.null("decimal(38, 9)"),
    )


def reference_practice(row: EnrolmentRow, changes: Sequence[Change]) -> str | None:
    """The same of one plain row."""
    if row.enrolled_on is None:
        return None
    under = BEFORE
    for change in sorted(changes, key=lambda each: each.on):
        if row.enrolled_on >= change.on and change.site in (None, row.site):
            under = change.name
    return under
