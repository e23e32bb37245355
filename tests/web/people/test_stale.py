"""What somebody else recorded since a page was opened stands, and is not written over."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.web.people.actions import (
    answer_wrong_record,
    ask_follow_up,
    close_follow_up,
    enrol,
    hand_over,
    leave,
    report_harm,
    report_wrong_record,
    settle_harm,
    tell_holder,
    tell_of_harm,
    withdraw_consent,
)
from payforsuccess.web.people.queries import waiting
from payforsuccess.web.referrals.actions import expect_release, merge
from tests.web.cast import Cast, another
from tests.web.people.cases import ago, consented, enrolled, placed

pytestmark = pytest.mark.django_db


def stale(row: Any) -> Any:
    """The row as a page opened now has it."""
    return type(row).objects.get(pk=row.pk)


def test_handing_over_brings_nobody_back_who_left(county: Cast) -> None:
    row, by = enrolled(county), county.access("case-manager")
    old = stale(row)
    leave(by=by, enrolment=row, on=ago(0), kind="died")

    hand_over(by=by, enrolments=[old], to=county.users[another(county, "case-manager")])

    row.refresh_from_db()
    assert row.exited_on == ago(0)


def test_joining_keeps_a_day_of_release_that_the_office_told_meanwhile(county: Cast) -> None:
    referral, by = placed(county), county.access("case-manager")
    old = stale(referral)
    expect_release(by=county.access("jail-liaison"), referral=referral, on=ago(-9))

    enrol(by=by, referral=old, case_manager=by.user, site="north", on=ago(0))

    referral.refresh_from_db()
    assert (referral.state, referral.release_expected_on) == ("enrolled", ago(-9))


def test_a_follow_up_is_closed_once(county: Cast) -> None:
    row, by = enrolled(county), county.access("case-manager")
    asked = ask_follow_up(by=by, enrolment=row, owner=by.user, what="Call", due_on=ago(0))
    old = stale(asked)
    close_follow_up(by=by, follow_up=asked, on=ago(0), came_of_it="The heater works")

    with pytest.raises(Refusal, match="was closed"):
        close_follow_up(by=by, follow_up=old, on=ago(0), came_of_it="Nothing")
    assert stale(asked).came_of_it == "The heater works"


def test_a_consent_is_taken_back_once(county: Cast) -> None:
    given, by = consented(county, enrolled(county)), county.access("case-manager")
    old = stale(given)
    withdraw_consent(by=by, consent=given, on=ago(9))

    with pytest.raises(Refusal, match="took it back already"):
        withdraw_consent(by=by, consent=old, on=ago(1))
    assert stale(given).withdrawn_on == ago(9)


def test_the_day_on_which_somebody_was_told_of_harm_stays(county: Cast) -> None:
    """R121: another day would set the clock of two days anew."""
    by = county.access("coordinator")
    report = report_harm(by=by, kind="incident", on=ago(9), says="x", stops_service=False)
    tell_of_harm(by=by, report=report, whom="payor", on=ago(2))

    with pytest.raises(Refusal, match="recorded already that they were told"):
        tell_of_harm(by=by, report=stale(report), whom="payor", on=ago(8))
    tell_of_harm(by=by, report=report, whom="group", on=ago(2))
    settle_harm(by=by, report=report, on=ago(1), settled="Mended.")
    with pytest.raises(Refusal, match="was settled"):
        settle_harm(by=by, report=stale(report), on=ago(0), settled="Mended twice.")

    told = stale(report)
    assert (told.payor_told_on, told.settled_on) == (ago(2), ago(1))


def test_the_answer_of_a_holder_stays(county: Cast) -> None:
    """R141."""
    row, by = enrolled(county), county.access("case-manager")
    report = report_wrong_record(
        by=by, enrolment=row, feed="jail", what="a", should_be="b", on=ago(9)
    )
    tell_holder(by=by, report=report, on=ago(8))
    answer_wrong_record(by=by, report=report, on=ago(2), came_to="refused")

    with pytest.raises(Refusal, match="The holder answered"):
        answer_wrong_record(by=by, report=stale(report), on=ago(0), came_to="corrected")
    assert stale(report).came_to == "refused"


def test_one_person_with_two_rows_is_enrolled_once(county: Cast) -> None:
    """R116: joined after both were placed."""
    first, second = placed(county, name="Rowan"), placed(county, name="Rowen")
    by = county.access("case-manager")
    enrol(by=by, referral=first, case_manager=by.user, site="north", on=ago(9))
    assert [each.pk for each in waiting(by)] == [second.pk]

    merge(by=county.access("link-reviewer"), one=first.participant, other=second.participant)

    assert not waiting(by).exists()
    with pytest.raises(Refusal, match="enrolled already"):
        enrol(by=by, referral=second, case_manager=by.user, site="north", on=ago(0))
