"""Bookings become days in jail and arrests; what has not happened is never taken as happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from payforsuccess.records.jail_bookings import LAYOUT
from tests.lib.feeds import cleaned

Rows = list[dict[str, object]]


def booking(number: int, person: str = "a", **given: object) -> dict[str, object]:
    """A booking on 10 January 2025, with whatever else is given."""
    return {
        "booking_id": f"b{number}",
        "person_ref": person,
        "booked_at": date(2025, 1, 10),
        **given,
    }


def jail(
    *bookings: Mapping[str, object],
    charges: tuple[Mapping[str, object], ...] = (),
    complete_through: date = date(2025, 12, 31),
) -> dict[str, Rows]:
    """The canonical rows of a jail's files."""
    files = {"bookings": bookings, "charges": charges}
    return cleaned(LAYOUT, files, complete_through=complete_through)


def days_of(made: dict[str, Rows], kind: str) -> list[object]:
    """The days of the events of a kind."""
    return [row["happened_on"] for row in made["events"] if row["kind"] == kind]


def test_a_stay_runs_from_booking_to_release_and_names_its_row() -> None:
    made = jail(booking(1, released_at=date(2025, 1, 15), release_type="actual"))

    (spell,) = made["spells"]
    assert (spell["state"], spell["start_on"], spell["end_on"]) == (
        "jailed",
        date(2025, 1, 10),
        date(2025, 1, 15),
    )
    assert (spell["feed"], spell["file"], spell["row"]) == ("f", "bookings", 1)
    assert days_of(made, "release") == [date(2025, 1, 15)]


def test_a_projected_release_leaves_the_stay_open_even_when_its_day_has_passed() -> None:
    made = jail(booking(1, released_at=date(2025, 2, 1), release_type="projected"))

    assert [row["end_on"] for row in made["spells"]] == [None]
    assert days_of(made, "release") == []


def test_an_inferred_release_ends_the_stay() -> None:
    made = jail(booking(1, released_at=date(2025, 2, 1), release_type="inferred"))

    assert [row["end_on"] for row in made["spells"]] == [date(2025, 2, 1)]
    assert days_of(made, "release") == [date(2025, 2, 1)]


def test_a_release_of_no_type_counts_as_happened_only_up_to_the_day_the_extract_is_complete() -> (
    None
):
    through = date(2025, 3, 31)
    happened = jail(booking(1, released_at=through), complete_through=through)
    ahead = jail(booking(1, released_at=date(2025, 4, 1)), complete_through=through)

    assert [row["end_on"] for row in happened["spells"]] == [through]
    assert [row["end_on"] for row in ahead["spells"]] == [None]
    assert days_of(ahead, "release") == []


def test_a_booking_and_release_on_one_day_are_events_and_no_stay() -> None:
    made = jail(booking(1, released_at=date(2025, 1, 10), release_type="actual"))

    assert made["spells"] == []
    assert days_of(made, "booking") == days_of(made, "release") == [date(2025, 1, 10)]


def test_two_bookings_for_one_day_of_arrest_are_one_arrest() -> None:
    made = jail(
        booking(1, arrest_date=date(2025, 1, 9), case_no="c1"),
        booking(2, arrest_date=date(2025, 1, 9), case_no="c2"),
        booking(3, arrest_date=date(2025, 1, 9)),
    )

    assert days_of(made, "arrest") == [date(2025, 1, 9)]
    assert len(days_of(made, "booking")) == 3


def test_a_rebooking_on_the_same_case_is_no_new_arrest() -> None:
    later = {"booked_at": date(2025, 5, 2), "arrest_date": date(2025, 5, 1)}
    first = booking(1, arrest_date=date(2025, 1, 9), case_no="c1")

    same_case = jail(first, booking(2, case_no="c1", **later))
    new_case = jail(first, booking(2, case_no="c2", **later))
    no_case = jail(first, booking(2, **later))

    assert days_of(same_case, "arrest") == [date(2025, 1, 9)]
    assert days_of(new_case, "arrest") == [date(2025, 1, 9), date(2025, 5, 1)]
    assert days_of(no_case, "arrest") == [date(2025, 1, 9), date(2025, 5, 1)]


def test_one_case_number_of_two_people_is_two_arrests() -> None:
    made = jail(
        booking(1, "a", arrest_date=date(2025, 1, 9), case_no="c1"),
        booking(2, "b", arrest_date=date(2025, 1, 9), case_no="c1"),
    )

    assert len(days_of(made, "arrest")) == 2


def test_a_booking_without_an_arrest_is_none() -> None:
    assert days_of(jail(booking(1)), "arrest") == []


def test_an_arrest_rests_on_the_first_row_that_gives_its_day() -> None:
    made = jail(
        booking(1, arrest_date=date(2025, 1, 10), case_no="c1"),
        booking(2, arrest_date=date(2025, 1, 9), case_no="c1"),
        booking(3, arrest_date=date(2025, 1, 9), case_no="c1"),
    )

    (arrest,) = [row for row in made["events"] if row["kind"] == "arrest"]
    assert (arrest["happened_on"], arrest["row"]) == (date(2025, 1, 9), 2)


def test_a_person_stands_once_and_their_identifiers_once_a_way_of_writing() -> None:
    made = jail(
        booking(1, given_name="Ana", booked_at=date(2025, 3, 1)),
        booking(2, given_name="Ana"),
        booking(3, given_name="Anna"),
        booking(4),
    )

    assert [(row["person"], row["row"]) for row in made["people"]] == [("a", 1)]
    known = {row["given_name"]: (row["known_on"], row["row"]) for row in made["identities"]}
    assert known == {"Ana": (date(2025, 1, 10), 1), "Anna": (date(2025, 1, 10), 3)}


def test_the_gravest_charge_of_a_booking_is_a_trait_as_of_its_day() -> None:
    made = jail(
        booking(1),
        charges=(
            {"booking_id": "b1", "level": "infraction"},
            {"booking_id": "b1", "level": "felony"},
            {"booking_id": "b1", "level": "misdemeanor"},
            {"booking_id": "b1"},
        ),
    )

    (trait,) = made["traits"]
    assert (trait["trait"], trait["label"], trait["as_of"]) == (
        "charge-level",
        "felony",
        date(2025, 1, 10),
    )
    assert (trait["file"], trait["row"]) == ("charges", 2)


def test_empty_files_give_empty_tables() -> None:
    assert all(rows == [] for rows in jail().values())
