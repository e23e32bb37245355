"""A funding stream as a page: its contracts, departments and years, what moved, how it was made."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.reports.charts.moved import Moved, moved_figure
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import amount_text, counted

MADE_UP = Notice(
    "Illustrative stream",
    "The contracts of this stream were made up to show the method. None of them was ever signed.",
)


@dataclass(frozen=True)
class StreamFacts:
    """What the page is made from: each table as rows with a heading row first.

    `under_terms` and `in_all` are minor units; `firmness` is empty where nothing is assumed.
    """

    name: str
    says: str
    terms: str
    standing: str
    is_certified: bool
    is_made_up: bool
    firmness: str
    currency: str
    count: int
    under_terms: int
    in_all: int
    share: str
    contracts: Lines
    pays: Lines
    departments: Lines
    moved: Moved
    findings: tuple[str, ...]


def stream_document(facts: StreamFacts) -> Document:
    """The page."""
    return Document(
        title=f"{facts.name}: a funding stream",
        language="en",
        subtitle=f"{counted(facts.count, 'contract')} on the terms of {facts.terms}, in "
        f"{facts.currency}",
        notices=(
            *deal_notices(facts.standing, is_certified=facts.is_certified),
            *((MADE_UP,) if facts.is_made_up else ()),
            *(assumed_notices(facts.firmness) if facts.firmness else ()),
        ),
        blocks=(
            *((paragraph(facts.says),) if facts.says else ()),
            KeyFigures(
                (
                    KeyFigure(
                        "Under outcomes terms",
                        amount_text(facts.under_terms, facts.currency),
                        (f"{facts.share} of {amount_text(facts.in_all, facts.currency)} in all",),
                    ),
                )
            ),
            Heading(2, "Contracts", "contracts"),
            as_table(
                f"What each contract puts on outcomes ({facts.currency})",
                facts.contracts,
                texts=(0, 1, 2),
                total=True,
            ),
            as_table(
                f"What each contract pays in all, case by case ({facts.currency})",
                facts.pays,
                total=True,
            ),
            Heading(2, "By department and fiscal year", "departments"),
            as_table(
                f"Under outcomes terms ({facts.currency})",
                facts.departments,
                texts=(0, 1),
                total=True,
            ),
            Heading(2, "Moved to outcomes terms", "moved"),
            moved_figure(facts.moved),
            *_findings(facts),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "A base contract puts nothing on outcomes. A withhold pays a share of its amount "
                "only as the terms earn it; a bonus can add a share of its amount on top. What the "
                "terms earn is multiplied by the contract's size, and no more is paid than the "
                "contract puts on outcomes. Results determined so far stand in place of what is "
                "assumed."
            ),
        ),
    )


def _findings(facts: StreamFacts) -> tuple[Block, ...]:
    if not facts.findings:
        return ()
    return (
        Heading(2, "What to know", "findings"),
        ItemList(tuple(with_names(text) for text in facts.findings)),
    )
