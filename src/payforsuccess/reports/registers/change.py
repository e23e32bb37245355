"""Change in people's work: plan and adoption, teaching, hours, incentives, scale, what was reused.

R54, R55, R62, R64, R65, R97, R101, R102, R107.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.change import Incentive, Routine, SupportMoney
from payforsuccess.governance.portfolio import (
    Effort,
    Reuse,
    effort,
    months_to_signature,
    reuse,
)
from payforsuccess.governance.taught import Taught, taught
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import counted, decimal_text, number_text, percent_text
from payforsuccess.reports.registers.levers import TITLES
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words
from payforsuccess.units import grouped


@dataclass(frozen=True)
class ChangeFound:
    """All of it as numbers: decisions without evidence are counted among all of them."""

    routines: tuple[Routine, ...]
    taught: tuple[Taught, ...]
    effort: Effort
    incentives: tuple[Incentive, ...]
    support_money: tuple[SupportMoney, ...]
    months_to_signature: int | None
    reuse: Reuse
    decisions: int
    decisions_without_evidence: int


def change_entries(facts: Facts) -> tuple[ChangeFound, ...]:
    """The one entry of this register."""
    initiative = facts.initiative
    decisions = [each for each in initiative.decisions if each.on <= facts.on]
    return (
        ChangeFound(
            initiative.change_plan,
            taught(initiative, on=facts.on),
            effort(initiative, on=facts.on),
            initiative.incentives,
            initiative.support_money,
            months_to_signature(initiative),
            reuse(initiative),
            len(decisions),
            sum(not each.evidence for each in decisions),
        ),
    )


def change_document(facts: Facts) -> Document:
    """A section a subject."""
    (found,) = change_entries(facts)
    return register_page(
        facts,
        "Change and what it takes",
        (
            Heading(2, "New routines", "routines"),
            _routines(facts),
            Heading(2, "Beyond the pilot", "systems-change"),
            _systems_change(facts),
            Heading(2, "People taught", "training"),
            rows_or(
                "Coverage of teaching by department",
                ("Department", "Taught", "Of", "Coverage", "By lesson"),
                (
                    (
                        each.department,
                        str(each.people),
                        "not known" if each.should is None else str(each.should),
                        "not known"
                        if each.coverage is None
                        else percent_text(float(each.coverage), 0),
                        "; ".join(f"{module}: {people}" for module, people in each.by_module),
                    )
                    for each in found.taught
                ),
                empty="No teaching is on file.",
                numbers=("Taught", "Of", "Coverage"),
            ),
            Heading(2, "Hours", "hours"),
            *_hours(found.effort),
            Heading(2, "Incentives", "incentives"),
            rows_or(
                "Incentives for taking up outcomes work for a whole funding stream",
                ("Incentive", "For", "On condition that", "Worth", "Taken up"),
                (
                    (
                        each.kind,
                        each.recipient,
                        each.condition,
                        each.value,
                        day_or(each.taken_up_on, "not yet"),
                    )
                    for each in found.incentives
                ),
                empty="None is on file.",
            ),
            Heading(2, "From demonstration to scale", "scale"),
            rows_or(
                "Steps up in scale, with what allowed them",
                ("Scale", "On", "Evidence"),
                (
                    (words(each.to), day_or(each.on), "; ".join(map(str, each.evidence)))
                    for each in facts.initiative.scale
                ),
                empty="No step is on file.",
            ),
            Heading(2, "Money for outside advice", "support"),
            _support(found.support_money),
            Heading(2, "How much was taken over", "replication"),
            paragraph(_taken_over(found)),
            Heading(2, "Decisions and evidence", "decisions"),
            paragraph(
                f"{found.decisions_without_evidence} of "
                f"{counted(found.decisions, 'decision')} on file name no metric or evidence."
                if found.decisions
                else "No decision is on file."
            ),
        ),
    )


def _routines(facts: Facts) -> Block:
    return rows_or(
        "What changes in people's day, and how far it is used",
        ("Who", "What changes", "Why", "Training", "Owner", "Due", "Used"),
        (
            (
                each.who,
                each.changes,
                each.why,
                each.training,
                each.owner,
                day_or(each.due),
                _adoption(each, facts),
            )
            for each in facts.initiative.change_plan
        ),
        empty="There is no change plan on file.",
    )


def _adoption(routine: Routine, facts: Facts) -> str:
    seen = [each for each in routine.adoption if each.on <= facts.on]
    if not seen:
        return f"not seen yet ({routine.measure})"
    return "; ".join(
        f"{number_text(each.value)} of {number_text(each.of)} on {day_or(each.on)}" for each in seen
    )


def _systems_change(facts: Facts) -> Block:
    plan = facts.initiative.systems_change
    if plan is None:
        return paragraph("There is no plan on file for what is to change beyond the pilot.")
    return rows_or(
        "What is to change beyond the pilot",
        ("By", "Whose rules", "Whose data", "Which funding streams"),
        ((day_or(plan.by), plan.rules, plan.data, plan.funding_streams),),
        empty="None.",
    )


def _hours(found: Effort) -> tuple[Block, ...]:
    if not found.hours:
        return (paragraph("No hours are on file."),)
    ratio = (
        f"{decimal_text(float(found.ratio))} hours of implementing for each hour of contracting."
        if found.ratio is not None
        else "Hours of one phase alone are on file, so there is no ratio."
    )
    phases = ("contracting", "implementation")
    rows = [
        (
            title,
            *(number_text(found.hours.get((phase, lever), Fraction(0))) for phase in phases),
        )
        for lever, title in TITLES.items()
    ]
    rows.append(("All levers", *(number_text(found.of(phase)) for phase in phases)))
    return (
        paragraph(ratio),
        rows_or(
            "Staff hours by lever, before and after signing",
            ("Lever", "Contracting", "Implementing"),
            rows,
            empty="None.",
            numbers=("Contracting", "Implementing"),
        ),
    )


def _support(money: tuple[SupportMoney, ...]) -> Block:
    return rows_or(
        "Money for advice; it is neither capital of the deal nor a success payment",
        ("For", "From", "To", "Amount", "On"),
        ((each.for_, each.by, each.to, grouped(each.amount), day_or(each.on)) for each in money),
        empty="None is on file.",
    )


def _taken_over(found: ChangeFound) -> str:
    months = found.months_to_signature
    signed = (
        "No signed contract is on file."
        if months is None
        else f"{counted(months, 'month')} from concept to signature."
    )
    documents = found.reuse.reused + found.reuse.adapted + found.reuse.new
    if found.reuse.share is None:
        return f"{signed} No document is on file as new or taken over."
    return (
        f"{signed} Of {counted(documents, 'document')} {found.reuse.reused:,} were taken over as "
        f"they were and {found.reuse.adapted:,} adapted: "
        f"{percent_text(float(found.reuse.share), 0)}."
    )
