"""A provider's own words become events; assessments become facts as of their day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.records.provider_services import LAYOUT
from tests.lib.feeds import cleaned

DAY = date(2025, 6, 2)


def test_a_service_is_an_event_under_the_providers_word_with_its_units() -> None:
    services = [
        {"service_id": "1", "person_ref": "a", "happened_on": DAY, "kind": "course-completed"},
        {
            "service_id": "2",
            "person_ref": "a",
            "happened_on": DAY,
            "kind": "session",
            "units": Decimal("1.5"),
        },
    ]

    made = cleaned(LAYOUT, {"clients": [{"person_ref": "a"}], "services": services})["events"]

    assert [(row["kind"], row["amount"], row["happened_on"], row["row"]) for row in made] == [
        ("course-completed", None, DAY, 1),
        ("session", Decimal("1.5"), DAY, 2),
    ]


@pytest.mark.parametrize(
    ("stated", "value", "label"),
    [
        ({"score": Decimal(9), "level": "high"}, Decimal(9), None),
        ({"score": Decimal(0)}, Decimal(0), None),
        ({"level": "high"}, None, "high"),
    ],
)
def test_an_assessment_is_its_score_or_the_level_where_it_has_none(
    stated: dict[str, object], value: Decimal | None, label: str | None
) -> None:
    row = {"assessment_id": "1", "person_ref": "a", "assessed_on": DAY, "tool": "vi-spdat"}

    (trait,) = cleaned(LAYOUT, {"assessments": [{**row, **stated}]})["traits"]

    assert (trait["trait"], trait["as_of"]) == ("vi-spdat", DAY)
    assert (trait["value"], trait["label"]) == (value, label)


def test_an_assessment_without_a_result_is_no_fact() -> None:
    row = {"assessment_id": "1", "person_ref": "a", "assessed_on": DAY, "tool": "vi-spdat"}

    assert cleaned(LAYOUT, {"assessments": [row]})["traits"] == []


def test_identifiers_are_known_from_the_day_they_were_recorded_on() -> None:
    client = {"person_ref": "a", "given_name": "Ana", "recorded_on": DAY}

    (identity,) = cleaned(LAYOUT, {"clients": [client]})["identities"]

    assert (identity["given_name"], identity["known_on"], identity["file"]) == (
        "Ana",
        DAY,
        "clients",
    )


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("contact", True),
        ("certified-unit-2", True),
        ("Contact", False),
        ("x y", False),
        ("", False),
    ],
)
def test_a_kind_is_written_in_small_letters_digits_and_hyphens(word: str, is_one: bool) -> None:
    pattern = LAYOUT.file("services").column("kind").pattern

    assert pattern is not None
    assert bool(re.fullmatch(pattern, word)) is is_one
