"""The data-quality report of an ingest: a page, a file for programs, and every refused row."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from payforsuccess.deal.access import access_on, critical_path
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem
from payforsuccess.records.feed_quality import feed_quality
from payforsuccess.records.loading import LoadedFeed
from payforsuccess.records.quality import FeedQuality
from payforsuccess.records.refused import write_refused
from payforsuccess.reports import write_html
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.quality_page import QualityFacts, quality_document
from payforsuccess.runs.files import folder_at_once, json_bytes
from payforsuccess.store import Snapshot

PAGE, DATA, STOPPED = "quality.html", "quality.json", "stopped"


def write_quality(
    deal: Deal, feeds: Sequence[LoadedFeed], snapshot: Snapshot, folder: Path, *, as_of: date
) -> Path:
    """Write the report under `folder`, in a folder named for the snapshot, and give its page.

    Beside the page lie `quality.json` with the same facts, and for each feed with refused rows
    `refused-<feed>.csv`, which lists each with its file, row, column and rule. Counts are not
    hidden, except of ages; no value of a person is in any of them. Only whoever runs this may read
    the files.
    """
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for part in snapshot.parts:
        rows[part.feed][part.table] = part.rows
    facts = _facts(deal, feeds, rows, as_of, snapshot=snapshot.fingerprint)
    return _written(facts, feeds, folder / snapshot.folder.name[:12])


def write_stopped(
    deal: Deal,
    feeds: Sequence[LoadedFeed],
    problems: Sequence[Problem],
    folder: Path,
    *,
    as_of: date,
) -> Path:
    """Write the report on an ingest that stopped, marked so, under `stopped/`; give its page.

    feeds: those that could be read; the deal's others are named as such. problems: what stopped
    it. The files are those of `write_quality`; they stand in the place of an earlier stop's.
    """
    rows = {
        feed.source.feed: {name: feed.bench.counted(table) for name, table in feed.tables.items()}
        for feed in feeds
    }
    facts = _facts(deal, feeds, rows, as_of, stopped_by=tuple(problems))
    return _written(facts, feeds, folder / STOPPED)


def take_away_stopped(folder: Path) -> None:
    """Take the report on an earlier stop away: its rows were taken since."""
    shutil.rmtree(folder / STOPPED, ignore_errors=True)


def _facts(
    deal: Deal,
    feeds: Sequence[LoadedFeed],
    rows: Mapping[str, Mapping[str, int]],
    as_of: date,
    *,
    snapshot: str | None = None,
    stopped_by: tuple[Problem, ...] = (),
) -> QualityFacts:
    read = {feed.source.feed for feed in feeds}
    return QualityFacts(
        deal=deal.deal,
        as_of=as_of,
        snapshot=snapshot,
        feeds=tuple(feed_quality(feed, rows[feed.source.feed], as_of=as_of) for feed in feeds),
        access=tuple(access_on(source, as_of) for source in deal.data),
        waiting=critical_path(deal, as_of),
        notices=deal_notices(deal.standing, is_certified=deal.is_certified),
        stopped_by=stopped_by,
        unread=tuple(source.feed for source in deal.data if source.feed not in read),
    )


def _written(facts: QualityFacts, feeds: Sequence[LoadedFeed], home: Path) -> Path:
    if home.exists():
        shutil.rmtree(home)
    with folder_at_once(home) as filling:
        for feed in feeds:
            listed = filling / f"refused-{feed.source.feed}.csv"
            write_refused(feed.files.files, listed, feed.bench)
        (filling / DATA).write_bytes(json_bytes(_as_plain(facts)))
        (filling / PAGE).write_bytes(write_html(quality_document(facts)))
        for file in filling.iterdir():
            file.chmod(0o600)
    return home / PAGE


def _as_plain(facts: QualityFacts) -> dict[str, object]:
    stopped_by = [
        {"where": str(problem.where), "what": problem.what, "do": problem.do}
        for problem in facts.stopped_by
    ]
    return {
        "format": 1,
        "deal": facts.deal,
        "as_of": facts.as_of.isoformat(),
        "snapshot": facts.snapshot,
        **({"stopped_by": stopped_by, "unread": list(facts.unread)} if stopped_by else {}),
        "feeds": [_plain(feed) for feed in facts.feeds],
        "data_sources": [
            {
                "feed": each.source.feed,
                "holder": each.holder,
                "regime": each.source.agreement.regime if each.source.agreement else None,
                "agreement": each.source.agreement.kind if each.source.agreement else None,
                "status": each.status,
                "days_to_access": each.days,
            }
            for each in facts.access
        ],
        "waiting": [
            {"part": wait.part, "name": wait.name, "feeds": list(wait.feeds)}
            for wait in facts.waiting
        ],
    }


def _plain(feed: FeedQuality) -> object:
    """The facts as mappings and lists, days as text."""
    return {**_texts(asdict(feed)), "is_late": feed.is_late, "is_silent": feed.is_silent}


def _texts(value: object) -> dict[str, object]:
    found = _text(value)
    assert isinstance(found, dict)
    return found


def _text(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_text(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
