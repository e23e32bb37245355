"""Feeds to canonical tables: permitted, read, cleaned, gathered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import ENROLMENTS, TABLES
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.records.agreement import check_use, permitted_columns
from payforsuccess.records.bench import Bench, open_bench
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.reading import FeedFiles, read_feed
from payforsuccess.records.verdicts import JudgedFile
from payforsuccess.records.written import check_written
from payforsuccess.store import Store, joined


@dataclass(frozen=True)
class FeedRead:
    """One read of one feed, as the run record logs it."""

    feed: str
    file: str
    fingerprint: str
    rows: int
    columns: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Ingest:
    """The canonical tables of all feeds together, what was read for them, and what to know."""

    tables: Mapping[str, pa.Table]
    reads: tuple[FeedRead, ...]
    findings: tuple[Finding, ...]


def ingest(
    sources: Sequence[DataSource],
    folder: Path,
    *,
    as_of: date,
    store: Store,
    places: Sequence[Place] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Ingest:
    """The canonical tables that the deal's feeds give on a day.

    folder: the deal's, from which each feed's file is found. places: where each source stands in
    the deal file. tell: hears one sentence for each feed. A feed without a valid agreement stops
    the whole ingest before any file is opened; so does a fault in any file, after all were read.
    """
    where = [*places, *(Place(field=f"data[{at}]") for at in range(len(places), len(sources)))]
    problems: list[Problem] = []
    for source, place in zip(sources, where, strict=False):
        layout = LAYOUTS.get(source.layout)
        if layout is None:
            problems.append(
                Problem(
                    f"There is no layout called {source.layout}.",
                    f"Use one of: {', '.join(sorted(LAYOUTS))}.",
                    place,
                )
            )
        else:
            problems += check_use(source, layout, as_of=as_of, where=place)
            problems += check_written(source, layout, where=place)
    if problems:
        raise Refusal(problems)

    parts: dict[str, list[pa.Table]] = {layout.name: [] for layout in TABLES}
    reads: list[FeedRead] = []
    findings: list[Finding] = []
    for source, place in zip(sources, where, strict=False):
        layout = LAYOUTS[source.layout]
        with open_bench(store) as bench:
            try:
                read = _read(source, folder, bench)
            except Refusal as refusal:
                problems += refusal.problems
                continue
            for name, table in layout.clean(read.feed).items():
                if name in parts:
                    parts[name].append(store.run(table))
        findings += [Finding("feed", text, place) for text in layout.notes]
        reads += [_logged(source, file) for file in read.files]
        columns = sum(len(file.staged.columns) for file in read.files)
        tell(f"{source.feed}: {read.rows:,} rows, {columns} columns read")
    if problems:
        raise Refusal(problems)
    tables = {layout.name: joined(layout, parts[layout.name]) for layout in TABLES}
    if twice := _listed_twice(tables[ENROLMENTS.name]):
        raise Refusal(twice)
    return Ingest(tables, tuple(reads), tuple(findings))


def _listed_twice(enrolments: pa.Table) -> tuple[Problem, ...]:
    """A problem when an enrolment's key stands in two rows: it would be counted twice."""
    counts = pc.value_counts(enrolments.column("enrolment").combine_chunks())
    twice = counts.filter(pc.greater(counts.field("counts"), 1))
    if not len(twice):
        return ()
    keys = pc.is_in(enrolments.column("enrolment"), twice.field("values"))
    feeds = sorted(set(enrolments.filter(keys).column("feed").to_pylist()))
    return (
        Problem(
            f"{len(twice):,} enrolments stand in more than one row (feeds: {', '.join(feeds)}), so "
            "they would be counted twice.",
            "Let one feed alone tell enrolments, each in one row.",
            Place(field="data"),
        ),
    )


def _read(source: DataSource, folder: Path, bench: Bench) -> FeedFiles:
    layout = LAYOUTS[source.layout]
    return read_feed(
        source,
        layout,
        folder,
        permitted={file.name: permitted_columns(source, file) for file in layout.files},
        bench=bench,
    )


def _logged(source: DataSource, file: JudgedFile) -> FeedRead:
    return FeedRead(
        feed=source.feed,
        file=file.staged.found.shown_as,
        fingerprint=file.staged.fingerprint,
        rows=file.rows,
        columns=file.staged.columns,
        unread=file.staged.unread,
    )
