"""The people served: their voice, and the harm log with its clocks."""

from __future__ import annotations

from typing import Any

from payforsuccess.governance.conditions.voice import THEME
from payforsuccess.governance.harm_clock import harms_found
from payforsuccess.governance.initiative.voice import Harm
from tests.lib.deals import COUNTY
from tests.lib.initiatives import ON, facts_of, missing, said, shown_by

SPEAKER: dict[str, Any] = {
    "name": "Elm",
    "organisation": "Participants' council",
    "seniority": "staff",
    "represents_participants": "true",
}
SAID = {"by": "Council", "on": "2026-05-01", "says": "Visits start too late"}
HARM: dict[str, Any] = {
    "number": "H-1",
    "kind": "incident",
    "on": "2026-05-29",
    "says": "A visit that nobody had announced",
}


def test_a_project_without_participants_is_flagged() -> None:
    """R109."""
    assert "No one who speaks" in said(THEME.findings(facts_of()))[0]
    assert "No one who speaks" in missing(THEME, "participants-heard", facts_of())
    assert not said(THEME.findings(facts_of(members=[SPEAKER])))


def test_what_is_said_is_on_file_with_its_reply() -> None:
    """R109."""
    facts = facts_of(members=[SPEAKER])
    assert "nothing they said" in missing(THEME, "participants-heard", facts)
    facts = facts_of(members=[SPEAKER], voices=[SAID])
    assert "1 of 1 thing said has no reply" in missing(THEME, "participants-heard", facts)
    assert "has no reply yet, 31 days later" in said(THEME.findings(facts))[0]
    answered = SAID | {"reply": "From day one now", "replied_on": "2026-05-09"}
    assert shown_by(THEME, "participants-heard", facts_of(members=[SPEAKER], voices=[answered]))


def test_a_reply_to_come_and_the_payors_own_voice_answer_nobody() -> None:
    """R109."""
    later = SAID | {"reply": "From day one now", "replied_on": "2030-05-09"}
    assert "no reply" in missing(
        THEME, "participants-heard", facts_of(members=[SPEAKER], voices=[later])
    )
    own = SAID | {"by": COUNTY, "reply": "Thank you"}
    payors = [{"organisation": COUNTY}]
    facts = facts_of(members=[SPEAKER], voices=[own], payors=payors)
    assert "nothing they said" in missing(THEME, "participants-heard", facts)


def test_nobody_is_told_of_a_harm_before_it_was_reported() -> None:
    """R121."""
    told = HARM | {"payor_told_on": "2026-01-01", "group_told_on": "2026-05-30"}
    (problem,) = said(THEME.problems(facts_of(members=[SPEAKER], harms=[told])))
    assert "before the day it was reported" in problem


def test_one_who_left_speaks_for_nobody() -> None:
    """R109."""
    facts = facts_of(members=[SPEAKER | {"until": "2026-05-31"}])
    assert "No one who speaks" in missing(THEME, "participants-heard", facts)


def test_payor_and_group_are_told_within_two_days() -> None:
    """R121: reported on the 29th, told by the 31st; the 1st is one day late."""
    facts = facts_of(members=[SPEAKER], harms=[HARM | {"payor_told_on": "2026-05-31"}])
    (problem,) = said(THEME.problems(facts))
    assert "by 2026-05-31, and the participant group are not told: 1 day late" in problem


def test_within_the_two_days_the_clock_is_told() -> None:
    """R121."""
    facts = facts_of(members=[SPEAKER], harms=[HARM | {"on": "2026-05-30"}])
    assert not said(THEME.problems(facts))
    assert said(THEME.findings(facts)) == [
        "H-1: tell the payor by 2026-06-01.",
        "H-1: tell the participant group by 2026-06-01.",
    ]


def test_being_told_late_stays_visible() -> None:
    """R121."""
    told = HARM | {"payor_told_on": "2026-05-30", "group_told_on": "2026-06-01"}
    facts = facts_of(members=[SPEAKER], harms=[told])
    assert not said(THEME.problems(facts))
    assert said(THEME.findings(facts)) == ["H-1: the participant group was told 1 day late."]


def test_a_stop_holds_until_it_is_settled() -> None:
    """R121: a stop."""
    told = {"payor_told_on": "2026-05-29", "group_told_on": "2026-05-29", "stops_service": "true"}
    stopped = facts_of(harms=[HARM | told])
    assert "H-1" in missing(THEME, "no-harm-stop", stopped)
    settled = facts_of(harms=[HARM | told | {"settled_on": "2026-06-01"}])
    assert shown_by(THEME, "no-harm-stop", settled)
    later = facts_of(harms=[HARM | told | {"settled_on": "2026-06-02"}])
    assert missing(THEME, "no-harm-stop", later)


def test_what_is_reported_after_the_day_is_not_there_yet() -> None:
    """R121."""
    assert harms_found([Harm.model_validate(HARM | {"on": "2026-06-02"})], on=ON) == ()
