"""A feed's files read as typed rows: permitted columns only, each refused row listed with why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.bench import Bench
from payforsuccess.records.checks import TYPES
from payforsuccess.records.crossing import Unended, in_order
from payforsuccess.records.feed import Feed, FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.staging import StagedFile, stage_file
from payforsuccess.records.verdicts import (
    ROWS_NAMED,
    Broken,
    JudgedFile,
    judge_file,
    unended_by,
)
from payforsuccess.records.written import find_files


@dataclass(frozen=True)
class FeedFiles:
    """A feed as it was read: its typed rows, and the verdict on every row of every file.

    reaches: the day up to which the files themselves say that they have records, where they do.
    """

    feed: Feed
    files: tuple[JudgedFile, ...]
    reaches: date | None = None

    @property
    def rows(self) -> int:
        """How many rows the files hold."""
        return sum(file.rows for file in self.files)

    @property
    def refused(self) -> int:
        """How many of them were refused."""
        return sum(file.refused for file in self.files)

    def is_refused(self, source: DataSource) -> bool:
        """Whether more of them were refused than the deal accepts."""
        return self.refused > source.refused_at_most * self.rows


def read_feed(
    source: DataSource,
    layout: FeedLayout,
    folder: Path,
    *,
    permitted: Mapping[str, Sequence[FeedColumn]],
    bench: Bench,
) -> FeedFiles:
    """The feed's files, read and checked in the engine, as `judge_feed` gives them.

    Refuses what it refuses, and an extract with faults (`faults_of`).
    """
    read = judge_feed(source, layout, folder, permitted=permitted, bench=bench)
    problems = faults_of(read, source)
    if problems:
        raise Refusal(problems)
    return read


def faults_of(read: FeedFiles, source: DataSource) -> tuple[Problem, ...]:
    """What stops an extract that could be read: row numbers and counts, never a value.

    Told are the rules that rows broke, where more of them did than the deal accepts; files without
    any row where the deal does not say that there may be such; and files that say they end before
    the day through which the deal holds the feed to be complete.
    """
    problems = []
    if read.is_refused(source):
        problems += [problem for file in read.files for problem in _problems(file)]
    problems += [
        _empty(file)
        for file in read.files
        if _says_nothing(file) and file.staged.file.name not in source.may_be_empty
    ]
    if read.reaches is not None and read.reaches < source.complete_through:
        problems += [_ends_early(file, read.reaches, source) for file in read.files if _tells(file)]
    return tuple(problems)


def _tells(file: JudgedFile) -> bool:
    return any(name in file.staged.columns for name in file.staged.file.reaches)


def _ends_early(file: JudgedFile, reaches: date, source: DataSource) -> Problem:
    return Problem(
        f"The extract says that it ends on {reaches}, and the deal that the feed {source.feed} is "
        f"complete through {source.complete_through}.",
        f"Ask for an extract up to that day, or state `complete_through: {reaches}`; what came "
        "later would count as not having happened.",
        Place(file.staged.found.shown_as),
    )


def judge_feed(
    source: DataSource,
    layout: FeedLayout,
    folder: Path,
    *,
    permitted: Mapping[str, Sequence[FeedColumn]],
    bench: Bench,
    log: Callable[[StagedFile], None] = lambda _: None,
) -> FeedFiles:
    """The feed's files with the verdict on each row, however many rows break rules.

    folder: the deal's. permitted: by file, the columns that may be read. bench: holds the rows for
    as long as they are used. log: hears of each file once it was read. Refuses, with all faults of
    all files together, what cannot be read.
    """
    # A file of which the agreement permits no column is not opened at all.
    found = [file for file in find_files(source, layout, folder) if permitted[file.file.name]]
    staged: list[StagedFile] = []
    problems: list[Problem] = []
    for file in found:
        try:
            read_file = stage_file(
                file,
                source,
                layout,
                permitted=permitted[file.file.name],
                bench=bench,
            )
        except Refusal as refusal:
            problems += refusal.problems
        else:
            log(read_file)
            staged.append(read_file)
    if problems:
        raise Refusal(problems)
    judged = _judged(staged, bench)
    files = tuple(judged[file.file.name] for file in found)
    reaches = [day for file in files if (day := _reaches(file, bench)) is not None]
    return FeedFiles(_feed(source, layout, judged, bench), files, min(reaches, default=None))


def _judged(staged: Sequence[StagedFile], bench: Bench) -> dict[str, JudgedFile]:
    """The verdict on every row; twice where rows were refused that tell how others ended."""
    judged = _judged_once(staged, bench, {})
    unended = {
        reference.file: found
        for file in judged.values()
        for reference in file.staged.file.references
        if reference.ends and reference.file in judged
        if (found := unended_by(file, reference, bench)) is not None
    }
    return _judged_once(staged, bench, unended) if unended else judged


def _judged_once(
    staged: Sequence[StagedFile], bench: Bench, unended: Mapping[str, Unended]
) -> dict[str, JudgedFile]:
    by_name = {file.file.name: file for file in staged}
    judged: dict[str, JudgedFile] = {}
    for file in in_order([file.file for file in staged]):
        judged[file.name] = judge_file(
            by_name[file.name], judged=judged, bench=bench, unended=unended
        )
    return judged


def _reaches(file: JudgedFile, bench: Bench) -> date | None:
    """The day up to which a file says that its feed has records; None where it says none."""
    rows = file.kept_rows
    days = [rows[name].min() for name in file.staged.file.reaches if name in file.staged.columns]
    if not days:
        return None
    found = bench.store.run(rows.aggregate(**{f"_day{at}": day for at, day in enumerate(days)}))
    known = [day for day in found.to_pylist()[0].values() if day is not None]
    return min(known, default=None)


def _feed(
    source: DataSource, layout: FeedLayout, judged: Mapping[str, JudgedFile], bench: Bench
) -> Feed:
    tables = {}
    for file in layout.files:
        names = [column.name for column in file.columns]
        tables[file.name] = (
            judged[file.name].kept_rows.select(*names, "row")
            if file.name in judged
            else _without_rows(file, bench)
        )
    return Feed(source.feed, layout, source.complete_through, tables)


def _without_rows(file: FeedFile, bench: Bench) -> ir.Table:
    nothing = bench.selected('SELECT CAST(0 AS BIGINT) AS "row" WHERE false')
    columns = {column.name: ibis.null(TYPES[column.type]) for column in file.columns}
    return nothing.select(**columns, row=nothing.row)


def _problems(file: JudgedFile) -> list[Problem]:
    """One problem for each rule that rows of the file broke."""
    return [_problem(broken, file.staged.found.shown_as) for broken in file.broken]


def _says_nothing(file: JudgedFile) -> bool:
    """Whether a file that the layout needs has no row that stands, and none that was refused."""
    return not file.staged.file.may_be_missing and file.rows == file.withdrawn


def _empty(file: JudgedFile) -> Problem:
    held = "a header and no rows" if not file.rows else "only rows that the agency withdrew"
    return Problem(
        f"The file holds {held}, which would say that none of it ever happened to anyone.",
        "Ask its holder for a complete extract; if that is so, as it can be in a small place, "
        f"state `may_be_empty: [{file.staged.file.name}]` for the feed.",
        Place(file.staged.found.shown_as),
    )


def _problem(broken: Broken, shown_as: str) -> Problem:
    count = broken.rows
    rows = "row" if count == 1 else "rows"
    named = ", ".join(str(row) for row in broken.first)
    more = " and more" if count > ROWS_NAMED else ""
    return Problem(
        f"{broken.check.what} in {count:,} {rows}: {rows} {named}{more}.",
        broken.check.do,
        Place(shown_as, broken.first[0] + 1, field=broken.check.column),
    )
