"""Feeds to canonical rows under random keys: permitted, read, cleaned, covered by consent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import ENROLMENTS
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.records.admission import refuse_unusable
from payforsuccess.records.agreement import regimes_of
from payforsuccess.records.bench import open_bench
from payforsuccess.records.changes import LoadProfile, changes, profile_of
from payforsuccess.records.loading import LoadedFeed, covered, load_feed, sayings_of
from payforsuccess.records.pseudonyms import Keyed, under_keys
from payforsuccess.records.staging import StagedFile
from payforsuccess.store import Part, Store


@dataclass(frozen=True)
class FeedRead:
    """One read of one file of a feed, as the run record logs it."""

    feed: str
    file: str
    fingerprint: str
    rows: int
    columns: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Ingest:
    """The rows of all feeds to be kept, what was read for them, and what to know.

    profiles: what to remember of each feed's load. The parts lie in the engine and last as long as
    the `with` block that gave them.
    """

    parts: tuple[Part, ...]
    reads: tuple[FeedRead, ...]
    feeds: tuple[LoadedFeed, ...]
    profiles: Mapping[str, LoadProfile]
    findings: tuple[Finding, ...]


@contextmanager
def ingesting(
    sources: Sequence[DataSource],
    folder: Path,
    *,
    as_of: date,
    today: date,
    store: Store,
    purpose: str | None = None,
    last_load: Mapping[str, LoadProfile] | None = None,
    accept_changes: Sequence[str] = (),
    places: Sequence[Place] = (),
    tell: Callable[[str], None] = lambda _: None,
    log: Callable[[FeedRead], None] = lambda _: None,
    stopped: Callable[[Sequence[LoadedFeed], Sequence[Problem]], None] = lambda *_: None,
) -> Iterator[Ingest]:
    """The canonical rows that the deal's feeds give on a day, for the length of a `with` block.

    as_of: the day they are read for. today: the day they are read; agreements must hold on both.
    folder: the deal's, from which each feed's files are found. purpose: what the records are read
    for, where it should be checked against every agreement. last_load: what is remembered of each
    feed; a feed in `accept_changes` may differ from it. places: where each source stands in the
    deal file. tell: hears one sentence for each feed. log: hears of each file that was read, even
    when it is then refused. stopped: hears of an ingest that is refused for what is in the files:
    the feeds that could be read, and every problem. A feed without a valid agreement stops the
    whole ingest before any file is opened; so do faults in any file, after all were read.
    """
    where = [*places, *(Place(field=f"data[{at}]") for at in range(len(places), len(sources)))]
    refuse_unusable(sources, where, as_of=as_of, today=today, purpose=purpose)
    problems: list[Problem] = []
    read: list[LoadedFeed] = []
    with ExitStack() as stack:
        for source, place in zip(sources, where, strict=False):
            bench = stack.enter_context(open_bench(store))
            try:
                feed = load_feed(source, folder, place, bench, _logged(source, log))
            except Refusal as refusal:
                problems += refusal.problems
                continue
            read.append(feed)
            problems += feed.faults()
            columns = sum(len(file.staged.columns) for file in feed.files.files)
            tell(f"{source.feed}: {feed.files.rows:,} rows, {columns} columns read")
        _stop_at(problems, read, stopped)
        feeds = tuple(covered(feed, read, as_of) for feed in read)
        keyed = {feed.source.feed: _keyed(feed) for feed in feeds}
        profiles = {
            feed.source.feed: profile_of(feed.quality, keyed[feed.source.feed].people)
            for feed in feeds
        }
        for feed in feeds:
            name = feed.source.feed
            if last_load and name in last_load and name not in accept_changes:
                people = keyed[name].people
                before, now = last_load[name], profiles[name]
                problems += changes(name, before, now, people, where=feed.place)
        problems += _listed_twice([found.tables for found in keyed.values()], store)
        _stop_at(problems, feeds, stopped)
        parts = [part for feed in feeds for part in _parts(feed, keyed[feed.source.feed])]
        reads = tuple(
            _as_read(feed.source.feed, file.staged) for feed in feeds for file in feed.files.files
        )
        findings = tuple(
            Finding("feed", text, feed.place) for feed in feeds for text in sayings_of(feed)
        )
        yield Ingest(tuple(parts), reads, feeds, profiles, findings)


def _stop_at(
    problems: Sequence[Problem],
    feeds: Sequence[LoadedFeed],
    stopped: Callable[[Sequence[LoadedFeed], Sequence[Problem]], None],
) -> None:
    if problems:
        stopped(feeds, problems)
        raise Refusal(problems)


def _logged(source: DataSource, log: Callable[[FeedRead], None]) -> Callable[[StagedFile], None]:
    return lambda staged: log(_as_read(source.feed, staged))


def _keyed(feed: LoadedFeed) -> Keyed:
    return under_keys(feed.source, feed.tables, feed.bench)


def _as_read(feed: str, staged: StagedFile) -> FeedRead:
    return FeedRead(
        feed=feed,
        file=staged.found.shown_as,
        fingerprint=staged.fingerprint,
        rows=staged.count,
        columns=staged.columns,
        unread=staged.unread,
    )


def _parts(feed: LoadedFeed, keyed: Keyed) -> list[Part]:
    source = feed.source
    regimes = regimes_of(source, feed.layout)
    return [
        Part(
            source.feed,
            name,
            table,
            is_locked=source.agreement is not None,
            regimes=regimes.get(name, ()),
        )
        for name, table in keyed.tables.items()
    ]


def _listed_twice(keyed: Sequence[Mapping[str, ir.Table]], store: Store) -> tuple[Problem, ...]:
    """A problem when an enrolment's key stands in two rows: it would be counted twice."""
    every = [
        tables[ENROLMENTS.name].select("enrolment", "feed")
        for tables in keyed
        if ENROLMENTS.name in tables
    ]
    if not every:
        return ()
    rows = ibis.union(*every) if len(every) > 1 else every[0]
    per_key = rows.group_by("enrolment").agg(rows=rows.count())
    twice = rows.semi_join(per_key.filter(per_key.rows > 1), "enrolment")
    found = store.run(twice.group_by("feed").agg(keys=twice.enrolment.nunique()).order_by("feed"))
    if not found.num_rows:
        return ()
    count = store.run(twice.aggregate(keys=twice.enrolment.nunique())).column("keys")[0].as_py()
    feeds = ", ".join(found.column("feed").to_pylist())
    return (
        Problem(
            f"{count:,} enrolments stand in more than one row (feeds: {feeds}), so "
            "they would be counted twice.",
            "Let one feed alone tell enrolments, each in one row.",
            Place(field="data"),
        ),
    )
