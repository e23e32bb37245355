"""A caseload on a day: gone quiet, days housed, missing data, wrong records (R68, R141)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from payforsuccess.governance.caseload import (
    Known,
    Stay,
    WrongRecord,
    days_housed,
    days_quiet,
    housed_on,
    is_quiet,
    missing,
    unanswered,
    wrong_record_clock,
)

TODAY = date(2026, 11, 22)
MOVED_IN = date(2026, 10, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


@pytest.mark.parametrize(("days", "quiet"), [(29, False), (30, True), (31, True)])
def test_thirty_days_without_contact_are_quiet(days: int, quiet: bool) -> None:
    assert is_quiet(ago(days), enrolled_on=ago(200), on=TODAY) is quiet


def test_who_was_never_reached_is_quiet_from_the_day_of_enrolment() -> None:
    assert not is_quiet(None, enrolled_on=ago(29), on=TODAY)
    assert is_quiet(None, enrolled_on=ago(30), on=TODAY)


def test_a_contact_before_the_enrolment_does_not_count_longer() -> None:
    assert days_quiet(ago(90), enrolled_on=ago(10), on=TODAY) == 10


def test_a_contact_ahead_of_its_day_is_no_silence() -> None:
    assert days_quiet(ago(-3), enrolled_on=ago(90), on=TODAY) == 0


def test_days_housed_are_the_nights_before_today() -> None:
    assert days_housed([Stay(MOVED_IN)], on=MOVED_IN) == 0
    assert days_housed([Stay(MOVED_IN)], on=MOVED_IN + timedelta(1)) == 1


def test_the_night_of_moving_out_does_not_count() -> None:
    assert days_housed([Stay(MOVED_IN, MOVED_IN + timedelta(5))], on=TODAY) == 5


def test_two_homes_at_once_are_counted_once() -> None:
    stays = [Stay(MOVED_IN, ago(10)), Stay(ago(15))]

    assert days_housed(stays, on=TODAY) == (TODAY - MOVED_IN).days


def test_a_home_ahead_is_no_home_yet() -> None:
    assert days_housed([Stay(ago(-2))], on=TODAY) == 0
    assert housed_on([Stay(ago(-2))], on=TODAY) is None


def test_on_the_day_of_moving_out_one_has_left() -> None:
    stay = Stay(MOVED_IN, TODAY)

    assert housed_on([stay], on=TODAY) is None
    assert housed_on([stay], on=ago(1)) == stay


def test_all_gaps_are_named_in_one_order() -> None:
    known = Known(ago(60), False, False, False, (), 1)

    assert missing(known, on=TODAY) == ("consent", "way-to-reach", "language", "lease-day", "home")


def test_without_a_home_only_after_sixty_days() -> None:
    assert missing(Known(ago(59), True, True, True), on=TODAY) == ()
    assert missing(Known(ago(60), True, True, True), on=TODAY) == ("home",)
    assert missing(Known(ago(90), True, True, True, (Stay(ago(80), ago(70)),)), on=TODAY) == ()


def test_a_holder_is_told_within_two_days_and_answers_within_thirty() -> None:
    clock = wrong_record_clock(WrongRecord(ago(5)), on=TODAY)
    assert (clock.turn, clock.due, clock.days_late) == ("tell", ago(3), 3)

    clock = wrong_record_clock(WrongRecord(ago(5), ago(4)), on=TODAY)
    assert (clock.turn, clock.due, clock.days_late) == ("answer", ago(-26), 0)

    clock = wrong_record_clock(WrongRecord(ago(40), ago(39), ago(1)), on=TODAY)
    assert (clock.turn, clock.due) == ("none", None)


def test_what_happens_after_the_day_has_not_happened() -> None:
    clock = wrong_record_clock(WrongRecord(ago(5), ago(4), ago(1)), on=ago(5))

    assert clock.turn == "tell"


def test_an_answer_to_one_purpose_is_none_to_another() -> None:
    """R115: per person, purpose and recipient."""
    assert unanswered(["to pay", "to evaluate", "to pay"], ["to pay"]) == ("to evaluate",)
    assert unanswered([], ["to pay"]) == ()
