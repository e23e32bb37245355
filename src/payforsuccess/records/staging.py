"""One file of a feed read once: typed columns, and marks for the rules that each row breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.bench import Bench
from payforsuccess.records.checks import Check, checked_column, clean_text, rule_checks
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
    texts = _texts(opened, {c.name: names[c.name] for c in read}, codes, bench)
    checked = {
        c.name: checked_column(
            c,
            texts[c.name],
            days=ISO if names[c.name] in opened.iso_days else source.written.days,
            complete_through=source.complete_through,
        )
        for c in read
    }
    own = [check for column in checked.values() for check in column.checks]
    unknown = {name: c.was_unknown for name, c in checked.items() if c.was_unknown is not None}
    deleted = found.file.deleted
    typed = bench.viewed(
        texts.select(
            **{name: column.value for name, column in checked.items()},
            **{f"_broken{at}": check.broken for at, check in enumerate(own)},
            **{f"_was_unknown{at}": was for at, was in enumerate(unknown.values())},
            _withdrawn=texts[deleted].notnull() if deleted in checked else ibis.literal(False),
        )
    )
    rules = rule_checks(found.file, typed)
    broken = [typed[f"_broken{at}"] for at in range(len(own))] + [rule.broken for rule in rules]
    staged = typed.select(
        *checked,
        "_withdrawn",
        **_marks("_faults", broken),
        **_marks("_unknown", [typed[f"_was_unknown{at}"] for at in range(len(unknown))]),
    )
    read_names = {names[name] for name in checked}
    rows = _kept(staged, opened, bench, found.shown_as)
    return StagedFile(
        found,
        rows,
        bench.counted(rows),
        opened.fingerprint,
        {name: opened.kinds.get(name, "text") for name in opened.header},
        tuple(checked),
        tuple(name for name in opened.header if name not in read_names),
        tuple(check.check for check in (*own, *rules)),
        tuple(unknown),
    )


def mark_columns(name: str, count: int) -> tuple[str, ...]:
    """The names of the columns that hold `count` marks."""
    return tuple(f"{name}{at}" for at in range((count + BITS - 1) // BITS))


def _marks(name: str, claims: Sequence[ir.BooleanValue]) -> dict[str, ir.IntegerValue]:
    """Claims as the bits of as few whole numbers as hold them."""
    marks = {}
    for at, column in enumerate(mark_columns(name, len(claims))):
        bits = [
            ibis.ifelse(claim, ibis.literal(1 << bit, "int64"), ibis.literal(0, "int64"))
            for bit, claim in enumerate(claims[at * BITS : (at + 1) * BITS])
        ]
        total = bits[0]
        for bit in bits[1:]:
            total = total + bit
        marks[column] = total
    return marks


def _texts(
    opened: OpenedFile,
    names: Mapping[str, str],
    codes: Mapping[str, Mapping[str, str]],
    bench: Bench,
) -> ir.Table:
    """The columns of the file as cleaned texts, by the layout's names."""
    raw = ", ".join(f'{opened.texts[theirs]} AS "{ours}"' for ours, theirs in names.items())
    cleaned = {name: clean_text(f'"{name}"', codes[name]) for name in names}
    columns = ", ".join(f'{text} AS "{name}"' for name, text in cleaned.items())
    return bench.selected(
        f"SELECT {columns} FROM (SELECT {raw} FROM {opened.reads})",
        ibis.schema(dict.fromkeys(names, "string")),
    )


def _kept(staged: ir.Table, opened: OpenedFile, bench: Bench, shown_as: str) -> ir.Table:
    try:
        return bench.kept(staged)
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
