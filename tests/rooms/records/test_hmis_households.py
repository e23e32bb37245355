"""Days housed and sheltered in an export against a plain reference that asks of every day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.records.hmis_exports import SHELTER, SUPPORTIVE, Row, enrolled, export, left

FIRST = date(2025, 1, 1)
SPAN = 40
COMPLETE_THROUGH = FIRST + timedelta(days=SPAN)
DAYS = [FIRST + timedelta(days=at) for at in range(SPAN)]
Days = dict[str, set[date]]


@st.composite
def people(draw: st.DrawFn) -> list[Row]:
    """A few enrolments in two households of one project; an exit stands with its enrolment."""
    drawn = []
    for at in range(draw(st.integers(1, 6))):
        entered = draw(st.sampled_from(DAYS))
        row = enrolled(
            f"e{at}",
            PersonalID=f"p{at}",
            EntryDate=entered,
            HouseholdID=draw(st.sampled_from(["h", "i", None])),
            RelationshipToHoH=draw(st.sampled_from([1, 2, 3, None])),
            MoveInDate=draw(st.none() | st.sampled_from([day for day in DAYS if day >= entered])),
        )
        row["ExitDate"] = draw(st.none() | st.sampled_from([d for d in DAYS if d >= entered]))
        drawn.append(row)
    return drawn


def move_in(row: Row, rows: list[Row]) -> date | None:
    """The day of the household's one head, unless they had left before it; else one's own."""
    heads = [
        head
        for head in rows
        if row["HouseholdID"] is not None
        and head["HouseholdID"] == row["HouseholdID"]
        and head["RelationshipToHoH"] == 1
    ]
    own = row["MoveInDate"]
    shared = heads[0]["MoveInDate"] if len(heads) == 1 else None
    if shared is not None and heads[0]["ExitDate"] is not None:
        shared = shared if shared <= heads[0]["ExitDate"] else None
    return own if shared is None else shared


def days_by_hand(rows: list[Row], opened: date, closed: date | None, *, is_home: bool) -> Days:
    """Every day on which someone was there: in a home, moved in; always, entered and not gone."""
    found: Days = {}
    for row in rows:
        moved = move_in(row, rows)
        for day in DAYS:
            there = row["EntryDate"] <= day and (row["ExitDate"] is None or day < row["ExitDate"])
            is_open = opened <= day and (closed is None or day < closed)
            if there and is_open and (not is_home or (moved is not None and moved <= day)):
                found.setdefault(str(row["PersonalID"]), set()).add(day)
    return found


def days_of(spells: list[Row]) -> Days:
    """The days that spells hold, up to the last of the drawing."""
    found: Days = {}
    for row in spells:
        end = row["end_on"] or COMPLETE_THROUGH
        days = {day for day in DAYS if row["start_on"] <= day < end}
        found.setdefault(str(row["person"]), set()).update(days)
    return found


@settings(max_examples=12)
@given(people(), st.sampled_from(DAYS[:20]), st.none() | st.sampled_from(DAYS[20:]), st.booleans())
def test_the_days_of_stays_are_those_of_a_walk_through_every_day(
    rows: list[Row], opened: date, closed: date | None, is_home: bool
) -> None:
    made = export(
        SUPPORTIVE if is_home else SHELTER,
        enrolments=[{name: row[name] for name in row if name != "ExitDate"} for row in rows],
        exits=[
            left(str(row["EnrollmentID"]), on=row["ExitDate"]) for row in rows if row["ExitDate"]
        ],
        project={"OperatingStartDate": opened, "OperatingEndDate": closed},
        complete_through=COMPLETE_THROUGH,
        only="spells",
    )

    assert days_of(made["spells"]) == days_by_hand(rows, opened, closed, is_home=is_home)
