"""Under which practice people enrolled, as compiled and as plain rows say (R86, R108)."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.tables import ENROLMENTS, EVENTS, SPELLS, TRAITS
from payforsuccess.measures.practices import (
    BEFORE,
    Change,
    compile_practices,
    reference_practice,
)
from payforsuccess.measures.tables import EnrolmentRow, Tables
from payforsuccess.store import empty_table, open_store, typed_table

CHANGES = (
    Change(date(2026, 3, 1), None, "calls"),
    Change(date(2026, 1, 1), "North", "visits"),
    Change(date(2026, 3, 1), "South", "rides"),
)
PEOPLE = (
    ("North", date(2025, 12, 31), BEFORE),
    ("North", date(2026, 1, 1), "visits"),
    ("South", date(2026, 1, 1), BEFORE),
    (None, date(2026, 1, 1), BEFORE),
    ("North", date(2026, 3, 1), "calls"),
    ("South", date(2026, 3, 1), "rides"),
    (None, date(2026, 4, 1), "calls"),
    ("North", None, None),
)


def test_the_last_change_at_the_site_by_the_day_of_enrolment_counts() -> None:
    """R86: who enrols on the day of a change is under it; without a day nothing is known."""
    keys = [f"e{at}" for at in range(len(PEOPLE))]
    enrolments = typed_table(
        ENROLMENTS,
        {
            "enrolment": keys,
            "person": keys,
            "site": [site for site, _, _ in PEOPLE],
            "enrolled_on": [day for _, day, _ in PEOPLE],
            "feed": ["f"] * len(PEOPLE),
            "row": list(range(1, len(PEOPLE) + 1)),
        },
    )
    with open_store() as store:
        tables = Tables.of(
            store.tables_from(
                {
                    "enrolments": enrolments,
                    "spells": empty_table(SPELLS),
                    "events": empty_table(EVENTS),
                    "traits": empty_table(TRAITS),
                }
            )
        )
        rows = store.run(compile_practices(tables, CHANGES).order_by("enrolment")).to_pylist()
    found = [row["label"] for row in rows]
    assert found == [under for _, _, under in PEOPLE]
    assert found == [
        reference_practice(
            EnrolmentRow(feed="f", row=1, enrolment="e", person="p", site=site, enrolled_on=day),
            CHANGES,
        )
        for site, day, _ in PEOPLE
    ]
