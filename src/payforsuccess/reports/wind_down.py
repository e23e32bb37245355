"""The early end of a deal as a page: what is due, who gets it, records, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import day_text

DRAFT = Notice(
    "Draft",
    "Nothing on this page is issued or paid. Statements are issued and money is paid by those who "
    "may do so under the contract.",
)
MADE_UP = Notice(
    "Illustrative record",
    "The record of capital was made up to show the method. No money moved as it says.",
)


@dataclass(frozen=True)
class WindDownFacts:
    """What the page is made from: each table as rows with a heading row first.

    `limits` say what was taken off the sum due; `served` says how many people are in service.
    """

    deal: Deal
    on: date
    called: str
    is_made_up: bool
    statements: Lines
    due: Lines
    limits: tuple[str, ...]
    moves: Lines
    tranches: Lines
    records: Lines
    served: tuple[str, ...]
    findings: tuple[str, ...]


def wind_down_document(facts: WindDownFacts) -> Document:
    """The page, for all parties: it names no person."""
    deal = facts.deal
    return Document(
        title=f"{deal.deal}: ended early",
        language="en",
        subtitle=f"On {day_text(facts.on)}, in {deal.currency}",
        notices=(
            DRAFT,
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *((MADE_UP,) if facts.is_made_up else ()),
        ),
        blocks=(
            paragraph(facts.called),
            Heading(2, "Final statement", "statement"),
            *_statements(facts),
            Heading(2, "Sum due", "due"),
            *_due(facts),
            *_listed(facts.limits),
            Heading(2, "Distribution", "distribution"),
            as_table("Every move of the day", facts.moves, texts=(0, 2)),
            *_tranches(facts),
            Heading(2, "Records", "records"),
            *_records(facts),
            Heading(2, "People still served", "people"),
            *_listed(facts.served),
            *((Heading(2, "What to know", "findings"),) if facts.findings else ()),
            *_listed(facts.findings),
        ),
    )


def _statements(facts: WindDownFacts) -> tuple[Block, ...]:
    if len(facts.statements) < 2:
        return (paragraph("No statement is issued or drafted."),)
    return (as_table("Statements issued and drafted", facts.statements, texts=(0, 1)),)


def _due(facts: WindDownFacts) -> tuple[Block, ...]:
    if len(facts.due) < 3:
        return (paragraph("Nothing is due."),)
    return (as_table("What is due, step by step", facts.due, first="What", total=True),)


def _tranches(facts: WindDownFacts) -> tuple[Block, ...]:
    if len(facts.tranches) < 2:
        return ()
    return (as_table("What each tranche was owed, gets and loses", facts.tranches),)


def _records(facts: WindDownFacts) -> tuple[Block, ...]:
    if len(facts.records) < 2:
        return (paragraph("The deal names no records."),)
    return (as_table("What becomes of each feed", facts.records, texts=range(5)),)


def _listed(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (ItemList(tuple(with_names(text) for text in texts)),) if texts else ()
