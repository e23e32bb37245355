"""The blueprint report: what was asked, four parts in order, protocols, lessons, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.blueprint.complete import (
    PARTS,
    Part,
    empty_parts,
    unfinished_parts,
)
from payforsuccess.governance.clock import clocks_between, is_before, report_clock
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.learned import (
    lesson_blocks,
    open_blocks,
    protocol_blocks,
    version_blocks,
)
from payforsuccess.reports.blueprint.mandate import mandate_blocks
from payforsuccess.reports.blueprint.part_a import part_a
from payforsuccess.reports.blueprint.part_b import part_b
from payforsuccess.reports.blueprint.part_c import part_c
from payforsuccess.reports.blueprint.part_d import part_d
from payforsuccess.reports.blueprint.priority import priority_blocks
from payforsuccess.reports.blueprint.timeline import timeline_blocks
from payforsuccess.reports.document import Block, Document, KeyFigure, KeyFigures, paragraph
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import counted, day_text, listed


def blueprint_document(facts: ReportFacts) -> Document:
    """The report with its parts a to d in order (R27); a draft says so on every page.

    Every number leads to the record it comes from; what is missing, open, or only a proposal is
    marked where it stands.
    """
    notes = NoteBook(facts.blueprint.proposed_by)
    blocks = tuple(_blocks(facts, notes))
    return Document(
        title=facts.blueprint.blueprint,
        language="en",
        subtitle=subtitle(facts),
        notices=notices(facts),
        blocks=blocks,
        notes=notes.notes,
    )


def _blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    if facts.blueprint.says is not None:
        yield paragraph(facts.blueprint.says)
    record = notes.note(
        "record initiative",
        "initiative.yaml: the motion, the advisory group, the priority, policies and targets.",
        checksum=facts.told.initiative.fingerprint,
    )
    own = notes.note(
        "record blueprint",
        "blueprint.yaml: guidelines, options, processes, protocols, lessons and open points.",
        checksum=facts.blueprint.fingerprint,
    )
    yield paragraph(
        "What names no other source below comes from the record of the initiative ",
        record,
        " or from the blueprint ",
        own,
        f", as of {day_text(facts.told.on)}.",
    )
    yield _figures(facts, record, own)
    yield from mandate_blocks(facts, notes)
    yield from timeline_blocks(facts)
    yield from priority_blocks(facts, notes)
    yield from part_a(facts, notes)
    yield from part_b(facts, notes)
    yield from part_c(facts, notes)
    yield from part_d(facts, notes)
    yield from protocol_blocks(facts, notes)
    yield from lesson_blocks(facts, notes)
    yield from open_blocks(facts)
    yield from version_blocks(facts)


def subtitle(facts: ReportFacts) -> str:
    """Whose it is, and which version of which day."""
    version = f"version {facts.number}" if facts.number else "draft"
    return f"{facts.told.initiative.jurisdiction}; {version} of {day_text(facts.told.on)}"


def notices(facts: ReportFacts) -> tuple[Notice, ...]:
    """What no reader may miss: that it is a draft and what is empty, and what it rests on."""
    deal = facts.told.deal
    of_deal = () if deal is None else deal_notices(deal.standing, is_certified=deal.is_certified)
    return (*_draft(facts), *standing_notices(facts), *of_deal)


def _draft(facts: ReportFacts) -> tuple[Notice, ...]:
    if facts.number:
        return ()
    empty, open_ = empty_parts(facts.told), unfinished_parts(facts.told)
    unfinished = tuple(part for part in open_ if part not in empty)
    said = [
        *([f"{_parts(empty)} empty"] if empty else []),
        *([f"{_parts(unfinished)} unfinished"] if unfinished else []),
    ]
    if not said:
        return (
            Notice("Draft: not issued", "All four parts are there; nobody has issued the report."),
        )
    return (
        Notice(
            f"Draft: {', '.join(said)}",
            "The report is not issued while one of its four parts lacks something; each part says "
            "at its head what that is.",
        ),
    )


def _parts(parts: tuple[Part, ...]) -> str:
    return f"part {parts[0]} is" if len(parts) == 1 else f"parts {listed(list(parts))} are"


def standing_notices(facts: ReportFacts) -> tuple[Notice, ...]:
    """What must be said of what it was made from."""
    by = facts.blueprint.proposed_by
    match facts.blueprint.standing:
        case "contract":
            return ()
        case "published-terms":
            return (
                Notice(
                    "Put together from published sources",
                    "This is not the government's own report, and none of its words are the "
                    "government's unless a source is named. What no source says is left open; "
                    f"what is marked so is a proposal of {by}.",
                ),
            )
        case "illustrative":
            return (Notice("Made up", "The blueprint was made up to show the method."),)
        case "template" | "practice":
            return (Notice("For practice", "Nobody has adopted anything of this."),)


def _figures(facts: ReportFacts, record: NoteReference, own: NoteReference) -> KeyFigures:
    done = len(PARTS) - len(unfinished_parts(facts.told))
    directions = facts.told.initiative.motion
    told = directions.directions if directions is not None else ()
    finished = sum(each.is_done(on=facts.told.on) for each in told)
    return KeyFigures(
        (
            KeyFigure("Parts complete", f"{done} of {len(PARTS)}", ("parts a to d ", own)),
            KeyFigure("The report", _clock(facts), ("by the clock of the motion ", record)),
            KeyFigure(
                "Directions done",
                f"{finished} of {len(told)}" if told else "none on file",
                ("of the motion ", record),
            ),
            KeyFigure(
                "Open points",
                str(len(facts.blueprint.open)),
                ("not known or not decided, each marked ", own),
            ),
        )
    )


def _clock(facts: ReportFacts) -> str:
    motion = facts.told.initiative.motion
    if motion is None:
        return "no motion"
    if is_before(motion, on=facts.told.on):
        return "not asked for yet"
    clock = report_clock(motion, on=facts.told.on)
    if clock is not None:
        late = counted(clock.days_late, "day")
        if clock.dated_on is not None:
            return f"at least {late} late" if clock.days_late else "not known"
        return f"{late} late" if clock.days_late else "in time"
    both = clocks_between(motion, on=facts.told.on)
    if both is None:
        return "no due day"
    least = min(each.days_late for each in both)
    return f"at least {counted(least, 'day')} late" if least else "not known"
