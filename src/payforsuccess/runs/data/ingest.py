"""From the feeds of a deal to a snapshot of its records."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Place, Problem, Refusal, listed, sentence
from payforsuccess.records import FeedRead, ingesting
from payforsuccess.records.feed_quality import REFRESHED_EVERY
from payforsuccess.runs.data.last_load import keep_last_load, read_last_load
from payforsuccess.runs.data.quality import take_away_stopped, write_quality, write_stopped
from payforsuccess.runs.data.reads_log import open_log
from payforsuccess.runs.data.retention import overdue
from payforsuccess.store import (
    Snapshot,
    Vault,
    open_store,
    open_vault,
    vault_folder,
    write_snapshot,
)
from payforsuccess.store.faults import EngineFault

_BYTES_A_ROW = 100
_EVERY = {
    "day": sentence("day"),
    "week": sentence("week"),
    "month": sentence("month"),
    "quarter": sentence("quarter"),
    "half-year": sentence("half-year"),
    "year": sentence("year"),
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Tell = Callable[[str], None]
"""Hears one sentence at a time of what is going on."""


def keep_quiet(_: str) -> None:
    """Hear and say nothing."""


@dataclass(frozen=True)
class Ingested:
    """The snapshot, each read that made it, and what to know about the feeds.

    `vault` opens the snapshot: None where all of it is public. `quality` is the page of the
    data-quality report, where one was asked for.
    """

    snapshot: Snapshot
    reads: tuple[FeedRead, ...]
    findings: tuple[Finding, ...]
    vault: Vault | None = None
    quality: Path | None = None


def ingest_feeds(
    deal: Deal,
    folder: Path,
    *,
    snapshots: Path,
    as_of: date,
    today: date | None = None,
    purpose: str | None = None,
    accept_changes: Sequence[str] = (),
    with_quality: bool = False,
    tell: Tell = keep_quiet,
) -> Ingested:
    """Read every feed under its agreement on the day `as_of` and keep the rows as a snapshot.

    today: the day on which it is read, by this machine's calendar unless given; agreements must
    hold on that day too, except made-up ones, and records that were to be destroyed by then are
    not read. folder: the deal's, from which files are found. snapshots: where snapshots are kept;
    the log of reads, and what is remembered of the last load, lie beside that folder. purpose:
    checked against each agreement where given. accept_changes: feeds that may look otherwise than
    at their last load. with_quality: also write the data-quality report beside the snapshots.
    Refuses a deal without data, a day before the data end, a feed whose agreement does not hold,
    and faulty files; the snapshots that were there are then as they were, and a report on what
    could be read lies under `quality/stopped/`.
    """
    if not deal.data:
        raise Refusal(
            Problem(
                sentence("The deal names no data, so there is nothing to ingest."),
                sentence("List its feeds under `data`, or give results in a results file."),
                deal.place_of("data"),
            )
        )
    sources = {source.feed: source for source in deal.data}
    _refuse_unknown(accept_changes, list(sources))
    _refuse_too_early(deal, as_of)
    on = today if today is not None else datetime.now().astimezone().date()
    _refuse_overdue(deal, as_of, on)
    out = snapshots.parent
    log = open_log(out)
    before = read_last_load(out)
    vault = vault_of(deal, folder)
    stopped: list[Path] = []
    kept: list[Snapshot] = []
    with (
        _disk_told(out, kept),
        _stop_told(stopped),
        open_store(vault=vault, rows=_rows_about(deal, folder)) as store,
        ingesting(
            deal.data,
            folder,
            as_of=as_of,
            today=on,
            store=store,
            purpose=purpose,
            last_load=before,
            accept_changes=accept_changes,
            places=[deal.place_of("data", at) for at in range(len(deal.data))],
            tell=tell,
            log=lambda read: log.add(read, sources[read.feed], as_of=as_of),
            stopped=lambda feeds, problems: stopped.append(
                write_stopped(deal, feeds, problems, out / "quality", as_of=as_of)
            ),
        ) as read,
    ):
        snapshot = write_snapshot(read.parts, snapshots, store=store)
        kept.append(snapshot)
        keep_last_load(out, before, read.profiles)
        take_away_stopped(out / "quality")
        page = None
        if with_quality:
            tell("looking at the quality of the data")
            page = write_quality(deal, read.feeds, snapshot, out / "quality", as_of=as_of)
    tell(f"snapshot {snapshot.fingerprint[7:19]}: {snapshot.rows:,} canonical rows")
    findings = (
        *read.findings,
        *_made_up(deal, as_of),
        *overdue(deal, as_of),  # of made-up agreements alone: others were refused above
        *_late(deal, as_of),
    )
    return Ingested(snapshot, read.reads, findings, vault, page)


def _rows_about(deal: Deal, folder: Path) -> int:
    """About how many rows the feeds hold, by the sizes of everything that lies where they do."""
    stated = {folder / source.path for source in deal.data}
    places = {place if place.exists() else folder / "feeds" for place in stated}
    found = {path for place in places for path in (place, *place.rglob("*")) if path.is_file()}
    return sum(path.stat().st_size for path in found) // _BYTES_A_ROW


@contextmanager
def _disk_told(out: Path, kept: Sequence[Snapshot]) -> Iterator[None]:
    """Say that the disk is full as a person would; whatever was written in part is cleared away.

    kept: the snapshot, once it is; what is written after it is the report and what the next load
    is compared with.
    """
    try:
        yield
    except (OSError, EngineFault) as failure:
        full = isinstance(failure, OSError) and failure.errno in _FULL
        if not full and not any(os.strerror(number) in str(failure) for number in _FULL):
            raise
        if kept:
            raise Refusal(
                Problem(
                    sentence(
                        "The disk is full, or a file on it may grow no larger: the snapshot "
                        "{fingerprint} is kept, and what goes with it was not written to its "
                        "end.",
                        fingerprint=kept[0].fingerprint[7:19],
                    ),
                    sentence(
                        "Make room, and ingest again: the same files give the same snapshot, "
                        "and then its data-quality report."
                    ),
                    Place(str(out)),
                )
            ) from None
        raise Refusal(
            Problem(
                sentence(
                    "The disk is full, or a file on it may grow no larger: the feeds could not "
                    "be read, and nothing was changed."
                ),
                sentence(
                    "Make room, or name a folder on a larger disk for what does not fit in "
                    "memory (PFS_SPILL), and ingest again."
                ),
                Place(str(out)),
            )
        ) from None


@contextmanager
def _stop_told(stopped: Sequence[Path]) -> Iterator[None]:
    """Say with what stopped the ingest where the report on it lies, if one was written."""
    try:
        yield
    except Refusal as refusal:
        told = [
            Problem(
                sentence(
                    "The ingest stopped, and nothing of it was kept; what was there before is "
                    "as it was."
                ),
                sentence(
                    "Read on this page what was found in each file; each refused row is listed "
                    "in the CSV files beside it."
                ),
                Place(str(page)),
            )
            for page in stopped
        ]
        raise Refusal([*refusal.problems, *told]) from None


def vault_of(deal: Deal, folder: Path) -> Vault | None:
    """The vault of a deal's folder, made where there is none; None where all data are public."""
    if all(source.agreement is None for source in deal.data):
        return None
    return open_vault(vault_folder(folder))


