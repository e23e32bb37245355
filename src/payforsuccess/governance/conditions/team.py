"""The planning team, its agreement and its chair, and the coordinator (R42 to R48)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.cadence import cadence_of_reports
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.initiative import Initiative

SECTIONS = {
    "function": "function",
    "goals": "agreed goals",
    "purpose": "purpose",
    "decision_process": "decision process",
}
"""The four sections of the memorandum of understanding."""
_NO_TEAM = Unmet("No planning team is on file.", "State it under `team`.")
_NO_COORDINATOR = Unmet("No project coordinator is on file.", "Name one under `coordinator`.")


def _set_up(facts: Facts) -> Met | Unmet:
    initiative, team = facts.initiative, facts.initiative.team
    if team is None:
        return _NO_TEAM
    members = [initiative.member(seat.member) for seat in team.seats]
    deciders = [
        each.name
        for each in members
        if each is not None and each.decides and each.is_there(on=facts.on)
    ]
    if not deciders:
        return Unmet(
            "Nobody on the planning team can commit an agency.",
            "Seat a decision-maker, and mark the member with `decides: true`.",
            initiative.place_of("team", "seats"),
        )
    return Met(
        f"{counted(len(team.seats), 'seat')}, {counted(len(_agencies(initiative)), 'agency')}, "
        f"{len(deciders)} with authority to decide"
    )


def _chaired(facts: Facts) -> Met | Unmet:
    initiative, team = facts.initiative, facts.initiative.team
    if team is None:
        return _NO_TEAM
    if not initiative.is_of_payor(team.chair):
        return Unmet(
            "The chair is not from an end payor.",
            "Have the end payor chair the team.",
            initiative.place_of("team", "chair"),
        )
    member = initiative.member(team.chair)
    assert member is not None, "a chair of a payor is a member"
    if not member.is_there(on=facts.on):
        return Unmet(
            "The chair does not speak for the payor on this day.",
            "Have someone of the end payor chair the team.",
            initiative.place_of("team", "chair"),
        )
    return Met(f"{team.chair}, {member.organisation}")


def _formal(facts: Facts) -> Met | Unmet:
    initiative, team = facts.initiative, facts.initiative.team
    if team is None:
        return _NO_TEAM
    signed = {each.by: each.on for each in team.mou.signed if each.on <= facts.on}
    empty = [title for name, title in SECTIONS.items() if getattr(team.mou, name) is None]
    agencies = _agencies(initiative)
    unsigned = [agency for agency in agencies if agency not in signed] or (
        [] if agencies else ["any agency"]
    )
    if empty or unsigned:
        said = [f"not filled in: {', '.join(empty)}"] if empty else []
        said += [f"not signed by {', '.join(unsigned)}"] if unsigned else []
        return Unmet(
            f"The team is informal; {'; '.join(said)}.",
            "Fill in the four sections and have each agency sign.",
            initiative.place_of("team", "mou"),
        )
    return Met(f"formal since {max(signed.values())}")


def _planned_across(facts: Facts) -> Met | Unmet:
    initiative, team = facts.initiative, facts.initiative.team
    serving = _serving(facts)
    if not serving:
        return Unmet(
            "No organisation is marked as serving the population.",
            "Mark each with `serves_population: true`.",
            initiative.place_of("organisations"),
        )
    if len(serving) == 1:
        return Met(f"only {serving[0]} serves the population")
    told = {line.agency for line in team.cross_system_plan} if team is not None else set()
    left_out = [agency for agency in serving if agency not in told]
    if left_out:
        return Unmet(
            f"{len(serving)} agencies serve the population, and the cross-system plan leaves out "
            f"{', '.join(left_out)}.",
            "Give each one's service, data, hand-offs and cost.",
            initiative.place_of("team", "cross_system_plan"),
        )
    return Met(counted(len(serving), "agency"))


def _coordinated(facts: Facts) -> Met | Unmet:
    coordinator = facts.initiative.coordinator
    if coordinator is None:
        return _NO_COORDINATOR
    return Met(
        f"{coordinator.name}, employed by {coordinator.employer}, funded by "
        f"{coordinator.funded_by}, reports to {coordinator.reports_to}"
    )


def _reported(facts: Facts) -> Met | Unmet:
    cadence = cadence_of_reports(facts.initiative, on=facts.on)
    if cadence is None:
        return _NO_COORDINATOR
    where = facts.initiative.place_of("coordinator", "reports")
    if cadence.last is None:
        return Unmet(
            "No status report has reached the payor.",
            "Deliver one, and record `delivered_to` and `delivered_on`.",
            where,
        )
    if cadence.days_late:
        return Unmet(
            f"The next status report was due on {cadence.next_due}: {cadence.days_late} days late.",
            "Deliver it, and record `delivered_to` and `delivered_on`.",
            where,
        )
    return Met(f"the report of {cadence.last.on} was delivered; the next is due {cadence.next_due}")


def _agencies(initiative: Initiative) -> tuple[str, ...]:
    """The organisations with a seat on the team."""
    seats = initiative.team.seats if initiative.team is not None else ()
    members = (initiative.member(seat.member) for seat in seats)
    return tuple(dict.fromkeys(each.organisation for each in members if each is not None))


def _serving(facts: Facts) -> list[str]:
    """The organisations that serve the population on the day."""
    return [
        each.name
        for each in facts.initiative.organisations
        if each.serves_population and each.takes_part(on=facts.on)
    ]


def agencies_without_decision_maker(facts: Facts) -> tuple[str, ...]:
    """Organisations that serve the population and have nobody on the team who can commit them."""
    initiative = facts.initiative
    seats = initiative.team.seats if initiative.team is not None else ()
    members = [initiative.member(seat.member) for seat in seats]
    decided = {
        each.organisation
        for each in members
        if each is not None and each.decides and each.is_there(on=facts.on)
    }
    return tuple(agency for agency in _serving(facts) if agency not in decided)


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative, team = facts.initiative, facts.initiative.team
    if team is not None and not initiative.is_of_payor(team.chair):
        yield Problem(
            "The planning team is chaired by someone who is not from an end payor.",
            "Have the end payor chair it, and name the payor under `payors`.",
            initiative.place_of("team", "chair"),
        )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    if initiative.team is not None:
        gaps = agencies_without_decision_maker(facts)
        if gaps:
            yield Finding(
                "team",
                "Agencies that serve the population and have no decision-maker on the planning "
                f"team: {', '.join(gaps)}.",
                initiative.place_of("team", "seats"),
            )
    coordinator = initiative.coordinator
    if coordinator is None:
        return
    payors = initiative.payor_names
    if coordinator.funded_by not in payors and coordinator.assigned_by not in payors:
        yield Finding(
            "coordinator",
            "The coordinator is neither assigned nor funded by an end payor.",
            initiative.place_of("coordinator"),
        )
    if coordinator.reports_to not in payors and not initiative.is_of_payor(coordinator.reports_to):
        yield Finding(
            "coordinator",
            "The coordinator does not report straight to an end payor.",
            initiative.place_of("coordinator", "reports_to"),
        )
    cadence = cadence_of_reports(initiative, on=facts.on)
    assert cadence is not None, "there is a coordinator"
    for report in cadence.undelivered:
        yield Finding(
            "status-report",
            f"The status report of {report.on} was not delivered to an end payor.",
            initiative.place_of("coordinator", "reports", coordinator.reports.index(report)),
        )
    if cadence.days_late:
        yield Finding(
            "status-report",
            f"A status report was due on {cadence.next_due}: {cadence.days_late} days late.",
            initiative.place_of("coordinator", "reports"),
        )


THEME = Theme(
    "team",
    (
        Condition(
            "planning-team-set-up",
            ("R42",),
            "A planning team has members of the agencies, with authority to decide.",
            _set_up,
        ),
        Condition("payor-chairs", ("R43",), "An end payor chairs the planning team.", _chaired),
        Condition(
            "mou-signed",
            ("R44",),
            "The team's agreement states function, goals, purpose and decision process, and each "
            "agency has signed.",
            _formal,
        ),
        Condition(
            "cross-system-plan",
            ("R46",),
            "Where several agencies serve the population, a cross-system plan names each.",
            _planned_across,
        ),
        Condition("coordinator-named", ("R47",), "A project coordinator is named.", _coordinated),
        Condition(
            "status-reports-delivered",
            ("R48",),
            "The coordinator's reports reach the payor in their cadence.",
            _reported,
        ),
    ),
    _problems,
    _findings,
)
