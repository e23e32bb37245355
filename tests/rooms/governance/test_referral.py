"""The life of a referral: what may follow, who says so, what offices see, and the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from payforsuccess.governance.look_alike import why_alike
from payforsuccess.governance.referral import (
    BY,
    DECLINE_REASONS,
    ENDS,
    NEXT,
    RELEASES,
    STATES,
    State,
    after_release,
    check_by_hand,
    check_custody,
    check_next,
    check_reason,
    clock_of,
    in_words,
    may_be_referred_again,
    seen_by_referrer,
)
from payforsuccess.governance.referral_flow import STAGE_OF, Course, flows_of
from payforsuccess.governance.referral_tasks import (
    Standing,
    tasks_of_office,
    tasks_of_provider,
)

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def test_each_state_has_a_word_and_someone_who_brings_it() -> None:
    assert set(NEXT) == set(BY) == set(STATES)
    assert all(in_words(state) for state in STATES)
    assert {state for state in STATES if not NEXT[state]} == set(ENDS)


def test_no_way_leads_back_to_the_draw() -> None:
    """Whoever was told an answer is never asked for again (R116)."""
    for told in ("placed", "services-as-usual", "declined"):
        seen: set[State] = set()
        ahead: list[State] = list(NEXT[told])  # type: ignore[index]
        while ahead:
            state = ahead.pop()
            if state not in seen:
                seen.add(state)
                ahead.extend(NEXT[state])
        assert not seen & {"made", "unclear", "eligible", "services-as-usual", "placed"}


@pytest.mark.parametrize("state", STATES)
def test_the_office_reads_no_draw_no_place_and_no_course(state: State) -> None:
    said = seen_by_referrer(state)

    assert said in {
        "pending",
        "placed",
        "services as usual",
        "not eligible",
        "not taken on",
        "said no",
    }
    assert (said == "not taken on") == (state == "declined")


def test_a_joined_referral_shows_what_the_earlier_came_to() -> None:
    assert seen_by_referrer("joined", earlier="services-as-usual") == "services as usual"
    assert seen_by_referrer("joined", earlier="housed") == "placed"
    assert seen_by_referrer("joined", earlier="joined") == "pending"
    assert seen_by_referrer("joined") == "pending"


def test_chance_is_answered_by_nobody() -> None:
    for to in ("placed", "services-as-usual", "declined"):
        assert check_by_hand(to, by_lot=True)  # type: ignore[arg-type]
    assert not check_by_hand("withdrawn", by_lot=True)
    assert check_by_hand("services-as-usual", by_lot=False)
    assert not check_by_hand("placed", by_lot=False)


def test_who_is_not_taken_on_is_told_why() -> None:
    """R70."""
    assert check_reason("declined", "")
    assert check_reason("declined", "they looked difficult")
    assert not any(check_reason("declined", reason) for reason in DECLINE_REASONS)
    assert not check_reason("placed", "")


def test_nobody_is_drawn_in_custody_unless_the_record_says_so() -> None:
    """R114, 45 CFR 46 Subpart C."""
    assert check_custody("jail", is_released=False, anyone_in_custody=False)
    assert not check_custody("jail", is_released=True, anyone_in_custody=False)
    assert not check_custody("jail", is_released=False, anyone_in_custody=True)
    assert not check_custody("court", is_released=False, anyone_in_custody=False)


def test_a_release_that_nobody_met_has_to_be_followed_up() -> None:
    """R142."""
    assert after_release("placed", "met") is None
    for way in RELEASES[1:]:
        assert after_release("placed", way) == "released-unmet"
        assert after_release("eligible", way) is None


def test_the_clock_of_a_release_runs_72_hours() -> None:
    clock = clock_of("released-unmet", since=NOW, now=NOW + timedelta(hours=72))
    assert clock is not None and clock.what == "meet" and not clock.is_late
    later = clock_of("released-unmet", since=NOW, now=NOW + timedelta(hours=72, seconds=1))
    assert later is not None and later.is_late


def test_a_referral_is_answered_by_the_next_day() -> None:
    clock = clock_of("eligible", since=NOW, now=NOW + timedelta(hours=25))
    assert clock is not None and clock.what == "answer" and clock.is_late
    assert clock_of("enrolled", since=NOW, now=NOW) is None


def test_what_cannot_follow_is_refused_in_words() -> None:
    assert not check_next("eligible", "placed")
    (problem,) = check_next("services-as-usual", "placed")
    assert "has ended" in problem.what
    (problem,) = check_next("placed", "eligible")
    assert "Met" in problem.do


def test_an_exclusion_ends() -> None:
    assert may_be_referred_again(None, on=date(2027, 1, 1))
    assert not may_be_referred_again(date(2027, 6, 1), on=date(2027, 5, 31))
    assert may_be_referred_again(date(2027, 6, 1), on=date(2027, 6, 1))


DAY = date(2027, 1, 1)
WALKS = some.lists(
    some.tuples(
        some.sampled_from(("jail", "court", "community")),
        some.lists(some.tuples(some.integers(0, 5), some.integers(0, 40)), max_size=7),
    ),
    max_size=30,
)


def walked(source: str, steps: list[tuple[int, int]]) -> Course:
    """A referral that went along `NEXT`, some days a step."""
    state: State = "made"
    on, reached = DAY, {"referred": DAY}
    for way, days in steps:
        if not NEXT[state]:
            break
        state = NEXT[state][way % len(NEXT[state])]
        on += timedelta(days=days)
        if state in STAGE_OF:
            reached.setdefault(STAGE_OF[state], on)
    return Course(source, state, reached)  # type: ignore[arg-type]


@given(WALKS)
def test_actives_and_ends_add_up_to_the_referrals(walks: list[tuple[str, list]]) -> None:  # type: ignore[type-arg]
    """R71: the sums close, by source and over sources, and no stage exceeds the one before."""
    flows = flows_of(walked(source, steps) for source, steps in walks)
    *by_source, every = flows

    assert every.referred == len(walks)
    for flow in flows:
        counts = list(flow.reached.values())
        assert flow.referred == counts[0] == flow.active + sum(flow.ended.values())
        assert counts == sorted(counts, reverse=True)
    for stage, count in every.reached.items():
        assert count == sum(flow.reached[stage] for flow in by_source)


def test_medians_are_of_those_who_came_to_both_stages() -> None:
    def course(*days: int) -> Course:
        stages = ("referred", "eligible", "accepted")
        at = {s: DAY + timedelta(days=d) for s, d in zip(stages, days, strict=False)}
        return Course("jail", "placed", at)  # type: ignore[arg-type]

    (jail, _) = flows_of([course(0, 1, 3), course(0, 2, 7), course(0, 9)])

    assert jail.days["eligible"] == 2
    assert jail.days["accepted"] == Fraction(7, 2)
    assert jail.days["housed"] is None


ZONE = ZoneInfo("America/Los_Angeles")


def named(standing: Standing, *, of_office: bool = False) -> list[str]:
    tasks = tasks_of_office if of_office else tasks_of_provider
    return [task.what for task in tasks(standing, now=NOW, zone=ZONE)]


def test_the_most_urgent_task_of_a_provider_comes_first() -> None:
    """R69: an expected release makes tasks; R142: whom nobody met is looked for."""
    placed = Standing("placed", NOW - timedelta(hours=30), release_expected_on=date(2027, 3, 3))

    assert named(placed) == ["acknowledge", "meet-at-release"]
    assert named(Standing("released-unmet", NOW)) == ["find"]
    assert named(Standing("eligible", NOW)) == ["answer"]
    assert named(Standing("eligible", NOW, is_by_lot=True)) == []
    assert named(Standing("placed", NOW, is_acknowledged=True, hearing_on=date(2027, 9, 1))) == []


def test_an_office_is_asked_for_what_it_alone_knows() -> None:
    past = date(2027, 2, 20)

    assert named(Standing("unclear", NOW), of_office=True) == ["complete-facts"]
    assert named(Standing("eligible", NOW, is_by_lot=True), of_office=True) == ["ask-for-draw"]
    both = Standing("placed", NOW, release_expected_on=past, hearing_on=past)
    assert named(both, of_office=True) == ["tell-release", "tell-hearing"]
    told = Standing("placed", NOW, release_expected_on=past, is_released=True)
    assert named(told, of_office=True) == []
    for later in ("met", "housed", "left"):
        over = Standing(later, NOW, release_expected_on=past, hearing_on=past)  # type: ignore[arg-type]
        assert named(over, of_office=True) == []


def test_a_day_is_due_at_its_end_where_the_people_are() -> None:
    spring = Standing("placed", NOW, is_acknowledged=True, release_expected_on=date(2027, 3, 14))
    (task,) = tasks_of_provider(spring, now=NOW, zone=ZONE)

    assert task.due.isoformat() == "2027-03-15T00:00:00-07:00"


def test_rows_that_look_alike_are_for_someone_to_look_at() -> None:
    born = date(1990, 2, 3)

    assert why_alike("Sam", born, "Samuel", born) == "a like name, born the same day"
    assert why_alike("Ana", born, "Anna", date(1990, 3, 2))
    assert why_alike("Luis", born, "Petra", born) == "the same date of birth"
    assert why_alike("Luis", born, "Petra", date(1990, 2, 4)) == ""
    assert why_alike("Sam", born, "Samuel", date(1971, 8, 19)) == ""
