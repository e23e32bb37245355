"""What to ask each agency for: extract specification, agreement's schedule, and a sample."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.access import Access, Waiting, access_on, critical_path
from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.written import check_written
from payforsuccess.reports import write_html
from payforsuccess.reports.request_facts import FeedAsked, RequestFacts
from payforsuccess.reports.request_schedule import schedule_document
from payforsuccess.reports.request_specification import specification_document
from payforsuccess.reports.request_status import standing_text, status_document
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.request.columns import feed_asked
from payforsuccess.runs.request.files import data_package, sample_files, schedule_record
from payforsuccess.runs.request.folder import write_new_folder

STATUS_PAGE = "index.html"


@dataclass(frozen=True)
class FeedStanding:
    """One feed: who holds it, how far it is, and the folder with what to send its holder.

    days: from the request to the first usable extract, or to the day of this request before one.
    folder: empty for public data, which no one is asked for.
    """

    feed: str
    holder: str | None
    regime: str | None
    status: str
    days: int | None
    says: str
    folder: str


@dataclass(frozen=True, repr=False)
class Requested:
    """The folder that was written: the standing of each feed, and what each part waits for."""

    deal: str
    as_of: date
    folder: str
    feeds: tuple[FeedStanding, ...]
    waiting: tuple[Waiting, ...]

    def __str__(self) -> str:
        lines = [f"Data for {self.deal}, as of {self.as_of}"]
        for feed in self.feeds:
            lines.append(f"  {feed.feed}, held by {feed.holder or 'no one'}: {feed.says}")
            if feed.folder:
                lines.append(f"    {feed.folder}/")
        if self.waiting:
            lines.append("What waits, and for which feeds, the furthest from use first")
        lines += [f"  {part.name}: {', '.join(part.feeds)}" for part in self.waiting]
        lines.append(f"Written to {self.folder}; start with {STATUS_PAGE}.")
        lines.append("These are drafts: Counsel must review them before they are sent.")
        return "\n".join(lines)

    __repr__ = __str__


def request(path: DealPath, *, as_of: date, to: Path | None = None) -> Requested:
    """Write, for each agency that holds data of the deal on a day, all that it is asked for.

    to: a new or empty folder; `out/requests/<day>` in the deal's folder unless given. An agreement
    may be a draft. Refuses a deal without data, a layout that is not known, columns that a layout
    does not have, and a folder that holds anything else than this very request.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    layouts = _layouts(deal)
    facts = RequestFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=deal.is_certified,
        as_of=as_of,
        accesses=tuple(access_on(source, as_of) for source in deal.data),
        waiting=critical_path(deal, as_of),
        feeds=tuple(
            feed_asked(deal, source, layouts[source.feed])
            for source in deal.data
            if source.agreement is not None
        ),
    )
    target = to if to is not None else folder.out / "requests" / as_of.isoformat()
    places = _folders(facts)
    standings = tuple(_standing(access, places) for access in facts.accesses)
    write_new_folder(target, _files(facts, layouts, places, standings))
    return Requested(deal.deal, as_of, str(target), standings, facts.waiting)


def _layouts(deal: Deal) -> dict[str, FeedLayout]:
    """The layout of each feed; refuses what the deal says of them and no layout has."""
    if not deal.data:
        raise Refusal(
            Problem(
                "The deal names no data, so there is nothing to ask for.",
                "List its feeds under `data`, with an agreement that may still be a draft.",
                deal.place_of("data"),
            )
        )
    problems: list[Problem] = []
    for at, source in enumerate(deal.data):
        where = deal.place_of("data", at)
        layout = LAYOUTS.get(source.layout)
        if layout is None:
            problems.append(
                Problem(
                    f"There is no layout called {source.layout}.",
                    f"Use one of: {', '.join(sorted(LAYOUTS))}.",
                    where,
                )
            )
            continue
        problems += check_written(source, layout, where=where)
        problems += _unknown_columns(source, layout, where)
    if problems:
        raise Refusal(problems)
    return {source.feed: LAYOUTS[source.layout] for source in deal.data}


def _unknown_columns(source: DataSource, layout: FeedLayout, where: Place) -> list[Problem]:
    if source.agreement is None:
        return []
    known = {column.name for file in layout.files for column in file.columns}
    known |= {f"{file.name}.{column.name}" for file in layout.files for column in file.columns}
    unknown = sorted(set(source.agreement.permitted_columns) - known)
    if not unknown:
        return []
    return [
        Problem(
            f"The agreement for the feed {source.feed} permits columns that the layout "
            f"{layout.name} does not have: {', '.join(unknown)}.",
            "Correct the names, or take them out.",
            where,
        )
    ]


def _folders(facts: RequestFacts) -> dict[str, str]:
    """The folder of each feed that is asked for: its holder's, and in it its own."""
    names: dict[str, str] = {}
    for asked in facts.feeds:
        holder = facts.access(asked.source.feed).holder or "no holder"
        if holder not in names:
            plain = unicodedata.normalize("NFKD", holder.lower())
            stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "holder"
            name, copy = stem, 1
            while name in names.values():
                copy += 1
                name = f"{stem}-{copy}"
            names[holder] = name
    return {
        asked.source.feed: (
            f"{names[facts.access(asked.source.feed).holder or 'no holder']}/{asked.source.feed}"
        )
        for asked in facts.feeds
    }


def _standing(access: Access, places: Mapping[str, str]) -> FeedStanding:
    source = access.source
    return FeedStanding(
        feed=source.feed,
        holder=access.holder,
        regime=source.agreement.regime if source.agreement is not None else None,
        status=access.status,
        days=access.days,
        says=standing_text(access),
        folder=places.get(source.feed, ""),
    )


def _files(
    facts: RequestFacts,
    layouts: Mapping[str, FeedLayout],
    places: Mapping[str, str],
    standings: tuple[FeedStanding, ...],
) -> dict[str, bytes]:
    """Every file of the request by its path in the folder."""
    files = {
        STATUS_PAGE: write_html(status_document(facts)),
        "status.json": json_bytes(
            {
                "deal": facts.deal,
                "as_of": facts.as_of.isoformat(),
                "feeds": [vars(standing) for standing in standings],
                "waiting": [
                    {"part": part.part, "name": part.name, "feeds": list(part.feeds)}
                    for part in facts.waiting
                ],
            }
        ),
    }
    for asked in facts.feeds:
        place = places[asked.source.feed]
        for name, content in _of_feed(facts, asked, layouts[asked.source.feed]).items():
            files[f"{place}/{name}"] = content
    return files


def _of_feed(facts: RequestFacts, asked: FeedAsked, layout: FeedLayout) -> dict[str, bytes]:
    """What one holder gets for one feed; of a feed that nothing rests on only the schedule."""
    holder = facts.access(asked.source.feed).holder
    files = {
        "schedule.html": write_html(schedule_document(facts, asked)),
        "schedule.json": schedule_record(asked, deal=facts.deal, holder=holder),
    }
    if asked.files:
        files["specification.html"] = write_html(specification_document(facts, asked))
        files["sample/datapackage.json"] = data_package(asked, layout, deal=facts.deal)
        for name, content in sample_files(asked, layout).items():
            files[f"sample/{name}"] = content
    return files
