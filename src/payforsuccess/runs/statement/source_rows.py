"""The rows of a snapshot behind the sources that a person ledger names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.deal.results import Determination, Results
from payforsuccess.errors import Refusal
from payforsuccess.runs.files import read_json
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import read_record
from payforsuccess.runs.run.folder import RECORD

if TYPE_CHECKING:
    from payforsuccess.trail import RunRecord

RESULTS = "results.json"


@dataclass(frozen=True)
class SourceRow:
    """One canonical row: its source, its table, the agency's file it came from, what it says."""

    source: str
    table: str
    extract: str
    says: str


@dataclass(frozen=True)
class SourceRows:
    """The rows that were found, and the run whose snapshot holds them; none without one."""

    rows: tuple[SourceRow, ...]
    run: str | None


def source_rows(
    folder: DealFolder, determinations: Sequence[Determination], sources: Sequence[str]
) -> SourceRows:
    """The canonical rows of `feed:row` or `feed/file:row` sources, in order.

    They are looked for in the snapshot of the newest run whose results the determinations signed;
    without such a run, or when its snapshot is gone, there are none.
    """
    found = _run_behind(folder, determinations)
    if found is None:
        return SourceRows((), None)
    name, record = found
    snapshot = next((item.fingerprint for item in record.inputs if item.name == "snapshot"), None)
    home = folder.out / "snapshots" / str(snapshot).removeprefix("sha256:")
    if snapshot is None or not home.is_dir() or not sources:
        return SourceRows((), name)
    files = {
        item.name.removeprefix("feed "): item.path
        for item in record.inputs
        if item.name.startswith("feed ")
    }
    return SourceRows(tuple(_rows(folder, home.name, sources, files)), name)


def _run_behind(
    folder: DealFolder, determinations: Sequence[Determination]
) -> tuple[str, RunRecord] | None:
    signed = {record.results_fingerprint for record in determinations}
    newest: tuple[str, RunRecord] | None = None
    for home in sorted((folder.out / "runs").glob("run-*")):
        try:
            record = read_record(home / RECORD)
            plain = read_json(home / RESULTS)
            results = Results.model_validate(plain)
        except (Refusal, ValueError):
            continue
        if results.fingerprint in signed and (
            newest is None or record.started_at > newest[1].started_at
        ):
            newest = (home.name, record)
    return newest


def _rows(
    folder: DealFolder, snapshot: str, sources: Sequence[str], files: dict[str, str]
) -> Iterator[SourceRow]:
    import pyarrow as pa

    from payforsuccess.store import open_store, open_vault, read_snapshot

    wanted = pa.table({"source": pa.array(sorted(set(sources)), pa.string())})
    with open_store(vault=open_vault(folder.vault)) as store:
        kept = read_snapshot(folder.out / "snapshots" / snapshot, store=store)
        asked = store.tables_from({"wanted": wanted})["wanted"]
        for name, table in sorted(store.tables_of(kept).items()):
            feed = table.feed + table.file.fill_null("").re_replace("^(.)", "/\\1")
            sourced = table.mutate(source=feed + ":" + table.row.cast("string"))
            rows = store.run(sourced.semi_join(asked, "source").order_by("source"))
            for row in rows.to_pylist():
                source = str(row.pop("source"))
                feed_name = str(row.pop("feed"))
                shown = {key: value for key, value in row.items() if value is not None}
                shown.pop("row", None)
                says = "; ".join(f"{key} {value}" for key, value in shown.items())
                yield SourceRow(source, name, files.get(feed_name, ""), says)
