"""Part c: financing guidelines, the payment structure, and how budgets are augmented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from payforsuccess.deal.words.phrases import money, named
from payforsuccess.governance.blueprint.financing import ProcessStep
from payforsuccess.governance.votes import VotesNeeded
from payforsuccess.reports.blueprint.ahead import ahead_blocks
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import guidelines, head, open_points, table
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.inline import Content, NoteReference
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import counted, listed, percent_text
from payforsuccess.reports.payment_lines import payment_lines
from payforsuccess.reports.table import Cell, Row, cell
from payforsuccess.trail import Step


def part_c(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """Payment structure by outcome, what it may cost by year, augmentations (R14, R24, R25)."""
    financing = facts.blueprint.financing
    yield from head(facts, "c")
    yield Heading(3, "Financing guidelines", "financing-guidelines")
    yield from guidelines(
        "How a financing model is built", financing.guidelines, notes, none="None are stated yet."
    )
    yield Heading(3, "Payment structure", "payment-structure")
    yield from _structure(facts, notes)
    yield from ahead_blocks(facts, notes)
    yield Heading(3, "Budget augmentations", "augmentations")
    steps = financing.augmentations
    yield from _process("County-wide", steps.county_wide, facts, notes)
    yield from _process("In one department", steps.department, facts, notes)
    yield from _votes(facts, notes)
    yield from _requests(facts, notes)
    yield from open_points(facts, "c")


def _structure(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    deal = facts.told.deal
    if deal is not None:
        yield from payment_lines(deal, notes)
        return
    lines = facts.blueprint.financing.structure
    if not lines:
        yield paragraph("No payment structure is stated yet.")
        return
    yield paragraph("Every payment line names the outcome it pays for.")
    yield table(
        "Payment lines",
        ("Line", "Outcome it pays for", "What is paid", "Standing"),
        [
            (
                cell(named(line.name)),
                cell(line.outcome),
                cell(line.pays),
                Cell(notes.standing(line)),
            )
            for line in lines
        ],
    )


def _process(
    title: str, steps: Sequence[ProcessStep], facts: ReportFacts, notes: NoteBook
) -> Iterator[Block]:
    yield Heading(4, title)
    if not steps:
        yield paragraph("No process is stated yet.")
        return
    yield table(
        f"The way of a request: {title.lower()}",
        ("Step", "What is done", "By", "What comes of it", "Votes", "Standing"),
        [
            (
                cell(str(at)),
                cell(step.says),
                cell(step.by),
                cell(step.gives),
                Cell(_votes_of(step, facts, notes)),
                Cell(notes.standing(step)),
            )
            for at, step in enumerate(steps, start=1)
        ],
    )


def _votes_of(step: ProcessStep, facts: ReportFacts, notes: NoteBook) -> Content:
    found = next((each for each in facts.votes if each.rule.change == step.change), None)
    return ("no vote",) if found is None else _needs(found, notes)


def _needs(found: VotesNeeded, notes: NoteBook) -> Content:
    said = (
        f"{found.votes} of {found.seats}"
        if found.votes
        else f"delegated to {found.rule.delegated_to}"
    )
    return (f"{said} ", _votes_note(found, notes))


def _votes_note(found: VotesNeeded, notes: NoteBook) -> NoteReference:
    rule = found.rule
    steps: tuple[Step, ...] = ()
    if rule.needs == "share" and rule.share is not None:
        share = percent_text(float(rule.share), 0)
        steps = (
            Step(
                f"{share} of {counted(found.seats, 'seat')}, rounded up",
                counted(found.votes, "vote"),
            ),
        )
    elif rule.needs == "majority":
        steps = (
            Step(f"more than half of {counted(found.seats, 'seat')}", counted(found.votes, "vote")),
        )
    note = f" {rule.note}" if rule.note is not None else ""
    return notes.note(
        f"votes {rule.change}",
        f"{rule.says}.{note}",
        clause=rule.section,
        steps=steps,
    )


def _votes(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    if not facts.votes:
        return
    yield Heading(4, "Votes that a change of the budget needs")
    yield Notice("For Counsel to check", facts.rules.checked, "information")
    yield table(
        f"Votes by kind of change: {facts.rules.jurisdiction}",
        ("Kind of change", "Votes needed", "Law"),
        [
            (
                cell(found.rule.says),
                Cell(_needs(found, notes)),
                cell(found.rule.section),
            )
            for found in facts.votes
        ],
    )


def _requests(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    yield Heading(4, "Requests on file")
    requests = facts.requests
    deal = facts.told.deal
    if requests is None or deal is None or not requests.rows:
        yield paragraph("No request for an augmentation is on file.")
        return
    yield paragraph(f"The budget they stand in is {facts.budget_standing}.")
    mark = notes.note(
        "requests",
        f"budget.yaml beside the deal ({facts.budget_standing}): what is asked for.",
        checksum=facts.requests_checksum,
    )
    rows: list[Row] = []
    for row in requests.rows:
        asked = row.asked
        agreed = listed([f"{each.by}, {each.role}" for each in asked.approvals] or ["no one yet"])
        rows.append(
            (
                cell("county-wide" if asked.department is None else asked.department),
                cell(f"{asked.reason} Source: {asked.source}."),
                Cell((f"{money(asked.amount, deal.currency)} ", mark)),
                cell(str(asked.fiscal_year)),
                cell(agreed),
                cell("not known") if row.needs is None else Cell(_needs(row.needs, notes)),
                cell(asked.status.replace("-", " ")),
            )
        )
    yield table(
        "Requests by level, county-wide first",
        ("Level", "For what", "#Amount", "Fiscal year", "Agreed so far", "Votes needed", "Status"),
        rows,
    )
