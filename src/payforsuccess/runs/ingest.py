"""From the feeds of a deal to a snapshot of its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.records import FeedRead, ingest
from payforsuccess.store import Snapshot, open_store, write_snapshot

Tell = Callable[[str], None]
"""Hears one sentence at a time of what is going on."""


def keep_quiet(_: str) -> None:
    """Hear and say nothing."""


@dataclass(frozen=True)
class Ingested:
    """The snapshot, each read that made it, and what to know about the feeds."""

    snapshot: Snapshot
    reads: tuple[FeedRead, ...]
    findings: tuple[Finding, ...]


def ingest_feeds(
    deal: Deal, folder: Path, *, snapshots: Path, as_of: date, tell: Tell = keep_quiet
) -> Ingested:
    """Read every feed under its agreement on the day `as_of` and keep the rows as a snapshot.

    folder: the deal's, from which files are found. snapshots: where snapshots are kept. Refuses a
    deal without data, a day before the data end, a feed whose agreement does not hold, and faulty
    files.
    """
    if not deal.data:
        raise Refusal(
            Problem(
                "The deal names no data, so there is nothing to ingest.",
                "List its feeds under `data`, or give results in a results file.",
                deal.place_of("data"),
            )
        )
    places = [deal.place_of("data", at) for at in range(len(deal.data))]
    _refuse_too_early(deal, as_of)
    with open_store() as store:
        read = ingest(deal.data, folder, as_of=as_of, store=store, places=places, tell=tell)
    snapshot = write_snapshot(read.tables, snapshots)
    rows = sum(table.rows for table in snapshot.tables)
    tell(f"snapshot {snapshot.fingerprint[7:19]}: {rows:,} canonical rows")
    return Ingested(snapshot, read.reads, read.findings)


def _refuse_too_early(deal: Deal, as_of: date) -> None:
    """Refuse a day on which the feeds could not yet reach as far as the deal says they do."""
    problems = [
        Problem(
            f"The feed {source.feed} holds records through {source.complete_through}, which no "
            f"one had on {as_of}.",
            "Give that day or a later one, or leave --as-of out.",
            deal.place_of("data", at),
        )
        for at, source in enumerate(deal.data)
        if source.complete_through is not None and as_of < source.complete_through
    ]
    if problems:
        raise Refusal(problems)
