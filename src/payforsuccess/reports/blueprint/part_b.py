"""Part b: how evaluators and intermediaries are secured, with a recommendation for each."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.blueprint.options import SOUGHT, Option, SoughtRole
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import guidelines, head, open_points, table
from payforsuccess.reports.document import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.inline import Strong
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.table import Cell, cell

_ROLE = {
    "evaluator": "the evaluator",
    "intermediary": "the intermediary",
}


def part_b(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """Contractual guidelines, and options with a recommendation for both roles (R14, R23)."""
    yield from head(facts, "b")
    yield Heading(3, "Contractual guidelines", "contractual-guidelines")
    yield from guidelines(
        "What a contract on outcomes has to settle",
        facts.blueprint.contracting.guidelines,
        notes,
        none="None are stated yet.",
    )
    for role in SOUGHT:
        yield from options_blocks(facts, role, notes, level=3)
    yield from open_points(facts, "b")


def options_blocks(
    facts: ReportFacts, role: SoughtRole, notes: NoteBook, *, level: int
) -> Iterator[Block]:
    """The options for a role under a heading of the level, the recommended one named first."""
    options = facts.blueprint.contracting.options(role)
    yield Heading(level, f"Securing {_ROLE[role]}", f"options-{role}")
    if not options:
        yield paragraph("No options are stated yet.")
        return
    chosen = next((option for option in options if option.recommended is not None), None)
    if chosen is None:
        yield Notice("No recommendation", f"None of the options for {_ROLE[role]} is recommended.")
    else:
        yield Notice(
            f"Recommended: {chosen.title}",
            f"{chosen.recommended} (Recommendation of {notes.proposed_by}.)",
            "information",
        )
    yield table(
        f"The options for {_ROLE[role]} side by side",
        ("Option", "How it is found and chosen", "Who contracts, and how it is paid", "Standing"),
        [
            (
                cell(f"{option.title}{' (recommended)' if option is chosen else ''}"),
                cell(option.secured),
                cell(option.contracted),
                Cell(notes.standing(option)),
            )
            for option in options
        ],
    )
    yield paragraph(
        f"What speaks for and against each option is the judgement of {notes.proposed_by}."
    )
    for option in options:
        yield from _for_and_against(option, level=level + 1)


def _for_and_against(option: Option, *, level: int) -> Iterator[Block]:
    yield Heading(level, option.title)
    for label, said in (("For", option.pros), ("Against", option.cons)):
        if said:
            yield Paragraph((Strong(f"{label}:"),))
            yield ItemList(tuple((each,) for each in said))
        else:
            yield Particulars((Particular(label, ("nothing is stated yet",)),))
