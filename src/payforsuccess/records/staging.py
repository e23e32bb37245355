"""One file of a feed read once: typed columns, and marks for the rules that each row breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.bench import Bench
from payforsuccess.records.checks import (
    TYPES,
    Check,
    CheckedColumn,
    checked_column,
    clean_text,
    rule_checks,
)
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.opening import OpenedFile, open_file, unreadable
from payforsuccess.records.written import FoundFile, own_codes, own_name
from payforsuccess.store.faults import EngineFault

ISO = "%Y-%m-%d"
BITS = 60
LINES_NAMED = 5


@dataclass(frozen=True)
class StagedFile:
    """A file on the bench: typed rows with the marks of the rules they break.

    `rows` has them in the file's order, with `row`, the number of each below the header.

    `header` has the file's columns, with the type of those that are no text. `columns` were read,
    by the layout's names; `unread` were passed over, by the file's. The marks
    are bits: `_faults0`, `_faults1`, ... hold one for each of `checks` in order, `_unknown0`, ...
    one for each column of `with_unknown`; `_withdrawn` is true in rows that the agency took back.
    """

    found: FoundFile
    rows: ir.Table
    count: int
    fingerprint: str
    header: Mapping[str, str]
    columns: tuple[str, ...]
    unread: tuple[str, ...]
    checks: tuple[Check, ...]
    with_unknown: tuple[str, ...]

    @property
    def file(self) -> FeedFile:
        """The file's layout."""
        return self.found.file


def stage_file(
    found: FoundFile,
    source: DataSource,
    layout: FeedLayout,
    *,
    permitted: Sequence[FeedColumn],
    bench: Bench,
) -> StagedFile:
    """Read the permitted columns of one file, type them, and mark every row that breaks a rule.

    All in the engine and in one pass, so that size costs time and no memory. A column that is not
    permitted is not even selected from the file. Refuses a file that lacks columns, and one whose
    lines are no table.
    """
    opened = open_file(found.path, source.written, shown_as=found.shown_as, bench=bench)
    names = {c.name: own_name(source, layout, found.file, c.name) for c in permitted}
    read = [column for column in permitted if names[column.name] in opened.texts]
    lacking = [names[c.name] for c in permitted if c not in read and not c.may_be_missing]
    if lacking:
        raise Refusal(_lacking(lacking, opened, layout, found.shown_as))
    codes = {c.name: own_codes(source, found.file, c.name) for c in read}
    checked = {
        c.name: checked_column(
            c,
            at,
            days=ISO if names[c.name] in opened.iso_days else source.written.days,
            complete_through=source.complete_through,
        )
        for at, c in enumerate(read)
    }
    types = {c.name: TYPES[c.type] for c in read}
    codes = {c.name: own_codes(source, found.file, c.name) for c in read}
    texts = _texts(opened, {c.name: names[c.name] for c in read}, codes)
    unknown = [name for name, column in checked.items() if column.was_unknown is not None]
    typed = _typed(checked, texts)
    own = [check for column in checked.values() for check in column.checks]
    rules = rule_checks(found.file, checked)
    broken = [check.broken for check in own]
    if rules:
        helping = {column.text: "string" for column in checked.values()}
        helping |= {checked[name].given: "string" for name in unknown}
        helping |= {f"_was_unknown{at}": "boolean" for at in range(len(unknown))}
        rows = bench.selected(typed, ibis.schema({**types, **helping}))
        asked = {f"_rule{at}": rule.broken(rows) for at, (_, rule) in enumerate(rules)}
        typed = bench.sql(rows.mutate(**asked))
        broken += [f"coalesce({name}, false)" for name in asked]
    deleted = found.file.deleted
    marks = {
        **_marks("_faults", broken),
        **_marks("_unknown", [f"_was_unknown{at}" for at in range(len(unknown))]),
    }
    columns = [f'"{name}"' for name in checked]
    columns.append(
        f"{f'{checked[deleted].text} IS NOT NULL' if deleted in checked else 'false'} AS _withdrawn"
    )
    columns += [f"{claims} AS {name}" for name, claims in marks.items()]
    kinds = {**types, "_withdrawn": "boolean", **dict.fromkeys(marks, "int64")}
    staged = f"SELECT {', '.join(columns)} FROM ({typed})"
    read_names = {names[name] for name in checked}
    rows = _kept(staged, ibis.schema(kinds), opened, bench, found.shown_as)
    return StagedFile(
        found,
        rows,
        bench.counted(rows),
        opened.fingerprint,
        {name: opened.kinds.get(name, "text") for name in opened.header},
        tuple(checked),
        tuple(name for name in opened.header if name not in read_names),
        (*(check.check for check in own), *(check for check, _ in rules)),
        tuple(unknown),
    )


