"""Feeds to canonical rows under random keys: permitted, read, cleaned, covered by consent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import CONSENTS, ENROLMENTS, IDENTITIES
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.records.admission import refuse_unusable
from payforsuccess.records.agreement import permitted_columns, regimes_of
from payforsuccess.records.bench import Bench, open_bench
from payforsuccess.records.changes import LoadProfile, changes, profile_of
from payforsuccess.records.coverage import Coverage, consented, coverage, covered_only
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.pseudonyms import Keyed, SharedNumbers, shared_numbers, under_keys
from payforsuccess.records.quality import FileQuality, file_quality
from payforsuccess.records.reading import FeedFiles, read_feed
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
class LoadedFeed:
    """One feed as it was read: its files, whom consent covers, and what to remember of the load.

    `tables` are its canonical rows under the agency's own numbers, as long as the block lasts.
    """

    source: DataSource
    layout: FeedLayout
    bench: Bench
    files: FeedFiles
    tables: Mapping[str, ir.Table]
    quality: tuple[FileQuality, ...]
    profile: LoadProfile
    shared: SharedNumbers | None
    coverage: Coverage | None


@dataclass(frozen=True)
class Ingest:
    """The rows of all feeds to be kept, what was read for them, and what to know.

    The parts lie in the engine and last as long as the `with` block that gave them.
    """

    parts: tuple[Part, ...]
    reads: tuple[FeedRead, ...]
    feeds: tuple[LoadedFeed, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Reading:
    """A feed between its files and its parts."""

    source: DataSource
    layout: FeedLayout
    place: Place
    bench: Bench
    files: FeedFiles
    tables: Mapping[str, ir.Table]
    quality: tuple[FileQuality, ...]
    shared: SharedNumbers | None
    coverage: Coverage | None = None


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
    list_refused: Callable[[str, FeedFiles, Bench], None] = lambda *_: None,
) -> Iterator[Ingest]:
    """The canonical rows that the deal's feeds give on a day, for the length of a `with` block.

    as_of: the day they are read for. today: the day they are read; agreements must hold on both.
    folder: the deal's, from which each feed's files are found. purpose: what the records are read
    for, where it should be checked against every agreement. last_load: what is remembered of each
    feed; a feed in `accept_changes` may differ from it. places: where each source stands in the
    deal file. tell: hears one sentence for each feed. log: hears of each file that was read, even
    when it is then refused. list_refused: hears of an extract that is refused for its rows. A feed
    without a valid agreement stops the whole ingest before any file is opened; so do faults in any
    file, after all were read.
    """
    where = [*places, *(Place(field=f"data[{at}]") for at in range(len(places), len(sources)))]
    refuse_unusable(sources, where, as_of=as_of, today=today, purpose=purpose)
    problems: list[Problem] = []
    readings: list[_Reading] = []
    with ExitStack() as stack:
        for source, place in zip(sources, where, strict=False):
            bench = stack.enter_context(open_bench(store))
            try:
                reading = _read(source, folder, place, bench, log, list_refused)
            except Refusal as refusal:
                problems += refusal.problems
                continue
            readings.append(reading)
            columns = sum(len(file.staged.columns) for file in reading.files.files)
            tell(f"{source.feed}: {reading.files.rows:,} rows, {columns} columns read")
        if problems:
            raise Refusal(problems)
        for reading in readings:
            _cover(reading, readings, as_of)
        parts: list[Part] = []
        loaded: list[LoadedFeed] = []
        enrolments: list[ir.Table] = []
        for reading in readings:
            keyed = under_keys(reading.source, reading.tables, reading.bench)
            profile = profile_of(reading.quality, keyed.people)
            problems += _changed(reading, profile, keyed.people, last_load or {}, accept_changes)
            parts += _parts(reading, keyed)
            loaded.append(_loaded(reading, profile))
            if ENROLMENTS.name in keyed.tables:
                enrolments.append(keyed.tables[ENROLMENTS.name])
        problems += _listed_twice(enrolments, store)
        if problems:
            raise Refusal(problems)
        reads = tuple(
            _as_read(reading.source.feed, file.staged)
            for reading in readings
            for file in reading.files.files
        )
        findings = tuple(
            Finding("feed", text, reading.place) for reading in readings for text in _found(reading)
        )
        yield Ingest(tuple(parts), reads, tuple(loaded), findings)


def _read(
    source: DataSource,
    folder: Path,
    place: Place,
    bench: Bench,
    log: Callable[[FeedRead], None],
    list_refused: Callable[[str, FeedFiles, Bench], None],
) -> _Reading:
    layout = LAYOUTS[source.layout]
    files = read_feed(
        source,
        layout,
        folder,
        permitted={file.name: permitted_columns(source, file) for file in layout.files},
        bench=bench,
        log=lambda staged: log(_as_read(source.feed, staged)),
        list_refused=lambda read: list_refused(source.feed, read, bench),
    )
    tables = {
        name: bench.viewed(table)
        for name, table in layout.clean(files.feed).items()
        # Who a victim service's people are is kept nowhere, not even to be locked away.
        if name != IDENTITIES.name or not source.is_victim_service
    }
    return _Reading(
        source,
        layout,
        place,
        bench,
        files,
        tables,
        tuple(file_quality(file, bench) for file in files.files),
        shared_numbers(tables, bench),
    )


def _as_read(feed: str, staged: StagedFile) -> FeedRead:
    return FeedRead(
        feed=feed,
        file=staged.found.shown_as,
        fingerprint=staged.fingerprint,
        rows=staged.count,
        columns=staged.columns,
        unread=staged.unread,
    )


def _cover(reading: _Reading, readings: Sequence[_Reading], as_of: date) -> None:
    """Leave only people whose consent holds, where the feed is used by consent."""
    agreement = reading.source.agreement
    if agreement is None or agreement.consents is None:
        return
    register = next(each for each in readings if each.source.feed == agreement.consents)
    given = reading.bench.held(consented(register.tables[CONSENTS.name], agreement, as_of=as_of))
    enrolled = [
        each.tables[ENROLMENTS.name].select("person", "arm")
        for each in readings
        if ENROLMENTS.name in each.tables and each.source.numbers_of == reading.source.numbers_of
    ]
    arms = (ibis.union(*enrolled) if len(enrolled) > 1 else enrolled[0]) if enrolled else None
    reading.coverage = coverage(reading.tables, given, arms, reading.bench)
    covered = covered_only(reading.tables, given)
    reading.tables = {name: reading.bench.viewed(table) for name, table in covered.items()}


def _changed(
    reading: _Reading,
    profile: LoadProfile,
    people: pa.Array,
    last_load: Mapping[str, LoadProfile],
    accepted: Sequence[str],
) -> tuple[Problem, ...]:
    feed = reading.source.feed
    if feed not in last_load or feed in accepted:
        return ()
    return changes(feed, last_load[feed], profile, people, where=reading.place)


def _parts(reading: _Reading, keyed: Keyed) -> list[Part]:
    source = reading.source
    regimes = regimes_of(source, reading.layout)
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


def _loaded(reading: _Reading, profile: LoadProfile) -> LoadedFeed:
    return LoadedFeed(
        reading.source,
        reading.layout,
        reading.bench,
        reading.files,
        reading.tables,
        reading.quality,
        profile,
        reading.shared,
        reading.coverage,
    )


def _found(reading: _Reading) -> list[str]:
    """What a careful reader should know of the feed."""
    feed, files = reading.source.feed, reading.files
    found = list(reading.layout.notes)
    if files.refused:
        found.append(
            f"{feed}: {files.refused:,} of {files.rows:,} rows were refused, and the deal accepts "
            "that; the data-quality report lists each."
        )
    found += [
        f"{file.staged.found.shown_as} holds no rows." for file in files.files if not file.rows
    ]
    if reading.shared is not None:
        pairs = ", ".join(f"{one} and {other}" for one, other in reading.shared.first)
        more = " and more" if reading.shared.numbers > len(reading.shared.first) else ""
        count = reading.shared.numbers
        found.append(
            f"{feed}: {count:,} number{' stands' if count == 1 else 's stand'} for people who "
            f"differ in birth date and in both names (rows {pairs}{more})."
        )
    if reading.coverage is not None and reading.coverage.covered < reading.coverage.people:
        found.append(_uncovered(feed, reading.coverage))
    return found


def _uncovered(feed: str, found: Coverage) -> str:
    by_arm = ", ".join(f"{arm}: {people:,}" for arm, people in found.withdrawn_by_arm)
    return (
        f"{feed}: {found.people - found.covered:,} of {found.people:,} people are not covered by a "
        f"consent, and none of their rows is kept: {found.without:,} gave none, {found.lapsed:,} "
        f"lapsed, {found.withdrawn:,} withdrew{f' ({by_arm})' if by_arm else ''}."
    )


def _listed_twice(enrolments: Sequence[ir.Table], store: Store) -> tuple[Problem, ...]:
    """A problem when an enrolment's key stands in two rows: it would be counted twice."""
    if not enrolments:
        return ()
    every = [table.select("enrolment", "feed") for table in enrolments]
    rows = ibis.union(*every) if len(every) > 1 else every[0]
    per_key = rows.group_by("enrolment").agg(rows=rows.count())
    twice = rows.semi_join(per_key.filter(per_key.rows > 1), "enrolment")
    found = store.run(twice.group_by("feed").agg(keys=twice.enrolment.nunique()).order_by("feed"))
    if not found.num_rows:
        return ()
    count = store.run(twice.enrolment.nunique()).as_py()
    feeds = ", ".join(found.column("feed").to_pylist())
    return (
        Problem(
            f"{count:,} enrolments stand in more than one row (feeds: {feeds}), so "
            "they would be counted twice.",
            "Let one feed alone tell enrolments, each in one row.",
            Place(field="data"),
        ),
    )
