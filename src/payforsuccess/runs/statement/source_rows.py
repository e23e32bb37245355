"""The rows of a snapshot behind the sources that a person ledger names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from payforsuccess.deal.results import Determination
from payforsuccess.runs.data.certificates import what_destroyed
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.run_behind import run_behind
from payforsuccess.trail import RunRecord

if TYPE_CHECKING:
    from payforsuccess.store import Snapshot, Store


@dataclass(frozen=True)
class SourceRow:
    """One canonical row: its source, its table, the agency's file it came from, what it says."""

    source: str
    table: str
    extract: str
    says: str


@dataclass(frozen=True)
class SourceRows:
    """The rows that were found, and the run whose snapshot holds them; none without one.

    destroyed: a sentence for each order that destroyed of the snapshot. gone: the feeds of which it
    did; the rows of the others are there.
    """

    rows: tuple[SourceRow, ...]
    run: str | None
    destroyed: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()

    def is_destroyed(self, source: str) -> bool:
        """Whether the row that a source names is of a feed whose rows were destroyed."""
        return source.rpartition(":")[0].partition("/")[0] in self.gone


def source_rows(
    folder: DealFolder, determinations: Sequence[Determination], sources: Sequence[str]
) -> SourceRows:
    """The canonical rows of `feed:row` or `feed/file:row` sources, in order.

    They are looked for in the snapshot of the newest run whose results the determinations signed;
    without such a run, or when its snapshot is gone, there are none.
    """
    from payforsuccess.store import open_store, open_vault, read_manifest, read_snapshot

    found = run_behind(folder, determinations)
    if found is None:
        return SourceRows((), None)
    name, record = found[0].name, found[1]
    snapshot = next((item.fingerprint for item in record.inputs if item.name == "snapshot"), None)
    home = folder.out / "snapshots" / str(snapshot).removeprefix("sha256:")
    if snapshot is None or not home.is_dir() or not sources:
        return SourceRows((), name)
    orders = what_destroyed(folder, snapshot)
    with open_store(vault=open_vault(folder.vault)) as store:
        left = read_snapshot(home, store=store, without_destroyed=bool(orders))
        gone = {part.feed for part in set(read_manifest(home).parts) - set(left.parts)}
        rows = tuple(_rows(store, left, sources, record))
    return SourceRows(rows, name, tuple(order.what for order in orders), frozenset(gone))


def extract_of(source: str, record: RunRecord) -> str:
    """The agency's file that a source is a row of, as a run read it; empty where none is known.

    A source names its feed and, where the feed has several files, which of them: `feed/file:row`.
    """
    feed, _, file = source.rpartition(":")[0].partition("/")
    read = [item.path for item in record.inputs if item.name == f"feed {feed}"]
    if file:
        read = [path for path in read if PurePath(path).stem == file]
    return read[0] if len(read) == 1 else ""


def _rows(
    store: Store, kept: Snapshot, sources: Sequence[str], record: RunRecord
) -> Iterator[SourceRow]:
    import pyarrow as pa

    wanted = pa.table({"source": pa.array(sorted(set(sources)), pa.string())})
    asked = store.tables_from({"wanted": wanted})["wanted"]
    for name, table in sorted(store.tables_of(kept).items()):
        feed = table.feed + table.file.fill_null("").re_replace("^(.)", "/\\1")
        sourced = table.mutate(source=feed + ":" + table.row.cast("string"))
        rows = store.run(sourced.semi_join(asked, "source").order_by("source"))
        for row in rows.to_pylist():
            source = str(row.pop("source"))
            shown = {key: value for key, value in row.items() if value is not None}
            for said_already in ("feed", "file", "row"):
                shown.pop(said_already, None)
            # The key of the person in this feed alone; the ledger's is that of the match.
            says = "; ".join(
                f"{'record of' if key == 'person' else key} {_text(value)}"
                for key, value in shown.items()
            )
            yield SourceRow(source, name, extract_of(source, record), says)


def _text(value: object) -> str:
    """As an agency would write it: 0 for a zero of nine decimals, and no idle zeros."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
