"""Parts of the blueprint as documents of their own: the options paper, the table of policies."""

from __future__ import annotations

from payforsuccess.governance.blueprint.complete import missing_of
from payforsuccess.governance.blueprint.options import SOUGHT
from payforsuccess.reports.blueprint.blueprint import standing_notices
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.part_b import options_blocks
from payforsuccess.reports.blueprint.part_d import policy_blocks
from payforsuccess.reports.document import Block, Document, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text


def options_document(facts: ReportFacts) -> Document:
    """How evaluators and intermediaries may be secured, with pros, cons, recommendation (R23)."""
    notes = NoteBook(facts.blueprint.proposed_by)
    blocks: list[Block] = [
        paragraph(
            "For each role, ways to find and choose an organisation and to contract with it. One "
            "of them is recommended, with the reason. It is part b of the blueprint."
        )
    ]
    for role in SOUGHT:
        blocks += options_blocks(facts, role, notes, level=2)
    return _document("Options for evaluators and intermediaries", "b", facts, blocks, notes)


def policies_document(facts: ReportFacts) -> Document:
    """Policies and procedures with the change each needs, in three groups (R26)."""
    notes = NoteBook(facts.blueprint.proposed_by)
    blocks: list[Block] = [
        paragraph(
            "Rules that stand in the way of contracts on outcomes: what each says now, the change "
            "wanted, who brings it about, who can make it, and how far it has come. It is part d "
            "of the blueprint."
        )
    ]
    blocks += policy_blocks(facts, notes, level=2)
    return _document("Changes of policies and procedures", "d", facts, blocks, notes)


def _document(
    title: str, part: str, facts: ReportFacts, blocks: list[Block], notes: NoteBook
) -> Document:
    lacking = [each.what for each in missing_of(facts.told) if each.part == part]
    draft = (Notice("Draft", f"It has {'; '.join(lacking)}."),) if lacking else ()
    return Document(
        title=f"{title}: {facts.told.initiative.jurisdiction}",
        language="en",
        subtitle=f"As of {day_text(facts.told.on)}",
        notices=(*draft, *standing_notices(facts)),
        blocks=tuple(blocks),
        notes=notes.notes,
    )
