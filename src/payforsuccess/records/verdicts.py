"""Which rows of a staged file are kept, which are refused and why, and which are withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.records.checks import TYPES, Check
from payforsuccess.records.crossing import CrossCheck, key_check, reference_checks
from payforsuccess.records.engine import parquet_rows, write_rows
from payforsuccess.records.feed import FeedFile
from payforsuccess.records.staging import BITS, StagedFile
from payforsuccess.store import Store

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

    `refusals` is a Parquet file in the workspace that lists every refused row: `row`, `check` (the
    place of the rule in `checks`), once for each rule broken. `gone` lists the rows (`row`) that
    went with a withdrawn row of another file.
    """

    staged: StagedFile
    checks: tuple[Check, ...]
    broken: tuple[Broken, ...]
    rows: int
    refused: int
    withdrawn: int
    refusals: Path
    gone: Path | None

    @property
    def kept(self) -> int:
        """How many rows passed."""
        return self.rows - self.refused - self.withdrawn

    def kept_rows(self, store: Store) -> ir.Table:
        """The rows that passed, with every column of the layout, their marks, and `row`."""
        rows = self.with_verdicts(store)
        return rows.filter(~rows._refused, ~rows._withdrawn).drop("_refused", "_withdrawn")

    def with_verdicts(self, store: Store) -> ir.Table:
        """All rows, `_refused` and `_withdrawn` telling what became of each."""
        rows = self.staged.rows(store)
        refused = ibis.literal(False)
        withdrawn = rows._withdrawn
        if self.refused:
            bad = parquet_rows(self.refusals, store).rename(_bad="row").distinct()
            rows = rows.left_join(bad, rows.row == bad._bad)
            refused = rows._bad.notnull()
            withdrawn = rows._withdrawn
        if self.gone is not None:
            gone = parquet_rows(self.gone, store).rename(_gone="row").distinct()
            rows = rows.mutate(_refused=refused)
            rows = rows.left_join(gone, rows.row == gone._gone)
            refused, withdrawn = rows._refused, rows._withdrawn | rows._gone.notnull()
        lacking = {
            column.name: ibis.null(TYPES[column.type])
            for column in self.staged.file.columns
            if column.name not in self.staged.columns
        }
        marks = [name for name in rows.columns if name.startswith("_unknown")]
        return rows.select(
            *self.staged.columns,
            *marks,
            **lacking,
            row=rows.row,
            _refused=refused,
            _withdrawn=withdrawn,
        )


def judge_file(
    staged: StagedFile, *, judged: Mapping[str, JudgedFile], store: Store, workspace: Path
) -> JudgedFile:
    """The verdict on each row of a file; `judged` has the files its rows name, judged before.

    A row is withdrawn rather than refused where both could be said.
    """
    file = staged.file
    rows = staged.rows(store)
    live = rows.filter(~rows._withdrawn)
    crosses = _cross_checks(file, live, staged, judged, store)
    checks = (*staged.checks, *(c.check for c in crosses if not c.is_withdrawal))
    gone = _kept(
        _union([c.rows for c in crosses if c.is_withdrawal]),
        workspace / f"{file.name}.gone.parquet",
        store,
    )
    refusals = workspace / f"{file.name}.refused.parquet"
    found = _faults(live, staged, store, workspace) + [
        c.rows.mutate(check=ibis.literal(at, "int64"))
        for at, c in enumerate((c for c in crosses if not c.is_withdrawal), len(staged.checks))
    ]
    whole = _union([table.select("row", "check") for table in found])
    if whole is not None and gone is not None:
        whole = whole.anti_join(parquet_rows(gone, store), "row")
    listed = _kept(whole, refusals, store)
    broken = _broken(refusals, checks, store) if listed is not None else ()
    count = rows.count()
    plain = store.run(rows.aggregate(rows=count, withdrawn=rows._withdrawn.sum().fill_null(0)))
    return JudgedFile(
        staged=staged,
        checks=checks,
        broken=broken,
        rows=plain["rows"][0].as_py(),
        refused=_count(parquet_rows(refusals, store).row.nunique(), store) if broken else 0,
        withdrawn=int(plain["withdrawn"][0].as_py())
        + (_count(parquet_rows(gone, store).row.nunique(), store) if gone is not None else 0),
        refusals=refusals,
        gone=gone,
    )


def _cross_checks(
    file: FeedFile,
    live: ir.Table,
    staged: StagedFile,
    judged: Mapping[str, JudgedFile],
    store: Store,
) -> list[CrossCheck]:
    key = key_check(file, live)
    crosses = [key] if key is not None else []
    for reference in file.references:
        parent = judged.get(reference.file)
        if (
            parent is None
            or reference.column not in staged.columns
            or reference.to_column not in parent.staged.columns
        ):
            continue
        parents = parent.with_verdicts(store)
        crosses += reference_checks(
            file,
            live,
            column=reference.column,
            to=parent.staged.file,
            to_column=reference.to_column,
            parents=parents.select("_refused", "_withdrawn", _parent=parents[reference.to_column]),
        )
    return crosses


def _faults(live: ir.Table, staged: StagedFile, store: Store, workspace: Path) -> list[ir.Table]:
    """The marks of the rows that broke rules of their own, as one row a fault: `row`, `check`."""
    marks = [name for name in live.columns if name.startswith("_faults")]
    if not marks:
        return []
    path = workspace / f"{staged.file.name}.marked.parquet"
    marked = live.filter(reduce(or_, (live[name] != 0 for name in marks))).select("row", *marks)
    if _kept(marked, path, store) is None:
        return []
    bad = parquet_rows(path, store)
    found = []
    for at, name in enumerate(marks):
        numbers = range(at * BITS, min(len(staged.checks), (at + 1) * BITS))
        bits = ibis.memtable(
            pa.table(
                {
                    "check": pa.array(numbers, pa.int64()),
                    "bit": pa.array([1 << (number - at * BITS) for number in numbers], pa.int64()),
                }
            )
        )
        pairs = bad.cross_join(bits)
        found.append(pairs.filter((pairs[name] & pairs.bit) != 0).select("row", "check"))
    return found


def _broken(refusals: Path, checks: Sequence[Check], store: Store) -> tuple[Broken, ...]:
    """Each rule that was broken, in the order of the rules."""
    listed = parquet_rows(refusals, store)
    place = ibis.row_number().over(group_by="check", order_by="row")
    first = store.run(
        listed.mutate(_place=place)
        .filter(lambda t: t._place < ROWS_NAMED)
        .select("check", "row")
        .order_by("check", "row")
    ).to_pylist()
    counts = store.run(listed.group_by("check").agg(rows=listed.count())).to_pylist()
    return tuple(
        Broken(
            checks[number],
            rows,
            tuple(found["row"] for found in first if found["check"] == number),
        )
        for number, rows in sorted((count["check"], count["rows"]) for count in counts)
    )


def _kept(rows: ir.Table | None, path: Path, store: Store) -> Path | None:
    """The rows written to a file of the workspace; None, and no file, where there are none."""
    if rows is None:
        return None
    write_rows(rows, path, store)
    return path if _count(parquet_rows(path, store).count(), store) else None


def _count(value: ir.IntegerScalar, store: Store) -> int:
    return int(store.run(value).as_py())


def _union(tables: Sequence[ir.Table]) -> ir.Table | None:
    return ibis.union(*tables) if len(tables) > 1 else next(iter(tables), None)
