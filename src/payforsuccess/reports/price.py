"""A search for a price as a page: the target, prices now and then, how it was looked for."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.notices import assumed_notices, deal_notices


@dataclass(frozen=True)
class PriceFacts:
    """What the page is made from; `prices` has a heading row first, and is empty without a price.

    `found` says from which multiple on the target is met, or why it is not; `stopped` what the
    limit on returns says of it.
    """

    deal: str
    standing: str
    is_certified: bool
    firmness: str
    currency: str
    target: str
    found: str
    prices: Lines
    stopped: tuple[str, ...]
    tried: str


def price_document(facts: PriceFacts) -> Document:
    """The page."""
    return Document(
        title=f"{facts.deal}: the price that meets a target",
        language="en",
        subtitle=f"Target: {facts.target} (in {facts.currency})",
        notices=(
            *deal_notices(facts.standing, is_certified=facts.is_certified),
            *assumed_notices(facts.firmness),
        ),
        blocks=(
            Heading(2, "What was found", "found"),
            paragraph(*with_names(facts.found)),
            *_prices(facts),
            *_stopped(facts),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "All these prices are multiplied by one factor, and nothing else of the deal is "
                f"changed; the deal file stays as it is. {facts.tried} Every try is priced on the "
                "same draws, so only the price differs between them."
            ),
            paragraph(
                "± is the error between scrambles: how far a figure would move with other draws, "
                "not how uncertain the future is."
            ),
        ),
    )


def _prices(facts: PriceFacts) -> tuple[Block, ...]:
    if len(facts.prices) < 2:
        return ()
    return (as_table(f"Prices now and then ({facts.currency})", facts.prices, texts=(0, 1)),)


def _stopped(facts: PriceFacts) -> tuple[Block, ...]:
    if not facts.stopped:
        return ()
    return (
        Heading(2, "What stops it", "stopped"),
        ItemList(tuple(with_names(text) for text in facts.stopped)),
    )
