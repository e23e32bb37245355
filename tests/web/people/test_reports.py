"""Harm with its clock and its stop, wrong records, handing over, a site's totals (R96, R121)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.people.actions import (
    answer_wrong_record,
    ask_follow_up,
    enrol,
    move_in,
    report_harm,
    report_wrong_record,
    settle_harm,
    tell_holder,
    tell_of_harm,
)
from payforsuccess.web.people.models import HarmReport
from payforsuccess.web.people.shown import HarmShown, WrongShown
from payforsuccess.web.referrals.actions import change_state
from payforsuccess.web.referrals.drawing import hindrances
from tests.web.cast import Cast, another
from tests.web.people.cases import ago, enrolled, placed

pytestmark = pytest.mark.django_db


def a_report(county: Cast, *, stops: bool = False, days: int = 1, site: str = "") -> HarmReport:
    return report_harm(
        by=county.access("jail-liaison"),
        kind="safety",
        on=ago(days),
        says="Someone fell on the stairs.",
        stops_service=stops,
        site=site,
    )


def settled(county: Cast, report: HarmReport) -> None:
    by = county.access("coordinator")
    for whom in ("payor", "group"):
        tell_of_harm(by=by, report=report, whom=whom, on=ago(0))  # type: ignore[arg-type]
    settle_harm(by=by, report=report, on=ago(0), settled="The stairs are mended.")


def test_the_payor_and_the_group_are_told_within_two_days() -> None:
    late = HarmShown(HarmReport(number="H-1", kind="incident", reported_on=ago(3)), ago(0))
    new = HarmShown(HarmReport(number="H-2", kind="incident", reported_on=ago(2)), ago(0))

    assert (late.is_late, late.state) == (True, "overdue")
    assert (new.is_late, new.state) == (False, "waiting")


def test_a_stop_blocks_enrolments_and_homes_until_it_is_settled(county: Cast) -> None:
    row, referral = enrolled(county), placed(county, name="Second")
    report = a_report(county, stops=True)
    by = county.access("case-manager")

    def new_ones() -> None:
        enrol(by=by, referral=referral, case_manager=by.user, site="north", on=ago(0))
        move_in(by=by, enrolment=row, on=ago(0))

    with pytest.raises(Refusal, match="H-001"):
        new_ones()
    with pytest.raises(Refusal, match="H-001"):
        move_in(by=by, enrolment=row, on=ago(0))
    settled(county, report)
    new_ones()


def test_nobody_is_placed_while_service_is_stopped_everywhere(county: Cast) -> None:
    report = a_report(county, stops=True)
    referral = county.someone(name="Third")
    with pytest.raises(Refusal, match="H-001"):
        change_state(by=county.access("provider"), referral=referral, to="placed")

    settled(county, report)
    change_state(by=county.access("provider"), referral=referral, to="placed")


def test_nobody_is_drawn_while_service_is_stopped_everywhere(county: Cast) -> None:
    a_report(county, stops=True)
    referral = county.someone(name="Third")

    (problem,) = hindrances(by=county.access("jail-liaison"), referral=referral)

    assert "H-001" in problem.what


def test_a_stop_of_one_site_leaves_the_others(county: Cast) -> None:
    row = enrolled(county, site="south")
    a_report(county, stops=True, site="north")

    move_in(by=county.access("case-manager"), enrolment=row, on=ago(0))


def test_nothing_is_settled_before_both_were_told(county: Cast) -> None:
    report = a_report(county)

    with pytest.raises(Refusal):
        settle_harm(by=county.access("coordinator"), report=report, on=ago(0), settled="Done")


def test_reporters_see_their_own_reports_and_no_more(county: Cast) -> None:
    a_report(county)
    report_harm(
        by=county.access("court-contact"),
        kind="complaint",
        on=ago(1),
        says="x",
        stops_service=False,
    )
    page = reverse("people:harm", args=[county.slug])

    assert "H-002" not in county.sign_in("jail-liaison").get(page).content.decode()
    assert "H-002" in county.sign_in("payor").get(page).content.decode()


def test_a_report_is_followed_by_pages_to_its_end(county: Cast) -> None:
    a_report(county)
    page = reverse("people:harm-one", args=[county.slug, HarmReport.objects.get().public_id])
    client = county.sign_in("provider")
    for whom in ("payor", "group"):
        client.post(page, {"whom": whom, "on": ago(0).isoformat()})
    client.post(page, {"on": ago(0).isoformat(), "settled": "The stairs are mended."})

    assert HarmReport.objects.get().settled_on == ago(0)


def test_a_wrong_record_is_followed_to_its_correction(county: Cast) -> None:
    by = county.access("case-manager")
    report = report_wrong_record(
        by=by, enrolment=enrolled(county), feed="jail", what="a", should_be="b", on=ago(5)
    )
    assert (WrongShown(report, ago(0)).clock.turn, WrongShown(report, ago(0)).state) == (
        "tell",
        "overdue",
    )

    tell_holder(by=by, report=report, on=ago(4))
    assert WrongShown(report, ago(0)).clock.turn == "answer"

    answer_wrong_record(by=by, report=report, on=ago(0), came_to="corrected")
    assert not WrongShown(report, ago(0)).is_open


def test_chosen_people_go_to_another_worker_with_their_follow_ups(county: Cast) -> None:
    stays, goes = enrolled(county, name="Stays"), enrolled(county, name="Goes")
    asked = ask_follow_up(
        by=county.access("case-manager"),
        enrolment=goes,
        owner=county.users["case-manager"],
        what="Call",
        due_on=ago(-1),
    )
    new = county.users[another(county, "case-manager")]

    county.sign_in("case-manager").post(
        reverse("people:hand-over", args=[county.slug]),
        {"who": [goes.public_id], "to": new.public_id, "with_follow_ups": "on"},
    )

    for row in (stays, goes, asked):
        row.refresh_from_db()
    assert (stays.case_manager, goes.case_manager) == (county.users["case-manager"], new)
    assert (asked.owner, asked.asked_by) == (new, county.users["case-manager"])


def test_a_supervisor_sees_every_caseload_of_the_site_and_who_went_quiet(
    county: Cast, django_assert_max_num_queries: Any
) -> None:
    name = another(county, "case-manager")
    held = Membership.objects.filter(user=county.users[name])
    held.update(is_supervisor=True, site="north")
    for number in range(4):
        enrolled(county, name=f"Name{number}")
    enrolled(county, name="Elsewhere", site="south")
    client = county.sign_in(name)
    page = reverse("people:site", args=[county.slug])
    client.get(page)

    with django_assert_max_num_queries(12):
        answer = client.get(page)

    (row,) = answer.context["table"].rows
    assert row.values[1:3] == (4, 4)


def test_a_sites_small_counts_are_hidden_from_its_manager(county: Cast) -> None:
    for number in range(12):
        enrolled(county, name=f"N{number:02}", on=ago(90))
    for number in range(3):
        enrolled(county, name=f"S{number:02}", on=ago(90), site="south")

    page = reverse("people:numbers", args=[county.slug])
    rows = county.sign_in("provider").get(page).context["table"].rows

    shown = {str(row[0]): row[1] for row in rows}
    assert shown["south"] == "hidden"
    assert "hidden" in (shown["north"], shown["All sites"])