def _late(deal: Deal, as_of: date) -> tuple[Finding, ...]:
    """A finding for each feed that is older than the time in which a new extract should come."""
    found = []
    for at, source in enumerate(deal.data):
        every = REFRESHED_EVERY.get(source.refreshed)
        days = (as_of - source.complete_through).days
        if every is not None and days > every:
            found.append(
                Finding(
                    "feed",
                    sentence(
                        "The feed {feed} ends {days:,} days before {as_of}, and a new extract "
                        "should come every {refreshed}.",
                        feed=source.feed,
                        days=days,
                        as_of=as_of,
                        refreshed=_EVERY[source.refreshed],
                    ),
                    deal.place_of("data", at),
                )
            )
    return tuple(found)


def _made_up(deal: Deal, as_of: date) -> tuple[Finding, ...]:
    """That agreements are made up, in one finding, since none of them lets real records be read."""
    feeds = [
        source.feed for source in deal.data if source.agreement and source.agreement.is_made_up
    ]
    if not feeds:
        return ()
    return (
        Finding(
            "agreement",
            sentence(
                "The agreements for {feeds} are made up, and were held to {as_of} instead of to "
                "today: only records of made-up people may be read like this.",
                feeds=listed(feeds),
                as_of=as_of,
            )
            if len(feeds) > 1
            else sentence(
                "The agreement for {feeds} is made up, and was held to {as_of} instead of to "
                "today: only records of made-up people may be read like this.",
                feeds=feeds[0],
                as_of=as_of,
            ),
            deal.place_of("data"),
        ),
    )


def _refuse_overdue(deal: Deal, as_of: date, today: date) -> None:
    """Refuse to read more of what should have been destroyed, unless its agreement is made up."""
    made_up = {
        deal.place_of("data", at, "agreement", "retained_until")
        for at, source in enumerate(deal.data)
        if source.agreement is not None and source.agreement.is_made_up
    }
    problems = [
        Problem(
            sentence("{what} None of it was read.", what=finding.what),
            sentence("If the agreement was extended, state its new day under `retained_until`."),
            finding.where,
        )
        for finding in overdue(deal, as_of, today=today)
        if finding.where not in made_up
    ]
    if problems:
        raise Refusal(problems)


def _refuse_unknown(named: Sequence[str], feeds: Sequence[str]) -> None:
    unknown = [name for name in named if name not in feeds]
    if unknown:
        raise Refusal(
            Problem(
                sentence("The deal has no feed called {unknown}.", unknown=", ".join(unknown)),
                sentence("It has these: {feeds}.", feeds=", ".join(feeds)),
            )
        )


def _refuse_too_early(deal: Deal, as_of: date) -> None:
    """Refuse a day on which the feeds could not yet reach as far as the deal says they do."""
    problems = [
        Problem(
            sentence(
                "The feed {feed} holds records through {complete_through}, which no one had on "
                "{as_of}.",
                feed=source.feed,
                complete_through=source.complete_through,
                as_of=as_of,
            ),
            sentence("Give that day or a later one, or leave --as-of out."),
            deal.place_of("data", at),
        )
        for at, source in enumerate(deal.data)
        if source.complete_through is not None and as_of < source.complete_through
    ]
    if problems:
        raise Refusal(problems)


def after_the_data(deal: Deal) -> date:
    """The day after the last day that every feed covers."""
    days = [source.complete_through for source in deal.data]
    known = [day for day in days if day is not None]
    if not known:
        raise Refusal(
            Problem(
                sentence("The deal does not say through which day its data are complete."),
                sentence("State `complete_through` for each feed, or give the day with --as-of."),
                deal.place_of("data"),
            )
        )
    return max(known) + timedelta(days=1)
