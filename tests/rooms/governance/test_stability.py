"""The stability rule's state of a person (R72): worked cases, and the measure's own answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.measures import HeldWithoutBreak
from payforsuccess.governance.caseload import Stay
from payforsuccess.governance.stability import Course, Ending, Goal, after, course
from payforsuccess.measures.excused import NOTHING_EXCUSED
from payforsuccess.measures.held_without_break import reference_met
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import EnrolmentRow, EventRow, PlainRecords, SpellRow

ENROLLED = date(2026, 1, 1)
IN = date(2026, 1, 10)


def a_goal(**changes: Any) -> Goal:
    plain = {
        "kind": "held-without-break",
        "state": "housed",
        "held_for": "90 days",
        "lapses": "0",
        "population": {"says": "Everyone"},
        "starts_at": "event",
        "start_event": "move-in",
        "window": "90 days",
        "on_death": "censor",
        "on_move": "censor",
        "on_custody": "succeed",
        "feeds": ["f"],
        **changes,
    }
    return Goal("kept", "Kept", HeldWithoutBreak.model_validate(plain))


WITH_LAPSE = a_goal(window="12 months", held_for="6 months", lapses="1", lapse_days="14")


def day(number: int) -> date:
    return IN + timedelta(number)


def stands(goal: Goal, *stays: Stay, on: date, **more: Any) -> Course:
    return course(goal, stays, enrolled_on=ENROLLED, on=on, **more)


def test_before_the_first_home_nothing_has_begun() -> None:
    assert stands(a_goal(), on=IN).where == "not-begun"


def test_at_home_the_day_is_that_of_the_last_night_needed() -> None:
    found = stands(a_goal(), Stay(IN), on=day(30))

    assert (found.where, found.day) == ("on-the-way", day(89))


def test_it_is_met_when_the_last_night_is_over() -> None:
    assert stands(a_goal(), Stay(IN), on=day(89)).where == "on-the-way"
    assert stands(a_goal(), Stay(IN), on=day(90)).where == "met"


def test_without_lapses_a_night_away_puts_it_out_of_reach() -> None:
    assert stands(a_goal(), Stay(IN, day(30)), on=day(31)).where == "out-of-reach"
    assert stands(a_goal(), Stay(IN, day(30)), Stay(day(31)), on=day(40)).where == "out-of-reach"


def test_moving_on_the_same_day_is_no_break() -> None:
    found = stands(a_goal(), Stay(IN, day(30)), Stay(day(30)), on=day(40))

    assert (found.where, found.day) == ("on-the-way", day(89))


def test_out_of_a_home_the_last_day_that_saves_it_is_told() -> None:
    found = stands(WITH_LAPSE, Stay(IN, day(30)), on=day(35))

    # After a lapse too long a new time begins, which the window leaves room for.
    assert found.where == "out-of-home"
    assert found.day is not None and found.day > day(35)


def test_a_lapse_that_is_allowed_does_not_move_the_day() -> None:
    straight = stands(WITH_LAPSE, Stay(IN), on=day(60))
    lapsed = stands(WITH_LAPSE, Stay(IN, day(30)), Stay(day(44)), on=day(60))
    too_long = stands(WITH_LAPSE, Stay(IN, day(30)), Stay(day(45)), on=day(60))

    assert straight.day == lapsed.day
    assert too_long.day is not None and lapsed.day is not None and too_long.day > lapsed.day


@pytest.mark.parametrize(
    ("rule", "where"),
    [("censor", "not-counted"), ("fail", "out-of-reach"), ("succeed", "on-the-way")],
)
def test_a_death_follows_the_deals_rule(rule: str, where: str) -> None:
    died = Ending("death", day(40))
    found = stands(a_goal(on_death=rule), Stay(IN, day(40)), on=day(60), ending=died)

    assert found.where == where


def test_a_death_after_it_was_met_takes_nothing_away() -> None:
    died = Ending("death", day(95))
    found = stands(a_goal(), Stay(IN, day(95)), on=day(200), ending=died)

    assert found.where == "met"


def test_a_good_exit_holds_on_where_the_deal_says_so() -> None:
    goal = a_goal(good_exits=["exit-permanent"])
    stays = Stay(IN, day(50))

    assert stands(goal, stays, on=day(60), left_well_on=day(50)).where == "on-the-way"
    assert stands(goal, stays, on=day(90), left_well_on=day(50)).where == "met"
    assert stands(a_goal(), stays, on=day(60), left_well_on=day(50)).where == "out-of-reach"


def test_another_beginning_is_not_told_here() -> None:
    goal = a_goal(starts_at="referral", start_event=None)

    assert stands(goal, Stay(IN), on=day(40)).where == "not-counted"


@st.composite
def some_stays(draw: st.DrawFn) -> list[Stay]:
    at, found = 0, []
    for _ in range(draw(st.integers(1, 5))):
        at += draw(st.integers(0, 25))
        length = draw(st.integers(1, 60))
        found.append(Stay(day(at), day(at + length)))
        at += length
    return found


@given(
    stays=some_stays(),
    held=st.sampled_from(["30 days", "2 months", "90 days"]),
    window=st.sampled_from(["90 days", "6 months"]),
    lapses=st.sampled_from([(0, 0), (1, 14), (2, 7)]),
    lie=st.sampled_from(["between-stays", "anywhere"]),
)
def test_when_the_window_is_over_it_says_what_the_measure_says(
    stays: list[Stay], held: str, window: str, lapses: tuple[int, int], lie: str
) -> None:
    lie = lie if lapses[0] else "between-stays"
    goal = a_goal(
        held_for=held,
        window=window,
        lapses=str(lapses[0]),
        lapse_days=str(lapses[1]),
        lapses_lie=lie,
    )
    records = PlainRecords(
        (EnrolmentRow(enrolment="e", person="p", enrolled_on=ENROLLED),),
        tuple(
            SpellRow(state="housed", person="p", start_on=s.moved_in_on, end_on=s.moved_out_on)
            for s in stays
        ),
        tuple(EventRow(kind="move-in", person="p", happened_on=s.moved_in_on) for s in stays),
    )
    seen = Seen.everywhere(date(2028, 1, 1))
    ((_, met_on),) = reference_met(goal.measure, records, seen=seen, excused=NOTHING_EXCUSED)
    ends = after(stays[0].moved_in_on, goal.measure.window)

    found = stands(goal, *stays, on=ends)

    assert (found.where == "met", found.day if found.where == "met" else None) == (
        met_on is not None,
        met_on,
    )


@given(stays=some_stays(), on=st.integers(0, 300))
def test_whoever_is_on_the_way_and_stays_meets_it_on_the_day(stays: list[Stay], on: int) -> None:
    now = [Stay(s.moved_in_on, s.moved_out_on) for s in stays if s.moved_in_on <= day(on)]
    found = stands(WITH_LAPSE, *now, on=day(on))
    if found.where != "on-the-way" or found.day is None:
        return
    stayed = [Stay(s.moved_in_on, None if s is now[-1] else s.moved_out_on) for s in now]

    later = stands(WITH_LAPSE, *stayed, on=found.day + timedelta(1))

    assert (later.where, later.day) == ("met", found.day)
