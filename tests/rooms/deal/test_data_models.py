"""Data are relied on under a paper or a licence, from someone who holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import PERSON_ROWS, TABLES

AGREEMENT: dict[str, Any] = {
    "kind": "dsa",
    "parties": ["Sheriff", "Evaluator"],
    "purpose": "Evaluation",
    "permitted_columns": ["booked_on"],
    "regime": "none",
    "signed_on": "2024-01-01",
    "expires_on": "2026-12-31",
}
SOURCE: dict[str, Any] = {
    "feed": "jail",
    "layout": "reentry-experiment",
    "says": "Bookings",
    "held_by": [{"name": "Sheriff"}],
    "agreement": AGREEMENT,
    "refreshed": "month",
    "complete_through": "2026-06-30",
}
PUBLIC = {"licence": "MIT", "source": "A book"}


def refusals(**changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        DataSource.model_validate({**SOURCE, **changes})
    return [error["msg"] for error in refusal.value.errors()]


REFUSED = {
    "agreement and licence": (
        {"public": PUBLIC},
        "Records are used under an agreement or, if anyone can have them, a licence.",
    ),
    "neither": (
        {"agreement": None},
        "Records are used under an agreement or, if anyone can have them, a licence.",
    ),
    "held by no one": ({"held_by": []}, "No one holds the data."),
    "holders out of order": (
        {"held_by": [{"name": "B", "from": "2025-01-01"}, {"name": "A", "from": "2024-01-01"}]},
        "The holders are not in the order of their days.",
    ),
    "a later holder without a day": (
        {"held_by": [{"name": "A"}, {"name": "B"}]},
        "The holders are not in the order of their days.",
    ),
    "one party": (
        {"agreement": {**AGREEMENT, "parties": ["Sheriff"]}},
        "An agreement has at least two parties.",
    ),
    "days the wrong way round": (
        {"agreement": {**AGREEMENT, "expires_on": "2023-12-31"}},
        "The agreement ends before it was signed.",
    ),
    "signed before it was asked for": (
        {"agreement": {**AGREEMENT, "requested_on": "2024-01-02"}},
        "The agreement was signed before the records were asked for.",
    ),
    "destroyed before they are asked for": (
        {
            "agreement": {
                **AGREEMENT,
                "signed_on": None,
                "requested_on": "2024-01-02",
                "retained_until": "2024-01-01",
            }
        },
        "The records must be destroyed before the agreement is signed or asked for.",
    ),
    "a column twice": (
        {"agreement": {**AGREEMENT, "permitted_columns": ["a", "a"]}},
        "A column is permitted twice.",
    ),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_hold_is_refused(changes: dict[str, Any], message: str) -> None:
    assert refusals(**changes) == [message]


def test_a_draft_has_no_day_of_signature() -> None:
    draft = {key: value for key, value in AGREEMENT.items() if key != "signed_on"}

    source = DataSource.model_validate({**SOURCE, "agreement": draft})

    assert source.agreement is not None
    assert source.agreement.signed_on is None


def test_the_holder_is_the_latest_one_by_the_day() -> None:
    """R144: a record holder that changes keeps its history."""
    held = [{"name": "County"}, {"name": "State", "from": "2025-07-01"}]
    source = DataSource.model_validate({**SOURCE, "held_by": held})

    assert source.holder_on(date(2025, 6, 30)) == "County"
    assert source.holder_on(date(2025, 7, 1)) == "State"


def test_a_file_has_a_place_unless_named() -> None:
    assert DataSource.model_validate(SOURCE).path == "feeds/jail.csv"
    assert DataSource.model_validate({**SOURCE, "file": "in/x.csv"}).path == "in/x.csv"


@pytest.mark.parametrize("layout", [*TABLES, PERSON_ROWS], ids=lambda layout: layout.name)
def test_every_table_is_sorted_by_columns_it_has(layout: Any) -> None:
    assert set(layout.sorted_by) <= set(layout.column_names)


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.name)
def test_every_canonical_row_keeps_its_feed_and_source_row(layout: Any) -> None:
    assert layout.column_names[-3:] == ("feed", "file", "row")
