"""A federal application and a public notice of award, filled from the files of a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.federal_items import APPLICATION, AWARD, FOR_AN_INTERMEDIARY, Item
from payforsuccess.reports.federal_known import Known
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.open_items import OpenItems
from payforsuccess.reports.readiness import ILLUSTRATIVE
from payforsuccess.reports.rests_on import rests_on
from payforsuccess.trail import RunInput
from payforsuccess.units import add_months

LONGEST_YEARS = 10
"""Years that a project may last (42 USC 1397n-2)."""


@dataclass(frozen=True)
class FederalFacts:
    """What is known, the day, and the files it comes from."""

    known: Known
    on: date
    rests_on: tuple[RunInput, ...]


def application(facts: FederalFacts) -> Document:
    """The 24 subjects of an application; those of which no file tells stand visibly open."""
    still = OpenItems()
    deal = facts.known.deal
    blocks: list[Block] = [
        *_items(APPLICATION, facts.known, still),
        Heading(2, "For an intermediary", "intermediary"),
        *_intermediary(facts.known, still),
        *_length(facts),
    ]
    said = [each for each in APPLICATION if each.told(facts.known)]
    head = KeyFigures(
        (
            KeyFigure(
                "Subjects of which the files tell",
                f"{len(said)} of {len(APPLICATION)}",
                ("a person still checks and completes each",),
            ),
        )
    )
    return Document(
        title=f"Intake for a federal application: {deal.deal}",
        language="en",
        subtitle=f"42 USC 1397n to 1397n-13 · {day_text(facts.on)}",
        notices=_notices(facts.known),
        blocks=(
            paragraph(
                "The subjects are a summary of the law, to be used as a form. Counsel checks them "
                "against its text and the notice of funding before anything is handed in."
            ),
            head,
            *blocks,
            *still.section(),
            *rests_on(facts.rests_on),
        ),
    )


def award_page(facts: FederalFacts) -> Document:
    """The 12 subjects that the public notice of an award tells within 30 days."""
    still = OpenItems()
    deal = facts.known.deal
    blocks = _items(AWARD, facts.known, still)
    return Document(
        title=f"Public notice of award: {deal.deal}",
        language="en",
        subtitle=f"42 USC 1397n-2 · {day_text(facts.on)}",
        notices=_notices(facts.known),
        blocks=(
            paragraph(
                "The law asks for this notice within 30 days of an award. It holds no personal "
                "data. Nothing here says that an award was made."
            ),
            *blocks,
            *still.section(),
            *rests_on(facts.rests_on),
        ),
    )


def _notices(known: Known) -> tuple[Notice, ...]:
    """What must be said of every file that is drawn on."""
    deal, assumed, concept = known.deal, known.assumptions, known.concept
    return (
        *deal_notices(deal.standing, is_certified=deal.is_certified),
        *(() if assumed is None else assumed_notices(firmness_text(assumed))),
        *((ILLUSTRATIVE,) if concept is not None and concept.standing != "real" else ()),
    )


def _items(items: Sequence[Item], known: Known, still: OpenItems) -> list[Block]:
    blocks: list[Block] = []
    for number, item in enumerate(items, start=1):
        blocks.append(Heading(2, f"{number}. {item.title}"))
        found = item.told(known)
        if not found:
            blocks.append(paragraph(*still.say(f"{item.title}: {_lower(item.write)}")))
        elif len(found) == 1:
            blocks.append(paragraph(found[0]))
        else:
            blocks.append(ItemList(tuple((each,) for each in found)))
    return blocks


def _intermediary(known: Known, still: OpenItems) -> list[Block]:
    named = [each.name for each in known.deal.parties if "intermediary" in each.roles]
    if not named:
        return [paragraph("The deal names no intermediary.")]
    return [
        paragraph(f"Named in the deal: {', '.join(named)}."),
        paragraph(
            *still.say(
                f"{FOR_AN_INTERMEDIARY} further subjects apply to an intermediary. This program "
                "does not hold their words: Counsel takes them from 42 USC 1397n-1."
            )
        ),
    ]


def _length(facts: FederalFacts) -> list[Block]:
    deal = facts.known.deal
    last = add_months(deal.in_force_from, 12 * LONGEST_YEARS)
    holds = deal.ends_on < last
    federal = [each.party for each in deal.payors if each.federal_money]
    return [
        Heading(2, "What the law limits", "limits"),
        ItemList(
            (
                (
                    f"A project lasts {LONGEST_YEARS} years at most: "
                    + ("this one does." if holds else "this one is LONGER."),
                ),
                (
                    "Federal money pays no more for an outcome than it is worth to the federal "
                    "government: pfs budget compares the two."
                    + (f" Federal money comes through {', '.join(federal)}." if federal else ""),
                ),
                ("At most 15% of a project's money pays for evaluation: the department shows it.",),
            )
        ),
    ]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
