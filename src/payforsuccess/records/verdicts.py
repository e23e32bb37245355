"""Which rows of a staged file are kept, which are refused and why, and which are withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from payforsuccess.records.bench import Bench
from payforsuccess.records.checks import TYPES, Check
from payforsuccess.records.crossing import (
    CrossCheck,
    Unended,
    key_check,
    order_check,
    reference_checks,
    unended_check,
)
from payforsuccess.records.feed import FeedFile, Reference
from payforsuccess.records.staging import BITS, StagedFile
from payforsuccess.store.door import SQL_TYPES

ROWS_NAMED = 5


@dataclass(frozen=True)
class Broken:
    """One rule that rows of a file broke: how many, and the first of them by number."""

    check: Check
    rows: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class JudgedFile:
    """A staged file with the verdict on each row.

    `all_rows` are its rows with every column of the layout, their marks, `row`, and what became of
    each: `_refused`, `_withdrawn`; `kept_rows` those that passed. `refusals` lists every refused
    row: `row` and `check` (the place of the rule in `checks`), once for each rule broken; None
    without any.
    """

    staged: StagedFile
    checks: tuple[Check, ...]
    broken: tuple[Broken, ...]
    rows: int
    refused: int
    withdrawn: int
    all_rows: ir.Table
    kept_rows: ir.Table
    refusals: ir.Table | None

    @property
    def kept(self) -> int:
        """How many rows passed."""
        return self.rows - self.refused - self.withdrawn


def judge_file(
    staged: StagedFile,
    *,
    judged: Mapping[str, JudgedFile],
    bench: Bench,
    unended: Mapping[str, Unended] | None = None,
) -> JudgedFile:
    """The verdict on each row of a file; `judged` has the files its rows name, judged before.

    unended: by file, the rows whose end is not known, which are refused. A row is withdrawn rather
    than refused where both could be said.
    """
    rows = staged.rows
    live = rows.filter(~rows._withdrawn)
    crosses = _cross_checks(staged.file, live, staged, judged, unended or {})
    breaking = [cross for cross in crosses if not cross.is_withdrawal]
    checks = (*staged.checks, *(cross.check for cross in breaking))
    gone = _kept(_union([c.rows for c in crosses if c.is_withdrawal]), bench)
    found = _faults(live, staged, bench) + [
        cross.rows.select("row", check=ibis.literal(at, "int64"))
        for at, cross in enumerate(breaking, len(staged.checks))
    ]
    listed = _union(found)
    if listed is not None and gone is not None:
        listed = listed.anti_join(gone, "row")
    refusals = _kept(listed, bench)
    every = _with_verdicts(staged, refusals, gone, bench)
    return JudgedFile(
        staged=staged,
        checks=checks,
        broken=() if refusals is None else _broken(refusals, checks, bench),
        rows=staged.count,
        refused=0 if refusals is None else bench.counted(refusals, 'count(DISTINCT "row")'),
        withdrawn=bench.counted(rows, "sum(CAST(_withdrawn AS BIGINT))")
        + (0 if gone is None else bench.counted(gone, 'count(DISTINCT "row")')),
        all_rows=every,
        kept_rows=bench.selected(
            "SELECT * EXCLUDE (_refused, _withdrawn) "
            f'FROM "{every.get_name()}" WHERE NOT _refused AND NOT _withdrawn',
            every.drop("_refused", "_withdrawn").schema(),
        ),
        refusals=refusals,
    )


def unended_by(file: JudgedFile, reference: Reference, bench: Bench) -> Unended | None:
    """The rows whose end is not known, since the row of this file that tells it was refused.

    None where there are none. A row refused for what it names, and not for itself, tells of no
    other.
    """
    if file.refusals is None or reference.column not in file.staged.columns:
        return None
    own = [
        at
        for at, check in enumerate(file.checks)
        if check.rule not in ("reference", "parent-refused") or check.column != reference.column
    ]
    faulty = file.refusals.filter(file.refusals.check.isin(own)).select("row").distinct()
    rows = file.all_rows.semi_join(bench.held(faulty), "row")
    held = bench.held(
        rows.filter(rows[reference.column].notnull()).select("row", _named=rows[reference.column])
    )
    if not bench.counted(held):
        return None
    return Unended(
        reference.to_column,
        file.staged.file.name,
        held.select("_named").distinct(),
        held.select("row"),
    )


def _with_verdicts(
    staged: StagedFile, refusals: ir.Table | None, gone: ir.Table | None, bench: Bench
) -> ir.Table:
    """All rows, `_refused` and `_withdrawn` telling what became of each."""
    rows = staged.rows
    lacking = [each for each in staged.file.columns if each.name not in staged.columns]
    types = {name: kind for name, kind in rows.schema().items() if name.startswith("_unknown")}
    types = {name: rows.schema()[name] for name in staged.columns} | types
    columns = [f'"{name}"' for name in types]
    columns += [f'CAST(NULL AS {SQL_TYPES[c.type]}) AS "{c.name}"' for c in lacking]
    return bench.selected(
        f'SELECT {", ".join(columns)}, "row", {_is_listed(refusals)} AS _refused, '
        f'_withdrawn OR {_is_listed(gone)} AS _withdrawn FROM "{rows.get_name()}"',
        ibis.schema(
            types
            | {column.name: TYPES[column.type] for column in lacking}
            | {"row": "int64", "_refused": "boolean", "_withdrawn": "boolean"}
        ),
    )


def _is_listed(listed: ir.Table | None) -> str:
    """SQL for whether a row's number is in a list."""
    return "false" if listed is None else f'"row" IN (SELECT "row" FROM "{listed.get_name()}")'


