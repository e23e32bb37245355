"""The county's files on disk: written block by block, and there all at once or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from payforsuccess.records.simulate.county import Block, make_block
from payforsuccess.records.simulate.homeless_services import whole_export
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.readme import FEEDS_README, TRUTH_README, planted

ONE_FILE = ("register", "health", "wages", "deaths")
"""Feeds whose layout has one file: feeds/<feed>.csv. The others are folders of their files."""
FEEDS, TRUTH = "feeds", "truth"
PARTIAL = ".partial"

Told = Callable[[int, int], None]


@dataclass
class _Totals:
    rows: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    lived: Counter[str] = field(default_factory=Counter)


def write_county(
    plan: CountyPlan, folder: Path, *, blocks: Iterable[int] | None = None, told: Told | None = None
) -> Mapping[str, int]:
    """Write `feeds/` and `truth/` into the folder; gives the rows of each file by its path.

    Memory does not grow with the county: one block is held at a time. What was begun and not
    finished is taken away again. `told` hears how many blocks of how many are done.
    """
    totals = _Totals()
    feeds, truth = folder / (FEEDS + PARTIAL), folder / (TRUTH + PARTIAL)
    begun = [feeds, truth]
    for part in begun:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
    try:
        with _Writers() as writers:
            for name, table in whole_export(plan).items():
                writers.write(feeds / "hmis" / f"{name}.csv", table)
                totals.rows[f"{FEEDS}/hmis/{name}.csv"] += table.num_rows
            for block in range(plan.blocks) if blocks is None else blocks:
                _write_block(make_block(plan, block), writers, feeds, truth, totals)
                if told:
                    told(block + 1, plan.blocks)
        (feeds / "README.md").write_text(FEEDS_README, "utf-8")
        (truth / "README.md").write_text(TRUTH_README, "utf-8")
        facts = planted(plan, rows=totals.rows, records=totals.records, errors=totals.errors,
                        lived=totals.lived)  # fmt: skip
        (truth / "planted.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")
        for part, name in ((truth, TRUTH), (feeds, FEEDS)):  # where there are feeds, all is there
            begun.append(part.rename(folder / name))
    except BaseException:
        for part in begun:
            shutil.rmtree(part, ignore_errors=True)
        raise
    return dict(totals.rows)


def _write_block(
    block: Block, writers: _Writers, feeds: Path, truth: Path, totals: _Totals
) -> None:
    for feed, files in block.feeds.items():
        for name, table in files.items():
            path = f"{feed}.csv" if feed in ONE_FILE else f"{feed}/{name}.csv"
            writers.write(feeds / path, table)
            totals.rows[f"{FEEDS}/{path}"] += table.num_rows
    for name, table in block.truth.items():
        writers.write(truth / f"{name}.csv", table)
    records = block.truth["records"]
    for found in records["feed"].value_counts().to_pylist():
        totals.records[found["values"]] += found["counts"]
    for name in records.column_names[3:]:
        totals.errors[name] += _sum(records[name])
    totals.records["aliases"] += _sum(records["is_alias"])
    lived = block.truth["programme"]
    for name in lived.column_names:
        if name.startswith(("held_", "jail_", "stable_")):
            totals.lived[name] += _sum(lived[name])
            totals.lived[f"{name}_known"] += len(lived) - lived[name].null_count
    for arm in ("programme", "comparison"):
        mine = lived.filter(pc.equal(lived["arm"], arm))
        totals.lived[f"jail_stays_24_months_{arm}"] += _sum(mine["jail_stays_24_months"])


def _sum(column: pa.ChunkedArray) -> int:
    return int(pc.sum(column, min_count=0).as_py())


class _Writers(contextlib.ExitStack):
    """One open CSV file for each path, with its header, closed together."""

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[Path, Any] = {}

    def write(self, path: Path, table: pa.Table) -> None:
        """Append a table to its file; the header is that of the first."""
        writer = self._open.get(path)
        if writer is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            sink = self.enter_context(path.open("wb"))
            sink.write((",".join(table.column_names) + "\n").encode())
            options = csv.WriteOptions(include_header=False, quoting_style="needed")
            writer = self.enter_context(csv.CSVWriter(sink, table.schema, write_options=options))
            self._open[path] = writer
        writer.write_table(table)
