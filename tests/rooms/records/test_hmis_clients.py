"""Who HMIS clients are, in exports of FY2024 and FY2026, in the clear and hashed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.records.hmis import LAYOUT
from tests.rooms.records.hmis_exports import SHELTER, Row, export

BORN = date(1980, 2, 29)


def test_sex_comes_from_the_column_of_either_year() -> None:
    asked: list[tuple[Row, str | None]] = [
        ({"Sex": 0}, "female"),
        ({"Sex": 1}, "male"),
        ({"Woman": 1, "Man": 0}, "female"),
        ({"Man": 1}, "male"),
        ({"Woman": 1, "Man": 1}, None),
        ({"Woman": 0, "Man": 0}, None),
        ({}, None),
    ]

    made = export(SHELTER, clients=[stated for stated, _ in asked], only="identities")["identities"]

    assert [row["sex"] for row in made] == [sex for _, sex in asked]


def test_race_is_one_word_whichever_year_spelt_the_columns() -> None:
    asked: list[tuple[Row, str | None]] = [
        ({"BlackAfAmerican": 1, "White": 0}, "black"),
        ({"HispanicLatinaeo": 1}, "hispanic"),
        ({"HispanicLatinao": 1}, "hispanic"),
        ({"HispanicLatinao": 1, "White": 1}, "several"),
        ({"AmIndAKNative": 0}, None),
        ({}, None),
    ]

    made = export(SHELTER, clients=[stated for stated, _ in asked], only="traits")["traits"]

    assert [row["label"] for row in made] == [race for _, race in asked if race]


def test_a_veteran_is_known_as_one_or_as_none_or_not_at_all() -> None:
    made = export(
        SHELTER, clients=[{"VeteranStatus": code} for code in (1, 0, None)], only="traits"
    )["traits"]

    assert [(row["person"], row["value"]) for row in made] == [("a", Decimal(1)), ("b", Decimal(0))]


def test_an_estimated_birth_date_is_not_compared() -> None:
    clients: list[Row] = [{"DOB": BORN, "DOBDataQuality": quality} for quality in (1, None, 2)]

    made = export(SHELTER, clients=clients, only="identities")["identities"]

    assert [row["born_on"] for row in made] == [BORN, BORN, None]


@pytest.mark.parametrize(("status", "count"), [(1, 1), (None, 1), (2, 0), (3, 0), (4, 0)])
def test_hashed_names_identify_nobody(status: int | None, count: int) -> None:
    made = export(SHELTER, clients=[{"FirstName": "Ana"}], export_row={"HashStatus": status})

    assert len(made["identities"]) == count
    assert len(made["people"]) == 1


def test_an_identity_is_known_from_the_day_its_row_last_changed_on() -> None:
    stated = {"FirstName": "Ana", "LastName": "Sample", "SSN": "999000001"}
    changed = date(2025, 3, 4)

    (identity,) = export(SHELTER, clients=[{**stated, "DateUpdated": changed}], only="identities")[
        "identities"
    ]

    names = ("given_name", "family_name", "ssn", "known_on")
    assert [identity[name] for name in names] == ["Ana", "Sample", "999000001", changed]


def test_of_a_number_with_digits_not_known_only_its_last_four_are_kept() -> None:
    written = ["999000001", "xxxxx0001", "999xx0001", "9990xxxxx", "XXXXXXXXX", None]

    made = export(SHELTER, clients=[{"SSN": ssn} for ssn in written], only="identities")

    kept = ["999000001", "0001", "0001", None, None, None]
    assert [row["ssn"] for row in made["identities"]] == kept


def test_codes_for_not_known_are_unknown_in_every_column_that_has_them() -> None:
    coded = [
        column
        for file in LAYOUT.files
        for column in file.columns
        if column.codes and column.name not in ("ProjectType", "HashStatus")
    ]

    assert all("99" in column.unknown for column in coded)
    assert not any({"8", "9", "99"} & set(column.codes) for column in coded)


def test_violence_and_health_are_protected_and_nothing_is_made_of_them() -> None:
    file = LAYOUT.file("HealthAndDV")

    assert file.may_be_missing
    assert {file.column(name).sensitivity for name in ("DomesticViolenceSurvivor",)} == {
        "protected"
    }
    made = export(SHELTER)
    assert "HealthAndDV" not in {row["file"] for rows in made.values() for row in rows}


def test_every_file_but_the_export_knows_its_tombstones() -> None:
    assert [file.name for file in LAYOUT.files if file.deleted != "DateDeleted"] == ["Export"]