def _cross_checks(
    file: FeedFile,
    live: ir.Table,
    staged: StagedFile,
    judged: Mapping[str, JudgedFile],
    unended: Mapping[str, Unended],
) -> list[CrossCheck]:
    key = key_check(file, live)
    crosses = [key] if key is not None else []
    if file.name in unended:
        crosses.append(unended_check(file, live, of=unended[file.name]))
    for reference in file.references:
        parent = judged.get(reference.file)
        if (
            parent is None
            or reference.column not in staged.columns
            or reference.to_column not in parent.staged.columns
        ):
            continue
        rows = live
        if reference.ends and reference.file in unended:
            # These were refused first, and took the rows that they name with them.
            rows = live.anti_join(unended[reference.file].refused, "row")
        parents = parent.all_rows
        named = parents[reference.to_column]
        crosses += reference_checks(
            rows,
            reference=reference,
            parents=parents.select("_refused", "_withdrawn", _parent=named),
        )
        # Refused ones too: that one was may be what this very rule found.
        stands = parents.filter(~parents._withdrawn)
        crosses += [
            order_check(
                live,
                reference=reference,
                order=order,
                parents=stands.select(
                    _parent=stands[reference.to_column], _after=stands[order.after]
                ),
            )
            for order in reference.order
            if order.day in staged.columns and order.after in parent.staged.columns
        ]
    return crosses


def _faults(live: ir.Table, staged: StagedFile, bench: Bench) -> list[ir.Table]:
    """The marks of the rows that broke rules of their own, as one row a fault: `row`, `check`."""
    marks = [name for name in live.columns if name.startswith("_faults")]
    if not marks:
        return []
    bad = bench.computed(
        f'SELECT "row", {", ".join(marks)} FROM "{staged.rows.get_name()}" '
        f"WHERE NOT _withdrawn AND ({' OR '.join(f'{name} <> 0' for name in marks)})",
        live.select("row", *marks).schema(),
    )
    if not bench.counted(bad):
        return []
    found = []
    for at, name in enumerate(marks):
        numbers = range(at * BITS, min(len(staged.checks), (at + 1) * BITS))
        listed = ", ".join(f"({number}, {1 << (number - at * BITS)})" for number in numbers)
        bits = bench.selected(
            'SELECT CAST(a AS BIGINT) AS "check", CAST(b AS BIGINT) AS bit '
            f"FROM (VALUES {listed}) AS bits(a, b)"
        )
        pairs = bad.cross_join(bits)
        found.append(pairs.filter((pairs[name] & pairs.bit) != 0).select("row", "check"))
    return found


def _broken(listed: ir.Table, checks: Sequence[Check], bench: Bench) -> tuple[Broken, ...]:
    """Each rule that was broken, in the order of the rules."""
    found = bench.fetched(
        f'SELECT "check", count(*), min("row", {ROWS_NAMED}) '
        f'FROM "{listed.get_name()}" GROUP BY "check" ORDER BY "check"'
    )
    return tuple(Broken(checks[number], rows, tuple(first)) for number, rows, first in found)


def _kept(rows: ir.Table | None, bench: Bench) -> ir.Table | None:
    """The rows held on the bench; None where there are none."""
    if rows is None:
        return None
    held = bench.held(rows)
    return held if bench.counted(held) else None


def _union(tables: Sequence[ir.Table]) -> ir.Table | None:
    return ibis.union(*tables) if len(tables) > 1 else next(iter(tables), None)
