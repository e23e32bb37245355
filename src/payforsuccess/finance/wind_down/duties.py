"""What an ending asks for besides money: records go back or are destroyed, by their agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal


@dataclass(frozen=True)
class DataReturn:
    """One feed: who holds it, what is to be done with its records, by when, and under what."""

    feed: str
    to: str
    what: str
    by: date | None
    under: str


def data_returns(deal: Deal, *, on: date) -> tuple[DataReturn, ...]:
    """Each feed of the deal in order.

    Records under an agreement go back or are destroyed by its day of destruction, or else by the
    day it ends, and no later than that where the deal ended before. A legal hold keeps them until
    it is lifted. What anyone can have needs neither.
    """
    return tuple(_of(source, deal, on) for source in deal.data)


def _of(source: DataSource, deal: Deal, on: date) -> DataReturn:
    holder = source.holder_on(on) or source.held_by[-1].name
    paper = source.agreement
    if paper is None:
        return DataReturn(source.feed, holder, "nothing: anyone can have it", None, "its licence")
    under = f"{paper.kind.upper()} with {', '.join(paper.parties)}"
    for hold in deal.legal_holds:
        covers = not hold.feeds or source.feed in hold.feeds
        if covers and hold.from_ <= on and (hold.lifted_on is None or hold.lifted_on > on):
            what = f"keep: {hold.ordered_by} forbids destroying it ({hold.reference})"
            return DataReturn(source.feed, holder, what, None, under)
    by = paper.retained_until or paper.expires_on
    return DataReturn(source.feed, holder, "return or destroy, with a certificate", by, under)
