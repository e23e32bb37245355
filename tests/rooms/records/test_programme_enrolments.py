"""The deal's own register says what was known of people on the day of referral, and no more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from payforsuccess.records.programme_enrolments import LAYOUT
from payforsuccess.store import open_store
from tests.lib.feeds import cleaned

REFERRED = date(2025, 3, 1)
TYPES = {"day": pa.date32(), "text": pa.string(), "whole": pa.int64(), "decimal": pa.float64()}
SCHEMA = pa.schema([(column.name, TYPES[column.type]) for column in LAYOUT.files[0].columns])
Rows = list[dict[str, object]]


def register(*rows: dict[str, object]) -> dict[str, Rows]:
    """The canonical rows of a register; each row is of person a, referred on 1 March 2025."""
    numbered = [
        {"enrolment_id": f"e{at}", "person_ref": "a", "referred_on": REFERRED, **row}
        for at, row in enumerate(rows, 1)
    ]
    return cleaned(LAYOUT, {"enrolments": numbered})


def test_an_enrolment_keeps_its_days_arm_site_and_stratum() -> None:
    days = {"assigned_on": date(2025, 3, 4), "enrolled_on": date(2025, 3, 9)}
    stated = {**days, "exited_on": date(2025, 9, 1), "arm": "offered", "site": "n", "stratum": "s"}

    (enrolment,) = register(stated)["enrolments"]

    assert {name: enrolment[name] for name in stated} == stated
    assert (enrolment["enrolment"], enrolment["person"]) == ("e1", "a")
    assert (enrolment["feed"], enrolment["file"], enrolment["row"]) == ("f", None, 1)


def test_an_enrolment_keeps_who_referred_and_what_became_of_the_referral() -> None:
    day = date(2025, 3, 5)
    declined = {"declined_on": day, "decline_reason": "no-place", "referred_by": "court"}
    found = {"eligible_on": day, "accepted_on": day, "referred_by": None}

    refused, accepted = register(declined, found)["enrolments"]

    assert {name: refused[name] for name in declined} == declined
    assert {name: accepted[name] for name in found} == found
    assert (refused["eligible_on"], refused["accepted_on"]) == (None, None)


def test_a_person_enrolled_twice_is_one_person_with_two_enrolments() -> None:
    made = register({}, {"referred_on": date(2026, 1, 5)})

    assert [(row["person"], row["row"]) for row in made["people"]] == [("a", 1)]
    assert [row["enrolment"] for row in made["enrolments"]] == ["e1", "e2"]


def test_identifiers_are_known_from_the_day_of_referral_on() -> None:
    moved = {"referred_on": date(2026, 1, 5), "given_name": "Ann", "ssn": "999-00-0001"}

    made = register({"given_name": "Anne", "ssn": "999-00-0001"}, moved)["identities"]

    assert {(row["given_name"], row["known_on"]) for row in made} == {
        ("Anne", REFERRED),
        ("Ann", date(2026, 1, 5)),
    }


def test_without_a_referral_the_assignment_and_then_the_enrolment_stands_for_it() -> None:
    assigned = {"referred_on": None, "assigned_on": date(2025, 4, 1), "arm": "x", "race": "r"}
    enrolled = {"referred_on": None, "enrolled_on": date(2025, 5, 1), "race": "r"}

    made = register(assigned, enrolled)["traits"]

    assert [row["as_of"] for row in made] == [date(2025, 4, 1), date(2025, 5, 1)]


def test_facts_hold_as_of_the_referral_as_words_or_as_numbers() -> None:
    facts = {
        "race": "black",
        "sex": "female",
        "language": "Spanish",
        "age": 41,
        "risk_score": Decimal("7.5"),
        "risk_level": "high",
        "disability": "yes",
    }

    made = register(facts)["traits"]

    assert {row["trait"]: (row["value"], row["label"]) for row in made} == {
        "race": (None, "black"),
        "sex": (None, "female"),
        "language": (None, "Spanish"),
        "age": (Decimal(41), None),
        "risk-score": (Decimal("7.5"), None),
        "risk-level": (None, "high"),
        "disability": (Decimal(1), "yes"),
    }
    assert {row["as_of"] for row in made} == {REFERRED}


def test_what_is_not_known_is_no_fact_and_never_a_no() -> None:
    assert register({"disability": None})["traits"] == []
    assert [row["value"] for row in register({"disability": "no"})["traits"]] == [Decimal(0)]


@pytest.mark.parametrize(
    ("rule", "broken", "kept"),
    [
        ("assigned-before-referral", {"assigned_on": date(2025, 2, 28)}, {"assigned_on": REFERRED}),
        ("enrolled-before-referral", {"enrolled_on": date(2025, 2, 28)}, {"enrolled_on": REFERRED}),
        (
            "exited-before-enrolment",
            {"enrolled_on": date(2025, 4, 2), "exited_on": date(2025, 4, 1)},
            {"enrolled_on": date(2025, 4, 2), "exited_on": date(2025, 4, 2)},
        ),
        ("exited-without-enrolment", {"exited_on": date(2025, 4, 1)}, {}),
        ("assigned-without-arm", {"arm": "offered"}, {"arm": "offered", "assigned_on": REFERRED}),
        (
            "answered-before-referral",
            {"accepted_on": REFERRED, "eligible_on": date(2025, 2, 28)},
            {"accepted_on": REFERRED, "eligible_on": REFERRED, "declined_on": REFERRED},
        ),
        (
            "declined-and-enrolled",
            {"declined_on": REFERRED, "enrolled_on": REFERRED},
            {"declined_on": REFERRED},
        ),
        (
            "reason-without-decline",
            {"decline_reason": "no-place"},
            {"declined_on": REFERRED, "decline_reason": "no-place"},
        ),
        ("born-after-referral", {"born_on": date(2025, 3, 2)}, {"born_on": date(1980, 3, 2)}),
    ],
)
def test_days_that_cannot_be_break_a_rule(
    rule: str, broken: dict[str, object], kept: dict[str, object]
) -> None:
    asked = {one.name: one for one in LAYOUT.files[0].rules}[rule]
    rows = [
        dict.fromkeys(column.name for column in LAYOUT.files[0].columns)
        | {"referred_on": REFERRED}
        | row
        for row in (broken, kept)
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=SCHEMA))

    with open_store() as store:
        made = store.run(table.select(broken=asked.broken(table).fill_null(False)))

    assert made.column("broken").to_pylist() == [True, False]
