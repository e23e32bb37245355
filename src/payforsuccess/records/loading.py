"""One feed loaded: its files read and judged, its canonical rows, and whom consent covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import CONSENTS, ENROLMENTS, IDENTITIES
from payforsuccess.errors import Place, Problem
from payforsuccess.records.agreement import permitted_columns
from payforsuccess.records.bench import Bench
from payforsuccess.records.coverage import Coverage, consented, coverage, covered_only
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.pseudonyms import SharedNumbers, shared_numbers
from payforsuccess.records.quality import FileQuality, file_quality
from payforsuccess.records.reading import FeedFiles, faults_of, judge_feed
from payforsuccess.records.staging import StagedFile


@dataclass(frozen=True)
class LoadedFeed:
    """One feed as it was read: its files, what its rows became, and whom consent covers.

    `place` is where the deal states it. `tables` are its canonical rows under the agency's own
    numbers, as long as the block that reads them lasts.
    """

    source: DataSource
    layout: FeedLayout
    place: Place
    bench: Bench
    files: FeedFiles
    tables: Mapping[str, ir.Table]
    quality: tuple[FileQuality, ...]
    shared: SharedNumbers | None
    coverage: Coverage | None = None

    def faults(self) -> tuple[Problem, ...]:
        """What stops the extract though it could be read: its rows, with how to do without them."""
        found = faults_of(self.files, self.source)
        if self.files.is_refused(self.source):
            found = (*found, self._too_many())
        return found

    def _too_many(self) -> Problem:
        refused, rows = self.files.refused, self.files.rows
        limit = self.source.refused_at_most
        accepts = f"{float(limit):.2%} of them at most" if limit else "none"
        # Hundredths of a percent, rounded up, so that the share that is named is enough.
        share = -(-refused * 10_000 // rows) / 100
        return Problem(
            f"{refused:,} of {rows:,} rows of the feed {self.source.feed} are refused, and the "
            f"deal accepts {accepts}, so none of the extract is kept.",
            "Have its holder mend them, and take the new extract. To go on without them, state "
            f"`refused_at_most: {share:g}%` for the feed, and why under `refused_because`.",
            self.place,
        )


def load_feed(
    source: DataSource,
    folder: Path,
    place: Place,
    bench: Bench,
    log: Callable[[StagedFile], None],
) -> LoadedFeed:
    """The feed read from the deal's folder, whatever its rows are like; see `faults` for those.

    log: hears of each file once it was read. Refuses files that cannot be read.
    """
    layout = LAYOUTS[source.layout]
    files = judge_feed(
        source,
        layout,
        folder,
        permitted={file.name: permitted_columns(source, file) for file in layout.files},
        bench=bench,
        log=log,
    )
    tables = {
        name: bench.viewed(table)
        for name, table in layout.clean(files.feed).items()
        # Who a victim service's people are is kept nowhere, not even to be locked away.
        if name != IDENTITIES.name or not source.is_victim_service
    }
    return LoadedFeed(
        source,
        layout,
        place,
        bench,
        files,
        tables,
        tuple(file_quality(file, bench) for file in files.files),
        shared_numbers(tables, bench),
    )


def covered(feed: LoadedFeed, feeds: Sequence[LoadedFeed], as_of: date) -> LoadedFeed:
    """The feed with the rows of people alone whose consent holds, where it is used by consent."""
    agreement = feed.source.agreement
    if agreement is None or agreement.consents is None:
        return feed
    register = next(each for each in feeds if each.source.feed == agreement.consents)
    given = feed.bench.held(consented(register.tables[CONSENTS.name], agreement, as_of=as_of))
    enrolled = [
        each.tables[ENROLMENTS.name].select("person", "arm")
        for each in feeds
        if ENROLMENTS.name in each.tables and each.source.numbers_of == feed.source.numbers_of
    ]
    arms = (ibis.union(*enrolled) if len(enrolled) > 1 else enrolled[0]) if enrolled else None
    return replace(
        feed,
        coverage=coverage(feed.tables, given, arms, feed.bench),
        tables={
            name: feed.bench.viewed(table)
            for name, table in covered_only(feed.tables, given).items()
        },
    )


def sayings_of(feed: LoadedFeed) -> list[str]:
    """What a careful reader should know of the feed."""
    name, files = feed.source.feed, feed.files
    found = list(feed.layout.notes)
    if files.refused:
        why = feed.source.refused_because
        found.append(
            f"{name}: {files.refused:,} of {files.rows:,} rows were refused, and the deal accepts "
            f"that{'' if why else ' without saying why'}; the data-quality report lists each."
            f"{f' Its reason: {why}' if why else ''}"
        )
    found += [
        f"{file.staged.found.shown_as} holds no rows." for file in files.files if not file.rows
    ]
    if feed.shared is not None:
        pairs = ", ".join(f"{one} and {other}" for one, other in feed.shared.first)
        more = " and more" if feed.shared.numbers > len(feed.shared.first) else ""
        count = feed.shared.numbers
        found.append(
            f"{name}: {count:,} number{' stands' if count == 1 else 's stand'} for people who "
            f"differ in birth date and in both names (rows {pairs}{more})."
        )
    if feed.coverage is not None and feed.coverage.covered < feed.coverage.people:
        found.append(_uncovered(name, feed.coverage))
    return found


def _uncovered(feed: str, found: Coverage) -> str:
    by_arm = ", ".join(f"{arm}: {people:,}" for arm, people in found.withdrawn_by_arm)
    return (
        f"{feed}: {found.people - found.covered:,} of {found.people:,} people are not covered by a "
        f"consent, and none of their rows is kept: {found.without:,} gave none, {found.lapsed:,} "
        f"lapsed, {found.withdrawn:,} withdrew{f' ({by_arm})' if by_arm else ''}."
    )
