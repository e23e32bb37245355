"""Night-by-night stays against a plain reference that walks through each person's nights."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.rooms.records.hmis_exports import (
    ENTERED,
    NIGHT_BY_NIGHT,
    SHELTER,
    enrolled,
    events,
    export,
    left,
    night,
    spells,
)

DAY = timedelta(days=1)
FIRST = date(2025, 2, 1)


def stays_by_hand(nights: set[date]) -> list[tuple[str, date, date]]:
    """HUD's rule in words: 90 days without a bed night close a stay, at the day after its last."""
    stays: list[tuple[date, date]] = []
    for day in sorted(nights):
        empty = {day - DAY * back for back in range(1, 91)}
        if stays and empty & nights:
            stays[-1] = (stays[-1][0], day)
        else:
            stays.append((day, day))
    return [("sheltered", first, last + DAY) for first, last in stays]


def test_a_stay_runs_from_the_first_bed_night_to_the_day_after_the_last() -> None:
    nights = [FIRST, FIRST + DAY, FIRST + 10 * DAY]

    made = export(NIGHT_BY_NIGHT, services=[night(day) for day in nights])

    assert spells(made) == [("sheltered", FIRST, FIRST + 11 * DAY)]
    assert [(row["file"], row["row"]) for row in made["spells"]] == [("Services", 1)]
    assert events(made) == [("bed-night", day) for day in nights]


def test_ninety_days_without_a_bed_night_close_a_stay_and_eighty_nine_do_not() -> None:
    after_89, after_90 = FIRST + 90 * DAY, FIRST + 91 * DAY

    kept = export(NIGHT_BY_NIGHT, services=[night(FIRST), night(after_89)])
    closed = export(NIGHT_BY_NIGHT, services=[night(FIRST), night(after_90)])

    assert spells(kept) == [("sheltered", FIRST, after_89 + DAY)]
    assert spells(closed) == [
        ("sheltered", FIRST, FIRST + DAY),
        ("sheltered", after_90, after_90 + DAY),
    ]


def test_an_enrolment_without_a_bed_night_is_no_stay() -> None:
    assert spells(export(NIGHT_BY_NIGHT)) == []


def test_nights_before_entry_and_from_the_exit_on_do_not_count() -> None:
    exit_on = FIRST + 3 * DAY
    nights = [ENTERED - DAY, ENTERED, exit_on - DAY, exit_on]

    made = export(NIGHT_BY_NIGHT, services=[night(d) for d in nights], exits=[left(on=exit_on)])

    assert events(made) == [("bed-night", ENTERED), ("bed-night", exit_on - DAY)]
    assert spells(made) == [("sheltered", ENTERED, exit_on)]


def test_nights_from_the_day_a_project_closed_on_do_not_count() -> None:
    made = export(
        NIGHT_BY_NIGHT,
        services=[night(FIRST), night(FIRST + DAY)],
        project={"OperatingEndDate": FIRST + DAY},
    )

    assert spells(made) == [("sheltered", FIRST, FIRST + DAY)]


def test_one_night_written_twice_is_one_and_other_services_are_none() -> None:
    rows = [night(FIRST, RecordType=144), night(FIRST), night(FIRST)]

    made = export(NIGHT_BY_NIGHT, services=rows)

    assert [(row["kind"], row["row"]) for row in made["events"]] == [("bed-night", 2)]


def test_bed_nights_of_a_shelter_by_entry_and_exit_make_no_second_stay() -> None:
    made = export(SHELTER, services=[night(FIRST)])

    assert (spells(made), events(made)) == ([("sheltered", ENTERED, None)], [])


nights_of_people = st.lists(
    st.sets(st.integers(0, 400), max_size=12).map(lambda days: {FIRST + DAY * at for at in days}),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10)
@given(nights_of_people)
@example([{FIRST, FIRST + 90 * DAY, FIRST + 181 * DAY}, set(), {FIRST}])
def test_stays_are_those_of_a_walk_through_the_nights(people: list[set[date]]) -> None:
    enrolments = [enrolled(f"e{at}", PersonalID=f"p{at}") for at in range(len(people))]
    services = [night(day, f"e{at}") for at, days in enumerate(people) for day in days]

    made = export(NIGHT_BY_NIGHT, enrolments=enrolments, services=services, only="spells")

    for at, days in enumerate(people):
        own = {"spells": [row for row in made["spells"] if row["person"] == f"p{at}"]}
        assert spells(own) == stays_by_hand(days)
