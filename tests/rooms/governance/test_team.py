"""The planning team, the coordinator, meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.attendance import attendance
from payforsuccess.governance.cadence import cadence_of_reports
from payforsuccess.governance.conditions import meetings
from payforsuccess.governance.conditions.team import SECTIONS, THEME
from tests.lib.deals import CITY, COUNTY, PROVIDER
from tests.lib.initiatives import (
    COORDINATOR,
    MEMBERS,
    MOU,
    ORGANISATIONS,
    PLANNED,
    TEAM,
    facts_of,
    missing,
    said,
    shown_by,
)


def report(on: str, delivered: str | None = None, to: str = COUNTY) -> dict[str, Any]:
    plain: dict[str, Any] = {"on": on, "progress": ["counts agreed"]}
    return {**plain, "delivered_to": to, "delivered_on": delivered} if delivered else plain


def test_a_team_has_members_agencies_roles_and_authority() -> None:
    """R42: members, agency, role and decision authority."""
    assert shown_by(THEME, "planning-team-set-up", facts_of(PLANNED)) == (
        "2 seats, 2 agencies, 2 with authority to decide"
    )
    assert "No planning team" in missing(THEME, "planning-team-set-up", facts_of())
    staff = [{**each, "decides": "false"} for each in MEMBERS]
    assert missing(THEME, "planning-team-set-up", facts_of(PLANNED, members=staff))


def test_a_chair_who_is_not_of_a_payor_is_refused() -> None:
    """R43: the end payor chairs the planning team."""
    assert shown_by(THEME, "payor-chairs", facts_of(PLANNED)) == f"Ash, {COUNTY}"
    facts = facts_of(PLANNED, team={**TEAM, "chair": "Cob"})
    (problem,) = THEME.problems(facts)
    assert problem.where.field == "team.chair"
    assert "not from an end payor" in missing(THEME, "payor-chairs", facts)


def test_a_chair_who_left_chairs_no_more() -> None:
    """R43, R42: of the day, as members come and go."""
    left = [{**MEMBERS[0], "until": "2026-05-31"}, *MEMBERS[1:]]
    facts = facts_of(PLANNED, members=left)
    assert "does not speak for the payor" in missing(THEME, "payor-chairs", facts)
    assert "1 with authority" in shown_by(THEME, "planning-team-set-up", facts)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_team_is_informal_until_all_four_sections_are_filled(section: str) -> None:
    """R44: function, agreed goals, purpose and decision process."""
    mou = {key: value for key, value in MOU.items() if key != section}
    facts = facts_of(PLANNED, team={**TEAM, "mou": mou})
    told = missing(THEME, "mou-signed", facts)
    assert told == f"The team is informal; not filled in: {SECTIONS[section]}."


def test_a_team_is_informal_until_each_agency_has_signed() -> None:
    """R44: signed by each agency."""
    assert shown_by(THEME, "mou-signed", facts_of(PLANNED)) == "formal since 2026-02-22"
    early = facts_of(PLANNED, on=date(2026, 2, 21))
    assert f"not signed by {CITY}" in missing(THEME, "mou-signed", early)


def test_agencies_without_a_decision_maker_are_listed() -> None:
    """R45: agencies that serve the population and have no decision-maker on the team."""
    only_county = {**TEAM, "seats": TEAM["seats"][:1]}
    told = said(THEME.findings(facts_of(PLANNED, team=only_county)))
    assert any(each.endswith(f"on the planning team: {CITY}.") for each in told)
    assert not any("planning team" in each for each in said(THEME.findings(facts_of(PLANNED))))


def line(agency: str) -> dict[str, str]:
    return {
        "agency": agency,
        "service": "beds",
        "data_held": "stays",
        "hand_offs": "to the provider",
        "cost": "not known",
    }


def test_several_agencies_need_a_cross_system_plan() -> None:
    """R46: multi-agency projects without it fail the planning gate."""
    assert f"leaves out {COUNTY}, {CITY}" in missing(THEME, "cross-system-plan", facts_of(PLANNED))
    whole = {**TEAM, "cross_system_plan": [line(COUNTY), line(CITY)]}
    assert shown_by(THEME, "cross-system-plan", facts_of(PLANNED, team=whole)) == "2 agencies"


def test_one_agency_needs_no_cross_system_plan_and_none_is_not_one() -> None:
    """R46: where several agencies serve the population."""
    one = [ORGANISATIONS[0], {**ORGANISATIONS[1], "serves_population": "false"}]
    assert shown_by(THEME, "cross-system-plan", facts_of(PLANNED, organisations=one)).startswith(
        "only"
    )
    assert "No organisation is marked" in missing(THEME, "cross-system-plan", facts_of())


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, False),
        ({"funded_by": "A foundation"}, False),
        ({"assigned_by": "A foundation"}, False),
        ({"funded_by": "A foundation", "assigned_by": "A foundation"}, True),
    ],
)
def test_a_coordinator_neither_assigned_nor_funded_by_the_payor_is_a_warning(
    changes: dict[str, str], warned: bool
) -> None:
    """R47: name, employer, who funds, reporting line; assigned or funded by the payor."""
    facts = facts_of(PLANNED, coordinator={**COORDINATOR, **changes})
    told = said(THEME.findings(facts))
    assert any("neither assigned nor funded" in each for each in told) is warned
    assert f"employed by {COUNTY}" in shown_by(THEME, "coordinator-named", facts)


def test_a_coordinator_who_reports_to_someone_else_is_a_warning() -> None:
    """R48: straight to the payor."""
    facts = facts_of(PLANNED, coordinator={**COORDINATOR, "reports_to": "Fir"})
    assert any("not report straight" in each for each in said(THEME.findings(facts)))


@pytest.mark.parametrize(("on", "late"), [(date(2026, 5, 31), 0), (date(2026, 6, 1), 1)])
def test_reports_follow_their_cadence(on: date, late: int) -> None:
    """R48: a report on a set cadence; on the day it is due it is not late."""
    coordinator = {**COORDINATOR, "reports": [report("2026-04-30", delivered="2026-05-02")]}
    facts = facts_of(PLANNED, coordinator={**coordinator, "reports_every": "31 days"}, on=on)
    cadence = cadence_of_reports(facts.initiative, on=on)
    assert cadence is not None
    assert (cadence.next_due, cadence.days_late) == (date(2026, 5, 31), late)
    assert any("days late" in each for each in said(THEME.findings(facts))) is bool(late)


@pytest.mark.parametrize("to", [None, CITY, "Cob"])
def test_a_report_that_did_not_reach_the_payor_is_told(to: str | None) -> None:
    """R48: its delivery to the payor is logged."""
    one = report("2026-05-30", "2026-05-31", to) if to else report("2026-05-30")
    facts = facts_of(PLANNED, coordinator={**COORDINATOR, "reports": [one]})
    assert "The status report of 2026-05-30 was not delivered" in said(THEME.findings(facts))[0]
    assert missing(THEME, "status-reports-delivered", facts)


def test_a_report_to_the_payors_leader_reached_the_payor() -> None:
    """R48: to the payor, or to the person who speaks for it."""
    reports = [report("2026-05-30", delivered="2026-05-31", to="Ash")]
    facts = facts_of(PLANNED, coordinator={**COORDINATOR, "reports": reports})
    assert "was delivered" in shown_by(THEME, "status-reports-delivered", facts)


BODY = {
    "name": "steering",
    "title": "the steering committee",
    "chair": "Ash",
    "seats": [{"member": "Ash", "role": "chair"}],
    "meets_every": "3 months",
}


def meeting(on: str, attended: list[str], missed: list[str]) -> dict[str, Any]:
    return {"body": "steering", "on": on, "attended": attended, "missed": missed}


def test_meetings_missed_in_a_row_alert_the_chair() -> None:
    """R89: attendance by party; missed meetings beyond a limit alert the chair."""
    held = [
        meeting("2026-01-10", [COUNTY, PROVIDER], [CITY]),
        meeting("2026-02-10", [COUNTY], [CITY, PROVIDER]),
        meeting("2026-03-10", [COUNTY], [CITY, PROVIDER]),
    ]
    facts = facts_of(PLANNED, bodies=[BODY], meetings=held)
    rows = {each.party: each for each in attendance(facts.initiative, on=facts.on)}
    assert (rows[PROVIDER].attended, rows[PROVIDER].missed, rows[PROVIDER].in_a_row) == (1, 2, 2)
    assert said(meetings.THEME.findings(facts)) == [
        f"For Ash, chair of the steering committee: {CITY} missed the last 3 meetings, and may "
        "miss 2."
    ]


def test_a_party_that_came_again_is_no_alert() -> None:
    """R89: in a row."""
    held = [meeting(f"2026-0{month}-10", [COUNTY], [CITY]) for month in (1, 2, 3)]
    held.append(meeting("2026-04-10", [CITY], [COUNTY]))
    facts = facts_of(PLANNED, bodies=[BODY], meetings=held)
    assert said(meetings.THEME.findings(facts)) == []
    before = facts_of(PLANNED, bodies=[BODY], meetings=held, on=date(2026, 4, 9))
    assert len(said(meetings.THEME.findings(before))) == 1
