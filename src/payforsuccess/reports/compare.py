"""Two ways a deal may go as a page: both sides, what differs, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import assumed_notices, deal_notices


@dataclass(frozen=True)
class SideFacts:
    """One of the two: what it is called, its terms and what is assumed."""

    says: str
    standing: str
    is_certified: bool
    firmness: str


@dataclass(frozen=True)
class CompareFacts:
    """What the page is made from; `differences` has a heading row first."""

    deal: str
    sides: tuple[SideFacts, SideFacts]
    currency: str
    differences: Lines
    findings: tuple[str, ...]
    drawn: str


def compare_document(facts: CompareFacts) -> Document:
    """The page; amounts in whole currency units."""
    return Document(
        title=f"{facts.deal}: two ways compared",
        language="en",
        subtitle=f"The mean over the worlds, in {facts.currency}",
        notices=_notices(facts.sides),
        blocks=(
            Heading(2, "The two sides", "sides"),
            ItemList(
                tuple(
                    (f"{name}: {side.says} (terms {side.standing}; assumptions {side.firmness}).",)
                    for name, side in zip(("First", "Second"), facts.sides, strict=True)
                )
            ),
            Heading(2, "What differs", "differences"),
            as_table("Figure by figure", facts.differences),
            *_findings(facts),
            Heading(2, "How to read this", "reading"),
            paragraph(
                f"{facts.drawn} ± is the error between scrambles: how far a figure would move with "
                "other draws, not how uncertain the future is. The error of a difference is not "
                "made from the errors of the two sides: both use the same draws, so most of what "
                "chance does is the same on both and goes away between them."
            ),
        ),
    )


def _notices(sides: tuple[SideFacts, SideFacts]) -> tuple[Notice, ...]:
    """What must be said of either side, once."""
    found: dict[Notice, None] = {}
    for side in sides:
        found |= dict.fromkeys(deal_notices(side.standing, is_certified=side.is_certified))
    for side in sides:
        found |= dict.fromkeys(assumed_notices(side.firmness))
    return tuple(found)


def _findings(facts: CompareFacts) -> tuple[Block, ...]:
    if not facts.findings:
        return ()
    return (
        Heading(2, "What to know", "findings"),
        ItemList(tuple(with_names(text) for text in facts.findings)),
    )
