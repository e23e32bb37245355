"""The data-quality page: each feed's rows, refusals, columns and gaps, and the way to each feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.access import Access, Waiting
from payforsuccess.disclosure import HIDDEN
from payforsuccess.errors import Problem
from payforsuccess.records.quality import ColumnQuality, FeedQuality, FileQuality
from payforsuccess.reports.document import Block, Document, Heading, ItemList, Paragraph, paragraph
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Cell, Column, Table, cell

STATUS = {
    "not-asked": "not asked for yet",
    "asked": "asked for, not signed",
    "signed": "signed, no extract yet",
    "expired": "agreement expired",
    "in-use": "in use",
    "public": "public",
}
PRIVILEGED = Notice(
    "For those who may see small numbers",
    "Counts on this page, except of ages, are not hidden, however small. It is for the people who "
    "run the deal's data, and is not to be given out.",
)
STOPPED = Notice(
    "Stopped: nothing of this was kept",
    "What this page tells was read and then let go, because of what stopped it. “Kept” are the "
    "rows that broke no rule. What was kept before is as it was.",
)


@dataclass(frozen=True)
class QualityFacts:
    """What the page says: the snapshot, the feeds that made it, and how far each feed is.

    stopped_by: what stopped an ingest of which nothing was kept; there is then no snapshot, and
    `feeds` are those that could be read, `unread` the others.
    """

    deal: str
    as_of: date
    snapshot: str | None
    feeds: tuple[FeedQuality, ...]
    access: tuple[Access, ...]
    waiting: tuple[Waiting, ...]
    notices: tuple[Notice, ...] = ()
    stopped_by: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


def quality_document(facts: QualityFacts) -> Document:
    """The page: an overview, the data sources, and a section for each feed."""
    blocks: list[Block] = []
    if facts.feeds:
        blocks += [Heading(2, "Feeds", "feeds"), _overview(facts)]
    blocks += [
        Heading(2, "Data sources", "data-sources"),
        _sources(facts),
        *_critical_path(facts),
    ]
    for feed in facts.feeds:
        blocks += _feed(feed)
    return Document(
        title=f"{facts.deal}: quality of the data",
        language="en",
        subtitle=f"{'Read' if facts.stopped_by else 'Ingested'} as of {day_text(facts.as_of)}",
        notices=(*([STOPPED] if facts.stopped_by else []), *facts.notices, PRIVILEGED),
        blocks=(*_outcome(facts), *blocks),
    )


def _outcome(facts: QualityFacts) -> list[Block]:
    """The snapshot that was made, or what stopped the ingest."""
    if facts.snapshot is not None:
        return [paragraph("Snapshot ", Exactly(facts.snapshot), ".")]
    blocks: list[Block] = [Heading(2, "What stopped it", "stopped"), _stops(facts)]
    if facts.unread:
        blocks.append(paragraph(f"Could not be read at all: {', '.join(facts.unread)}."))
    return blocks


def _stops(facts: QualityFacts) -> Table:
    return Table(
        caption="What stopped the ingest, and what to do about it",
        columns=(Column("Where"), Column("What"), Column("What to do")),
        rows=tuple(
            (cell(str(problem.where)), cell(problem.what), cell(problem.do))
            for problem in facts.stopped_by
        ),
    )


def _overview(facts: QualityFacts) -> Table:
    return Table(
        caption="Rows of each feed, and what became of them",
        columns=(
            Column("Feed"),
            *(
                Column(title, is_number=True)
                for title in ("Rows", "Kept", "Refused", "Withdrawn", "People", "Days old")
            ),
            Column("Dated"),
            Column("Late"),
        ),
        rows=tuple(
            (
                cell(feed.feed),
                cell(f"{sum(file.rows for file in feed.files):,}"),
                cell(f"{sum(file.kept for file in feed.files):,}"),
                cell(f"{sum(file.refused for file in feed.files):,}"),
                cell(f"{sum(file.withdrawn for file in feed.files):,}"),
                cell(f"{feed.people:,}"),
                cell(f"{feed.days_old:,}"),
                cell(_span(feed.first, feed.last)),
                cell("yes" if feed.is_late else "no"),
            )
            for feed in facts.feeds
        ),
    )


def _sources(facts: QualityFacts) -> Table:
    return Table(
        caption="Who holds the data, under which paper, and how long it took to get them",
        columns=(
            Column("Feed"),
            Column("Holder"),
            Column("Regime"),
            Column("Paper"),
            Column("Status"),
            Column("Days from request to access", is_number=True),
        ),
        rows=tuple(
            (
                cell(access.source.feed),
                cell(access.holder or "no one on that day"),
                cell(access.source.agreement.regime if access.source.agreement else "none"),
                cell(_paper(access)),
                cell(STATUS[access.status]),
                cell("not stated" if access.days is None else f"{access.days:,}"),
            )
            for access in facts.access
        ),
    )


def _paper(access: Access) -> str:
    agreement, public = access.source.agreement, access.source.public
    if agreement is not None:
        made_up = ", made up" if agreement.is_made_up else ""
        return f"{agreement.kind.upper()} until {day_text(agreement.expires_on)}{made_up}"
    return public.licence if public is not None else "none"


def _critical_path(facts: QualityFacts) -> list[Block]:
    """The feed that took, or takes, the longest, and what waits for it."""
    timed = [access for access in facts.access if access.days is not None]
    blocks: list[Block] = []
    if timed:
        longest = max(timed, key=lambda access: access.days or 0)
        blocks.append(
            paragraph(
                f"The critical path is {longest.source.feed}: {longest.days:,} days from the "
                f"request {'until now' if longest.is_open else 'to the first extract'}."
            )
        )
    if facts.waiting:
        blocks.append(
            ItemList(
                tuple((f"{wait.name} waits for {', '.join(wait.feeds)}",) for wait in facts.waiting)
            )
        )
    return blocks


def _feed(feed: FeedQuality) -> list[Block]:
    blocks: list[Block] = [Heading(2, feed.feed, f"feed-{feed.feed}".replace("_", "-"))]
    blocks.append(paragraph(f"{feed.says} Held by {feed.holder or 'no one'}."))
    blocks += _notes(feed)
    for file in feed.files:
        blocks.append(Heading(3, file.path))
        blocks.append(_rows_of(file))
        if file.broken:
            blocks.append(_refusals(file))
        if file.columns:
            blocks.append(_columns(file))
    if feed.states:
        blocks.append(_states(feed))
    if feed.ages:
        blocks.append(_ages(feed))
    return blocks


def _notes(feed: FeedQuality) -> list[Block]:
    notes = []
    if feed.is_late:
        notes.append(
            f"The extract ends {feed.days_old:,} days before the day of ingest; a new one should "
            f"come every {feed.refreshed_every} days."
        )
    if feed.is_silent and feed.silence is not None:
        notes.append(
            f"Nothing is dated for {feed.silence.days:,} days, between "
            f"{day_text(feed.silence.after)} and {day_text(feed.silence.before)}."
        )
    if feed.shared is not None:
        notes.append(
            f"{feed.shared.numbers:,} of the agency's numbers stand for people who differ in birth "
            "date and in both names."
        )
    if feed.coverage is not None:
        found = feed.coverage
        notes.append(
            f"Consent covers {found.covered:,} of {found.people:,} people: {found.without:,} gave "
            f"none, {found.lapsed:,} lapsed, {found.withdrawn:,} withdrew."
        )
    return [ItemList(tuple((note,) for note in notes))] if notes else []


def _rows_of(file: FileQuality) -> Paragraph:
    unread = f" Columns left unread: {', '.join(file.unread)}." if file.unread else ""
    return paragraph(
        f"{file.rows:,} rows: {file.kept:,} kept, {file.refused:,} refused, {file.withdrawn:,} "
        f"withdrawn by the agency.{unread}"
    )


def _refusals(file: FileQuality) -> Table:
    return Table(
        caption=f"Rules that rows of {file.path} broke",
        columns=(Column("Rule"), Column("Rows", is_number=True), Column("First rows")),
        rows=tuple(
            (
                cell(broken.check.what),
                cell(f"{broken.rows:,}"),
                cell(", ".join(f"{row:,}" for row in broken.first)),
            )
            for broken in file.broken
        ),
    )


def _columns(file: FileQuality) -> Table:
    return Table(
        caption=f"How complete the columns of {file.path} are, in the rows kept",
        columns=(
            Column("Column"),
            Column("Given", is_number=True),
            Column("Unknown", is_number=True),
            Column("Empty", is_number=True),
            Column("Days"),
        ),
        rows=tuple(_column(column, file.kept) for column in file.columns),
    )


def _column(column: ColumnQuality, kept: int) -> tuple[Cell, ...]:
    empty = kept - column.given - column.unknown
    return (
        cell(column.name),
        cell(_share(column.given, kept)),
        cell(_share(column.unknown, kept)),
        cell(_share(empty, kept)),
        cell(_days(column)),
    )


def _days(column: ColumnQuality) -> str:
    if column.type == "day" and column.given and column.first is None:
        return "not shown"  # an identifier: its first and last day are two people's own
    return _span(column.first, column.last)


def _states(feed: FeedQuality) -> Table:
    part = max(state.of_people for state in feed.states)
    looked = "" if part == 1 else f"; overlaps looked for with one in {part} people"
    return Table(
        caption=f"Stays of {feed.feed} by state{looked}",
        columns=(
            Column("State"),
            Column("Stays", is_number=True),
            Column("Open", is_number=True),
            Column("Begin within another", is_number=True),
        ),
        rows=tuple(
            (
                cell(state.state),
                cell(f"{state.spells:,}"),
                cell(f"{state.open:,}"),
                cell(f"{state.overlapping:,}"),
            )
            for state in feed.states
        ),
    )


def _ages(feed: FeedQuality) -> Table:
    return Table(
        caption=f"Ages of people in {feed.feed} on {day_text(feed.complete_through)}",
        columns=(Column("Age"), Column("People", is_number=True)),
        rows=tuple(
            (cell(band), cell(HIDDEN if people is None else f"{people:,}"))
            for band, people in feed.ages
        ),
    )


def _share(count: int, of: int) -> str:
    if not of:
        return "no rows"
    return f"{count:,} ({100 * count // of}%)"


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "no days"
    return f"{day_text(first)} to {day_text(last)}"
