"""Planning: team, memorandum, steps, what the payor has to know, milestones (R42 to R51)."""

from __future__ import annotations

from payforsuccess.governance.conditions.steps import (
    STEPS,
    funding_information_percent,
    slippage_days,
)
from payforsuccess.governance.conditions.team import SECTIONS, agencies_without_decision_maker
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.team import Milestone
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import blank_in, day_or, register_page, rows_or, words

_WITHOUT = {
    False: "Agencies that serve the population and have no decision-maker on the team",
    True: "Agencies that serve the population, and whether one of theirs decides on the team is "
    "not known",
}
"""By whether the initiative was put together from published sources."""


def planning_entries(facts: Facts) -> tuple[tuple[Milestone, int], ...]:
    """Every milestone with the days it is behind."""
    return tuple((each, slippage_days(each, facts)) for each in facts.initiative.milestones)


def planning_document(facts: Facts) -> Document:
    """Team and memorandum, the three steps, what the payor has to know, milestones, reports."""
    return register_page(
        facts, "Planning", (*_team(facts), *_steps(facts), *_asked(facts), *_time(facts))
    )


def _team(facts: Facts) -> tuple[Block, ...]:
    initiative, team = facts.initiative, facts.initiative.team
    members = {each.name: each for each in initiative.members}
    rows = []
    for seat in team.seats if team is not None else ():
        member = members.get(seat.member)
        rows.append(
            (
                seat.member,
                member.organisation if member is not None else "not on file",
                seat.role,
                "yes" if team is not None and seat.member == team.chair else "no",
                "yes" if member is not None and member.decides else "no",
            )
        )
    gaps = agencies_without_decision_maker(facts)
    blocks: list[Block] = [
        Heading(2, "The planning team", "team"),
        rows_or(
            "Members of the planning team",
            ("Member", "Agency", "Role", "Chairs", "Can commit the agency"),
            rows,
            empty="No planning team is on file.",
        ),
    ]
    if gaps:
        blocks.append(paragraph(f"{_WITHOUT[initiative.is_from_sources]}: {', '.join(gaps)}."))
    if team is not None:
        filled = [title for name, title in SECTIONS.items() if getattr(team.mou, name) is not None]
        signed = [f"{each.by} on {day_or(each.on)}" for each in team.mou.signed]
        blocks.append(
            paragraph(
                f"The memorandum states: {', '.join(filled) or 'nothing yet'}. Signed by: "
                f"{', '.join(signed) or 'nobody yet'}."
            )
        )
    return tuple(blocks)


def _steps(facts: Facts) -> tuple[Block, ...]:
    settled = {each.step: each for each in reversed(facts.initiative.steps) if each.on <= facts.on}
    rows = []
    for step in STEPS:
        one = settled.get(step)
        rows.append(
            (
                words(step),
                f"settled on {day_or(one.on)} by {one.by}"
                if one is not None
                else blank_in(facts, "open"),
                blank_in(facts, "not settled yet") if one is None else one.overrides or "in order",
            )
        )
    return (
        Heading(2, "The three steps", "steps"),
        rows_or("Steps in their order", ("Step", "Standing", "Why out of order"), rows, empty=""),
    )


def _asked(facts: Facts) -> tuple[Block, ...]:
    items = facts.initiative.funding_information
    percent = funding_information_percent(items, facts)
    return (
        Heading(2, "What the payor has to know in order to fund", "funding"),
        rows_or(
            f"What the payor has to know, {percent}% complete",
            ("Item", "Agency", "Owner", "Due", "Standing"),
            (
                (
                    each.item,
                    each.agency,
                    each.owner,
                    day_or(each.due),
                    f"there since {day_or(each.done_on)}"
                    if each.done_on is not None and each.done_on <= facts.on
                    else "OVERDUE"
                    if each.due < facts.on
                    else "open",
                )
                for each in items
            ),
            empty="No list is on file.",
        ),
    )


def _time(facts: Facts) -> tuple[Block, ...]:
    coordinator = facts.initiative.coordinator
    return (
        Heading(2, "Milestones", "milestones"),
        rows_or(
            "Milestones with the days they are behind",
            ("Milestone", "First planned", "Now expected", "Reached", "Behind"),
            (
                (
                    each.name,
                    day_or(each.baseline),
                    day_or(each.forecast, "as planned"),
                    day_or(each.actual, "not yet"),
                    counted(days, "day") if days > 0 else "not behind",
                )
                for each, days in planning_entries(facts)
            ),
            empty="No milestone is on file.",
        ),
        Heading(2, "Status reports", "reports"),
        rows_or(
            "The coordinator's reports",
            ("Report", "Challenges", "Decisions asked", "Delivered"),
            (
                (
                    day_or(each.on),
                    "; ".join(each.challenges),
                    "; ".join(each.decisions_asked),
                    f"to {each.delivered_to}, {day_or(each.delivered_on)}"
                    if each.delivered_to
                    else "not on file",
                )
                for each in (coordinator.reports if coordinator is not None else ())
            ),
            empty="No status report is on file.",
        ),
    )
