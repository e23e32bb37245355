"""HUD's rules for stays, housing, exits and contacts, one test a rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.rooms.records.hmis_exports import (
    ENTERED,
    LEFT,
    OPENED,
    OUTREACH,
    SHELTER,
    SUPPORTIVE,
    Row,
    enrolled,
    events,
    export,
    left,
    of_type,
    spells,
)

MOVED_IN = date(2025, 2, 1)
CLOSED = date(2025, 5, 1)
HOUSEHOLD = {"HouseholdID": "h", "RelationshipToHoH": 1}
MEMBER = {"HouseholdID": "h", "RelationshipToHoH": 2, "PersonalID": "b"}


def types_of(made: dict[str, list[Row]], types: Sequence[int]) -> list[tuple[object, ...]]:
    """The spells of people named for the type of the project they were in."""
    return [
        (int(str(row["person"])), row["state"], row["start_on"], row["end_on"])
        for row in sorted(made["spells"], key=lambda row: types.index(int(str(row["person"]))))
    ]


def in_every_project(types: Sequence[int]) -> dict[str, list[Row]]:
    """Someone enrolled in a project of each type, moved in, and left."""
    enrolments = [
        enrolled(f"e{at}", PersonalID=str(at), ProjectID=f"p{at}", MoveInDate=MOVED_IN)
        for at in types
    ]
    return export(
        99,
        enrolments=enrolments,
        exits=[left(f"e{at}") for at in types],
        others=[of_type(at) for at in types],
    )


def test_a_shelter_is_stayed_in_from_entry_and_a_home_from_the_move_in_up_to_the_exit() -> None:
    shelters, homes, others = (0, 2, 8), (3, 9, 10, 13), (4, 6, 7, 11, 12, 14)

    made = in_every_project((*shelters, *homes, *others))

    assert types_of(made, (*shelters, *homes)) == [
        *((at, "sheltered", ENTERED, LEFT) for at in shelters),
        *((at, "housed", MOVED_IN, LEFT) for at in homes),
    ]
    assert {row["file"] for row in made["spells"]} == {"Enrollment"}
    assert events(made) == [("move-in", MOVED_IN)] * len(homes)


def test_a_shelter_not_left_is_open_and_one_left_on_the_day_of_entry_is_no_stay() -> None:
    assert spells(export(SHELTER, only="spells")) == [("sheltered", ENTERED, None)]
    assert spells(export(SHELTER, exits=[left(on=ENTERED)], only="spells")) == []


def test_a_place_in_housing_without_a_move_in_is_no_day_housed() -> None:
    made = export(SUPPORTIVE, exits=[left()])

    assert (spells(made), events(made)) == ([], [])


def test_a_household_moves_in_with_its_head_and_who_enters_later_on_entering() -> None:
    later = date(2025, 3, 1)
    enrolments = [
        enrolled("e1", MoveInDate=MOVED_IN, **HOUSEHOLD),
        enrolled("e2", **MEMBER),
        enrolled("e3", **{**MEMBER, "PersonalID": "c", "EntryDate": later}),
    ]

    made = export(SUPPORTIVE, enrolments=enrolments, exits=[left("e1")])

    assert [(row["person"], row["start_on"], row["end_on"]) for row in made["spells"]] == [
        ("a", MOVED_IN, LEFT),
        ("b", MOVED_IN, None),
        ("c", later, None),
    ]


@pytest.mark.parametrize(
    ("stated", "moved_in"),
    [
        ({}, []),
        ({"MoveInDate": MOVED_IN}, [MOVED_IN]),
    ],
)
def test_where_a_household_has_two_heads_each_stands_on_their_own_day(
    stated: Row, moved_in: list[date]
) -> None:
    heads = [
        enrolled("e1", **HOUSEHOLD, **stated),
        enrolled("e2", **HOUSEHOLD, PersonalID="b"),
    ]

    assert [row["start_on"] for row in export(SUPPORTIVE, enrolments=heads)["spells"]] == moved_in


def test_who_left_before_the_head_moved_in_was_not_housed() -> None:
    enrolments = [enrolled("e1", MoveInDate=MOVED_IN, **HOUSEHOLD), enrolled("e2", **MEMBER)]

    made = export(SUPPORTIVE, enrolments=enrolments, exits=[left("e2", on=date(2025, 1, 20))])

    assert [row["person"] for row in made["spells"]] == ["a"]
    assert [row["person"] for row in made["events"]] == ["a"]


def test_moving_in_on_the_day_of_exit_is_an_event_and_no_day_housed() -> None:
    made = export(13, enrolments=[enrolled(MoveInDate=LEFT)], exits=[left()])

    assert (spells(made), events(made)) == ([], [("move-in", LEFT)])


def test_nothing_counts_before_a_project_opened_or_from_the_day_it_closed() -> None:
    doors: Row = {"OperatingStartDate": MOVED_IN, "OperatingEndDate": CLOSED}

    assert spells(export(SHELTER, project=doors, only="spells")) == [
        ("sheltered", MOVED_IN, CLOSED)
    ]
    assert spells(export(SHELTER, project=doors, exits=[left(on=ENTERED)], only="spells")) == []
    moved = enrolled(MoveInDate=ENTERED)
    assert spells(export(SUPPORTIVE, project=doors, enrolments=[moved], only="spells")) == [
        ("housed", MOVED_IN, CLOSED)
    ]
    assert events(export(SUPPORTIVE, project=doors, enrolments=[moved], only="events")) == []
    went = [left(on=LEFT, Destination=410)]
    assert events(export(SHELTER, project=doors, exits=went, only="events")) == []


def test_a_project_that_will_close_is_open_as_far_as_the_extract_knows() -> None:
    made = export(SHELTER, project={"OperatingEndDate": LEFT}, complete_through=CLOSED)

    assert spells(made) == [("sheltered", ENTERED, None)]


def test_an_exit_to_housing_to_jail_or_by_death_is_an_event_of_its_day() -> None:
    kinds = {410: "exit-permanent", 421: "exit-permanent", 435: "exit-permanent"}
    kinds |= {207: "exit-jail", 24: "death"}
    places = [*kinds, 116, 302, 17, None]
    enrolments = [enrolled(f"e{place}", PersonalID=str(place)) for place in places]
    exits = [left(f"e{place}", Destination=place) for place in places]

    made = export(SHELTER, enrolments=enrolments, exits=exits)["events"]

    assert {int(str(row["person"])): row["kind"] for row in made} == kinds
    assert {(row["file"], row["happened_on"]) for row in made} == {("Exit", LEFT)}
    assert {row["row"] for row in made} == {1, 2, 3, 4, 5}


def test_of_two_exits_of_one_enrolment_the_earlier_counts() -> None:
    twice = [left(on=LEFT, Destination=410), left(on=CLOSED, Destination=207)]

    made = export(SHELTER, exits=twice)

    assert spells(made) == [("sheltered", ENTERED, CLOSED)]
    assert [(row["kind"], row["row"]) for row in made["events"]] == [("exit-jail", 2)]


def test_an_enrolment_left_before_it_began_counts_for_nothing() -> None:
    moved = enrolled(MoveInDate=MOVED_IN)
    before = left(on=date(2025, 1, 9), Destination=410)

    made = export(SUPPORTIVE, enrolments=[moved], exits=[before])

    assert (spells(made), events(made)) == ([], [])


def test_a_contact_on_the_street_is_a_day_unsheltered_and_outreach_tells_of_every_contact() -> None:
    contacts = [
        {"EnrollmentID": "e", "InformationDate": day, "CurrentLivingSituation": code}
        for day, code in [(date(2025, 12, 31), 116), (LEFT, 101), (CLOSED, None)]
    ]

    made = export(OUTREACH, contacts=contacts)

    assert spells(made) == [("unsheltered", date(2025, 12, 31), date(2026, 1, 1))]
    assert events(made) == [
        ("outreach-contact", CLOSED),
        ("outreach-contact", LEFT),
        ("outreach-contact", date(2025, 12, 31)),
    ]
    assert events(export(SHELTER, contacts=contacts, only="events")) == []


def test_a_contact_outside_the_projects_days_is_disregarded() -> None:
    contacts: list[Row] = [
        {"EnrollmentID": "e", "InformationDate": day, "CurrentLivingSituation": 116}
        for day in (date(2019, 12, 31), OPENED, CLOSED, date(2025, 5, 2))
    ]

    made = export(OUTREACH, contacts=contacts, project={"OperatingEndDate": CLOSED})

    assert [start for _, start, _ in spells(made)] == [OPENED, CLOSED]


def test_financial_assistance_has_its_amount() -> None:
    paid = {"EnrollmentID": "e", "DateProvided": LEFT, "RecordType": 152}

    made = export(12, services=[paid, {**paid, "FAAmount": Decimal("250.00")}])

    (event,) = made["events"]
    assert (event["kind"], event["amount"], event["row"]) == (
        "financial-assistance",
        Decimal(250),
        2,
    )


def test_a_disabling_condition_is_yes_or_no_and_never_no_for_not_known() -> None:
    enrolments = [
        enrolled(f"e{code}", PersonalID=str(code), DisablingCondition=code) for code in (1, 0, None)
    ]

    made = export(SHELTER, enrolments=enrolments)["traits"]

    assert [(row["person"], row["as_of"], row["value"], row["label"]) for row in made] == [
        ("0", ENTERED, Decimal(0), "no"),
        ("1", ENTERED, Decimal(1), "yes"),
    ]
