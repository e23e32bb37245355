"""The data-quality report of an ingest: a page, a file for programs, and every refused row."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import asdict
from datetime import date
from pathlib import Path

from payforsuccess.deal.access import access_on, critical_path
from payforsuccess.deal.deal import Deal
from payforsuccess.records.feed_quality import feed_quality
from payforsuccess.records.ingest import Ingest
from payforsuccess.records.quality import FeedQuality
from payforsuccess.records.refused import write_refused
from payforsuccess.reports import write_html
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.quality_page import QualityFacts, quality_document
from payforsuccess.runs.files import folder_at_once, json_bytes
from payforsuccess.store import Snapshot

PAGE, DATA = "quality.html", "quality.json"


def write_quality(
    deal: Deal, found: Ingest, snapshot: Snapshot, folder: Path, *, as_of: date
) -> Path:
    """Write the report under `folder`, in a folder named for the snapshot, and give its page.

    Beside the page lie `quality.json` with the same facts, and for each feed with refused rows
    `refused-<feed>.csv`, which lists each with its file, row, column and rule. Counts are not
    hidden; no value of a person is in any of them. Only whoever runs this may read the files.
    """
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for part in snapshot.parts:
        rows[part.feed][part.table] = part.rows
    feeds = tuple(feed_quality(feed, rows[feed.source.feed], as_of=as_of) for feed in found.feeds)
    access = tuple(access_on(source, as_of) for source in deal.data)
    waiting = critical_path(deal, as_of)
    facts = QualityFacts(
        deal=deal.deal,
        as_of=as_of,
        snapshot=snapshot.fingerprint,
        feeds=feeds,
        access=access,
        waiting=waiting,
        notices=deal_notices(deal.standing, is_certified=deal.is_certified),
    )
    home = folder / snapshot.folder.name[:12]
    if home.exists():
        shutil.rmtree(home)
    with folder_at_once(home) as filling:
        for feed in found.feeds:
            listed = filling / f"refused-{feed.source.feed}.csv"
            write_refused(feed.files.files, listed, feed.bench)
        plain = {
            "format": 1,
            "deal": deal.deal,
            "as_of": as_of.isoformat(),
            "snapshot": snapshot.fingerprint,
            "feeds": [_plain(feed) for feed in feeds],
            "data_sources": [
                {
                    "feed": each.source.feed,
                    "holder": each.holder,
                    "regime": each.source.agreement.regime if each.source.agreement else None,
                    "agreement": each.source.agreement.kind if each.source.agreement else None,
                    "status": each.status,
                    "days_to_access": each.days,
                }
                for each in access
            ],
            "waiting": [
                {"part": wait.part, "name": wait.name, "feeds": list(wait.feeds)}
                for wait in waiting
            ],
        }
        (filling / DATA).write_bytes(json_bytes(plain))
        (filling / PAGE).write_bytes(write_html(quality_document(facts)))
        for file in filling.iterdir():
            file.chmod(0o600)
    return home / PAGE


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
