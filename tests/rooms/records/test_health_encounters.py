"""Encounters become stays and visits by their class alone; a diagnosis reaches no row."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.health_encounters import LAYOUT
from tests.lib.feeds import cleaned


def encounters(*classes: str, **given: object) -> dict[str, list[dict[str, object]]]:
    """The canonical rows of encounters of 1 to 4 May 2025, one a class."""
    rows = [
        {
            "encounter_id": f"e{at}",
            "person_ref": "a",
            "encounter_class": name,
            "started_on": date(2025, 5, 1),
            "ended_on": date(2025, 5, 4),
            **given,
        }
        for at, name in enumerate(classes)
    ]
    return cleaned(LAYOUT, {"encounters": rows})


def test_each_class_is_its_own_event_and_others_are_none() -> None:
    made = encounters("emergency", "inpatient", "crisis", "detox", "other")

    assert [row["kind"] for row in made["events"]] == [
        "admission",
        "crisis",
        "detox",
        "emergency-visit",
    ]


def test_only_an_inpatient_is_in_hospital() -> None:
    made = encounters("emergency", "inpatient", "crisis", "detox")

    (spell,) = made["spells"]
    assert (spell["state"], spell["start_on"], spell["end_on"]) == (
        "hospitalised",
        date(2025, 5, 1),
        date(2025, 5, 4),
    )


def test_a_stay_without_an_end_is_open() -> None:
    assert [row["end_on"] for row in encounters("inpatient", ended_on=None)["spells"]] == [None]


def test_a_diagnosis_reaches_no_row() -> None:
    made = encounters("inpatient", "detox", diagnosis="F11.20")

    assert "F11.20" not in repr(made)


def test_what_says_that_someone_was_a_patient_is_marked_protected() -> None:
    (file,) = LAYOUT.files
    protected = {column.name for column in file.columns if column.sensitivity == "protected"}

    assert protected == {"encounter_class", "started_on", "ended_on", "facility", "diagnosis"}
    assert file.column("diagnosis").may_be_missing


def test_a_file_of_one_has_no_file_name_in_its_rows() -> None:
    assert {row["file"] for row in encounters("inpatient")["spells"]} == {None}