def mark_columns(name: str, count: int) -> tuple[str, ...]:
    """The names of the columns that hold `count` marks."""
    return tuple(f"{name}{at}" for at in range((count + BITS - 1) // BITS))


def _marks(name: str, claims: Sequence[str]) -> dict[str, str]:
    """SQL for claims as the bits of as few whole numbers as hold them."""
    return {
        column: " + ".join(
            f"CASE WHEN {claim} THEN {1 << bit}::BIGINT ELSE 0::BIGINT END"
            for bit, claim in enumerate(claims[at * BITS : (at + 1) * BITS])
        )
        for at, column in enumerate(mark_columns(name, len(claims)))
    }


def _texts(
    opened: OpenedFile, names: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]
) -> str:
    """SQL for the columns of the file as cleaned texts, by the layout's names."""
    raw = ", ".join(f'{opened.texts[theirs]} AS "{ours}"' for ours, theirs in names.items())
    cleaned = {name: clean_text(f'"{name}"', codes[name]) for name in names}
    columns = ", ".join(f'{text} AS "{name}"' for name, text in cleaned.items())
    return f"SELECT {columns} FROM (SELECT {raw} FROM {opened.reads})"


def _typed(checked: Mapping[str, CheckedColumn], texts: str) -> str:
    """SQL for the typed columns, with what checks look at beside them; each in a step of its own.

    So that no step is written, and computed, twice.
    """
    given = [f'"{name}" AS {column.text}' for name, column in checked.items()]
    unknown = [column for column in checked.values() if column.was_unknown is not None]
    was = [f"{column.was_unknown} AS _was_unknown{at}" for at, column in enumerate(unknown)]
    known = [
        f"CASE WHEN NOT _was_unknown{at} THEN {column.text} END AS {column.given}"
        for at, column in enumerate(unknown)
    ]
    values = [f'{column.value} AS "{name}"' for name, column in checked.items()]
    steps = f"SELECT {', '.join(given)} FROM ({texts})"
    for step in (was, known, values):
        if step:
            steps = f"SELECT *, {', '.join(step)} FROM ({steps})"
    return steps


def _kept(
    staged: str, schema: ibis.Schema, opened: OpenedFile, bench: Bench, shown_as: str
) -> ir.Table:
    try:
        return bench.kept(staged, schema)
    except EngineFault as fault:
        if type(fault).__name__ in ("IOException", "OutOfMemoryException"):
            raise  # the machine's fault, not the file's
        raise Refusal(_no_table(opened, bench, shown_as)) from None


def _no_table(opened: OpenedFile, bench: Bench, shown_as: str) -> Problem:
    """What is wrong with the lines of a file that the engine could not read to its end."""
    if not opened.reads.startswith("read_csv"):
        return Problem(
            "The file is damaged: its values cannot be read to the end.",
            "Ask its holder for another copy.",
            Place(shown_as),
        )
    rejects = "store_rejects=true, rejects_table='uneven', rejects_scan='uneven_scans'"
    kinds = "('MISSING COLUMNS', 'TOO MANY COLUMNS')"
    try:
        bench.fetched(f"SELECT count(c0) FROM {opened.reads.removesuffix(')')}, {rejects})")
        lines = bench.fetched(
            f"SELECT DISTINCT line FROM uneven WHERE error_type IN {kinds} ORDER BY line"
        )
        other = bench.fetched(f"SELECT min(line) FROM uneven WHERE error_type NOT IN {kinds}")
    except EngineFault:
        return unreadable(shown_as, 0)
    finally:
        for table in ("uneven", "uneven_scans"):
            bench.fetched(f"DROP TABLE IF EXISTS {table}")
    if not lines:
        return unreadable(shown_as, other[0][0] or 0)
    numbers = [line for (line,) in lines]
    named = ", ".join(str(line) for line in numbers[:LINES_NAMED])
    return Problem(
        f"{len(numbers):,} line{'' if len(numbers) == 1 else 's'} with more or fewer values than "
        f"the header has columns: {'line' if len(numbers) == 1 else 'lines'} {named}"
        f"{' and more' if len(numbers) > LINES_NAMED else ''}.",
        "Correct the file; a value that holds the delimiter stands in quotes.",
        Place(shown_as, numbers[0]),
    )


def _lacking(lacking: list[str], opened: OpenedFile, layout: FeedLayout, shown_as: str) -> Problem:
    """The columns that are not there, with those of the file that differ in capitals alone."""
    near = {name.casefold(): name for name in opened.header}
    alike = [near[name.casefold()] for name in lacking if name.casefold() in near]
    hint = f"; it has {', '.join(alike)}, whose letters differ" if alike else ""
    return Problem(
        f"The file lacks these columns of the layout {layout.name}: {', '.join(lacking)}{hint}.",
        "Ask its holder for a complete extract, or name its own columns under `written.columns`.",
        Place(shown_as, 1),
    )
