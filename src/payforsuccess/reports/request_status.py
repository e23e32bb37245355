"""Where the data of a deal stand: who holds what, how far each agreement is, and what waits."""

from __future__ import annotations

from payforsuccess.deal.access import Access, Status, Waiting
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.inline import Content, Exactly, Strong
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.numbers import counted, day_text, listed
from payforsuccess.reports.request_facts import FeedAsked, RequestFacts
from payforsuccess.reports.run_tables import AGREEMENT_NAMES
from payforsuccess.reports.table import Column, Row, Table, cell

STATUS_WORDS: dict[Status, str] = {
    "not-asked": "not asked for yet",
    "asked": "asked for, not signed",
    "signed": "signed, no usable extract yet",
    "expired": "agreement ended",
    "in-use": "in use",
    "public": "public",
}

_PARTS = {
    "outcome": "Outcome {name}",
    "plan": "Evaluation plan {name}",
    "linkage": "Matching people of different feeds",
    "consents": "Knowing who consented",
}


def status_document(facts: RequestFacts) -> Document:
    """The state of all data of the deal on a day, the critical path, and what drafts lack."""
    blocks: list[Block] = [
        _figures(facts),
        Heading(2, "Where each feed stands", "feeds"),
        _feeds(facts),
        Heading(2, "The critical path", "critical-path"),
        *_critical_path(facts),
        *_took(facts),
        *_lacking(facts.feeds),
    ]
    return Document(
        title=f"Data for {facts.deal}",
        language="en",
        subtitle=f"Holders, agreements and requests, as of {day_text(facts.as_of)}",
        notices=(FOR_COUNSEL, *deal_notices(facts.standing, is_certified=facts.is_certified)),
        blocks=tuple(blocks),
    )


def standing_text(access: Access) -> str:
    """`asked for, not signed, 92 days since the request`."""
    words = STATUS_WORDS[access.status]
    if access.days is None:
        return words
    days = counted(access.days, "day")
    if access.is_received:
        return f"{words}, first extract {days} after the request"
    return f"{words}, {days} since the request"


def _figures(facts: RequestFacts) -> KeyFigures:
    there = [access for access in facts.accesses if not access.is_open]
    figures = [
        KeyFigure(
            "Feeds that can be used",
            f"{len(there)} of {len(facts.accesses)}",
            (f"as of {day_text(facts.as_of)}",),
        )
    ]
    since = [a for a in facts.accesses if not a.is_received and a.days is not None]
    if since:
        longest = max(since, key=lambda access: access.days or 0)
        figures.append(
            KeyFigure(
                "Longest wait so far",
                counted(longest.days or 0, "day"),
                (f"since {longest.source.feed} was asked for: {STATUS_WORDS[longest.status]}",),
            )
        )
    return KeyFigures(tuple(figures))


def _feeds(facts: RequestFacts) -> Table:
    return Table(
        caption=f"Feeds of the deal, as of {day_text(facts.as_of)}",
        columns=(
            Column("Feed"),
            Column("Holder"),
            Column("Law"),
            Column("Agreement needed"),
            Column("Status"),
            Column("Asked for on"),
            Column("Days from request", is_number=True),
        ),
        rows=tuple(_feed(access) for access in facts.accesses),
    )


def _feed(access: Access) -> Row:
    source = access.source
    agreement = source.agreement
    asked = agreement.requested_on if agreement is not None else None
    return (
        cell(source.feed),
        cell(access.holder or "no one on this day"),
        cell(agreement.regime if agreement is not None else "none"),
        cell(AGREEMENT_NAMES[agreement.kind] if agreement is not None else "none: public"),
        cell(STATUS_WORDS[access.status]),
        cell(day_text(asked) if asked is not None else "not stated"),
        cell("not known" if access.days is None else f"{access.days:,}"),
    )


def _critical_path(facts: RequestFacts) -> tuple[Block, ...]:
    if not facts.waiting:
        return (paragraph("Nothing waits: every feed that the deal needs can be used."),)
    first = "What is named first is furthest from use, and holds the rest up."
    items = tuple(_waiting(facts, part) for part in facts.waiting)
    return (paragraph(first), ItemList(items))


def _waiting(facts: RequestFacts, part: Waiting) -> Content:
    first, *rest = part.feeds
    name = _PARTS.get(part.part, "{name}").format(name=part.name)
    then = f"; besides for {listed(rest)}" if rest else ""
    standing = standing_text(facts.access(first))
    return (f"{name} waits for ", Strong(first), f" ({standing}){then}.")


def _took(facts: RequestFacts) -> tuple[Block, ...]:
    took = [a for a in facts.accesses if a.is_received and a.days is not None]
    if not took:
        return ()
    items = tuple(
        (f"{a.source.feed}: {counted(a.days or 0, 'day')} from the request to the first extract",)
        for a in took
    )
    return (Heading(2, "How long it took before", "took"), ItemList(items))


def _lacking(feeds: tuple[FeedAsked, ...]) -> tuple[Block, ...]:
    items: list[Content] = []
    for feed in feeds:
        needed = [column for column in feed.lacking if column.is_needed]
        items += [
            (
                Strong(feed.source.feed),
                " lacks ",
                Exactly(column.name),
                f", needed for {listed(column.reasons)}.",
            )
            for column in needed
        ]
    if not items:
        return ()
    lead = paragraph("Without these columns the extract cannot be read. Add them to the agreement.")
    return (Heading(2, "What the agreements lack", "lacking"), lead, ItemList(tuple(items)))
