"""Part d: policies and procedures, and the change each needs, in three groups."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.blueprint.complete import GROUPS
from payforsuccess.governance.initiative.agreements import Policy
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import guidelines, head, open_points, table
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.inline import Content
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Cell, Row, cell

TITLES = {"fiscal": "Fiscal", "procurement": "Procurement", "other": "Other"}
_BARRIER = ("no barrier", "slows", "hinders", "stops")


def part_d(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """Each policy with present rule, change, owner, authority and status (R26)."""
    yield from head(facts, "d")
    if facts.blueprint.policies.guidelines:
        yield from guidelines(
            "What the changes are to achieve", facts.blueprint.policies.guidelines, notes, none=""
        )
    yield from policy_blocks(facts, notes, level=3)
    yield from open_points(facts, "d")


def policy_blocks(facts: ReportFacts, notes: NoteBook, *, level: int) -> Iterator[Block]:
    """The three groups in their order; a group without a change says why."""
    nothing = {each.group: each.reason for each in facts.blueprint.policies.nothing}
    for group in GROUPS:
        own = [each for each in facts.told.initiative.policies if each.group == group]
        yield Heading(level, TITLES[group], f"policies-{group}")
        if own:
            yield table(
                f"{TITLES[group]} policies and the changes wanted",
                ("Policy", "Present rule", "Change wanted", "Owner", "Authority", "Status"),
                [_policy(each, notes) for each in own],
            )
        elif group in nothing:
            yield paragraph(f"Nothing has to change: {nothing[group]}")
        else:
            yield paragraph("No policy is stated yet.")


def _policy(each: Policy, notes: NoteBook) -> Row:
    source = notes.note(f"policy {each.name}", f"{each.title}.", evidence=each.source)
    wanted: Content = (each.change,)
    if each.proposed_by is not None:
        wanted = (each.change, f" (Proposal of {each.proposed_by}.)")
    adopted = f" on {day_text(each.adopted_on)}" if each.adopted_on is not None else ""
    return (
        cell(each.title),
        Cell((f"{each.present_rule} Effect ({_BARRIER[each.barrier]}): {each.effect} ", source)),
        Cell(wanted),
        cell(each.owner),
        cell(each.authority.replace("-", " ")),
        cell(f"{each.status.replace('-', ' ')}{adopted}"),
    )
