"""Rates by group as a page: who was referred, drawn, enrolled, matched, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Column, Table, cell


@dataclass(frozen=True)
class ShownRate:
    """One group's rate as it may be shown: `12`, `40` and `30% (18% to 45%)`, or hidden."""

    group: str
    did: str
    of: str
    rate: str


@dataclass(frozen=True)
class Breakdown:
    """One rate by one fact about people; the last row is everyone."""

    did: str
    of: str
    by: str
    rows: tuple[ShownRate, ...]
    caution: str = ""


@dataclass(frozen=True)
class EquityFacts:
    """What the page says."""

    deal: str
    standing: str
    is_certified: bool
    as_of: date
    release: int | None
    breakdowns: tuple[Breakdown, ...]
    threshold: int


def equity_document(facts: EquityFacts) -> Document:
    """The page: a table for each rate and fact, with how to read it and what to be careful of."""
    blocks: list[Block] = [
        Heading(2, "How to read this", "reading"),
        paragraph(
            "Each table sets a group beside everyone. The range in brackets is a 95 percent "
            "interval (Wilson): with few people it is wide, and two groups whose ranges overlap "
            "much may differ by chance alone."
        ),
        paragraph(
            f"Numbers from 1 to {facts.threshold} people are hidden, and others where they would "
            "tell a hidden one; so are groups in which no one or everyone did it."
        ),
    ]
    did = ""
    for breakdown in facts.breakdowns:
        title = f"{breakdown.did.capitalize()}, of those {breakdown.of}"
        if title != did:
            did = title
            blocks.append(Heading(2, title))
            if breakdown.caution:
                blocks.append(paragraph(breakdown.caution))
        blocks.append(_table(breakdown))
    if not facts.breakdowns:
        blocks.append(ItemList((("No rate could be computed yet.",),)))
    return Document(
        title=f"{facts.deal}: rates by group",
        language="en",
        subtitle=f"With data as of {day_text(facts.as_of)}"
        + (f", release {facts.release}" if facts.release is not None else ", not given out"),
        notices=(*deal_notices(facts.standing, is_certified=facts.is_certified), *_draft(facts)),
        blocks=tuple(blocks),
    )


def _draft(facts: EquityFacts) -> tuple[Notice, ...]:
    if facts.release is not None:
        return ()
    return (
        Notice(
            "For the parties, not for giving out",
            "This page was not checked against what may be given out later. Record a release with "
            "`pfs equity --release` and give out that page.",
            "information",
        ),
    )


def _table(breakdown: Breakdown) -> Table:
    return Table(
        caption=f"{breakdown.did.capitalize()}, of those {breakdown.of}, by {breakdown.by}",
        columns=(
            Column(breakdown.by.capitalize()),
            Column(breakdown.did.capitalize(), is_number=True),
            Column(f"Of {breakdown.of}", is_number=True),
            Column("Rate (95% interval)", is_number=True),
        ),
        rows=tuple(_row(row) for row in breakdown.rows[:-1]),
        footer=(_row(breakdown.rows[-1]),),
    )


def _row(row: ShownRate) -> tuple:
    return (cell(row.group), cell(row.did), cell(row.of), cell(row.rate))
