"""Open meetings and public records: Counsel's decisions, agendas, minutes, requests (R152)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts


def _decided(facts: Facts) -> Met | Unmet:
    bodies = facts.initiative.bodies
    if not bodies:
        return Unmet("No body is on file.", "State each committee under `bodies`.")
    open_ = [
        number
        for number, each in enumerate(bodies)
        if each.open_meeting is None
        or each.open_meeting_decided is None
        or each.open_meeting_decided.on > facts.on
    ]
    if open_:
        return Unmet(
            "It is not decided whether open-meeting law covers: "
            f"{', '.join(bodies[number].title for number in open_)}.",
            "Record Counsel's decision under `open_meeting` and `open_meeting_decided`.",
            facts.initiative.place_of("bodies", open_[0]),
        )
    covered = sum(each.open_meeting == "covered" for each in bodies)
    every = "the one body" if len(bodies) == 1 else f"all {len(bodies)} bodies"
    return Met(f"Counsel decided for {every}; {covered} {'is' if covered == 1 else 'are'} covered")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    bodies = {each.name: each for each in initiative.bodies}
    for number, meeting in enumerate(initiative.meetings):
        where = initiative.place_of("meetings", number)
        body = bodies.get(meeting.body)
        if body is None or body.open_meeting != "covered" or meeting.on > facts.on:
            continue
        posted = meeting.hours_posted_before
        if meeting.agenda is None or posted is None:
            yield Problem(
                f"Open-meeting law covers {body.title}, and the agenda of its meeting on "
                f"{meeting.on} is not on file with the hours it was posted before.",
                "Give `agenda` and `hours_posted_before`.",
                where,
            )
        elif posted < body.posted_hours_before:
            yield Problem(
                f"The agenda of {body.title} for {meeting.on} was posted {posted} hours before, "
                f"and {body.posted_hours_before} are needed.",
                "Tell Counsel, who says what becomes of what was decided.",
                where,
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    bodies = {each.name: each for each in initiative.bodies}
    for number, meeting in enumerate(initiative.meetings):
        body = bodies.get(meeting.body)
        where = initiative.place_of("meetings", number)
        if body is None:
            continue
        if meeting.on <= facts.on and meeting.minutes is None:
            yield Finding("minutes", f"{body.title}, {meeting.on}: no minutes are on file.", where)
        if meeting.on <= facts.on or body.open_meeting != "covered":
            continue
        if meeting.hours_posted_before is None:
            hours = (meeting.on - facts.on).days * 24
            late = ", which is past" if hours < body.posted_hours_before else ""
            yield Finding(
                "agenda",
                f"{body.title} meets on {meeting.on}: its agenda is to be posted "
                f"{body.posted_hours_before} hours before{late}.",
                where,
            )
    for number, request in enumerate(initiative.records_requests):
        if request.received_on <= facts.on and (
            request.answered_on is None or request.answered_on > facts.on
        ):
            yield Finding(
                "records",
                f"Records request {request.number} is open for "
                f"{counted((facts.on - request.received_on).days, 'day')}.",
                initiative.place_of("records_requests", number),
            )


THEME = Theme(
    "open-meetings",
    (
        Condition(
            "open-meetings-decided",
            ("R152",),
            "Counsel has decided for each body whether open-meeting law covers it.",
            _decided,
        ),
    ),
    _problems,
    _findings,
)
