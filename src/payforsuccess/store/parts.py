"""Parts: the rows that one feed gives one table, as a Parquet file in the table's order."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from payforsuccess.deal.tables import KEPT_TABLES, TableLayout
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.store.locked import LockedReader, key_name_of
from payforsuccess.store.locked_files import locked_path
from payforsuccess.store.rows import RowsDigest, stream_digest
from payforsuccess.store.tables import arrow_schema

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from payforsuccess.store.door import Store
    from payforsuccess.store.vault import Vault

BUILDING = ".building-"
_BATCH_ROWS = 1 << 17


@dataclass(frozen=True)
class Part:
    """Rows to be kept: those that one feed gives one canonical table.

    `rows` is an expression of the store that will write them, or an Arrow table. `is_locked`: they
    are encrypted with a key of their own, which public data need not be. `regimes`: the laws the
    rows fall under, such as 42 CFR Part 2, which travel with them.
    """

    feed: str
    table: str
    rows: ir.Table | pa.Table
    is_locked: bool
    regimes: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptPart:
    """A part as a snapshot names it.

    `fingerprint` is of its logical rows. `file` and `size` say where it lies and how large it is;
    `key` is the name of the key that opens it. A part that is not locked has the `digest` of its
    bytes instead.
    """

    table: str
    feed: str
    rows: int
    fingerprint: str
    regimes: tuple[str, ...]
    file: str
    size: int
    key: str | None = None
    digest: str | None = None


def layout_of(table: str) -> TableLayout:
    """The layout of a canonical table; KeyError for another name."""
    for layout in KEPT_TABLES:
        if layout.name == table:
            return layout
    raise KeyError(table)


def write_part(part: Part, folder: Path, store: Store) -> KeptPart | None:
    """Keep the rows of a part under `folder`; None where there are none.

    The engine sorts and writes them in one stream, through the lock where there is one, so that no
    plain text of locked rows lies on disk. They are then read back and named by what was read. A
    part that is there already is kept as it is, and what was just written is thrown away.
    """
    layout = layout_of(part.table)
    building = folder / f"{BUILDING}{os.getpid()}.parquet"
    building.unlink(missing_ok=True)
    key = store.keys.draw(part.feed, part.table) if part.is_locked else None
    try:
        with _disk_told(folder):
            _write(part, layout, building, key, store)
            digest = digest_of(building, layout, key[1] if key else None)
            feeds = _feeds_in(building, key[1] if key else None)
        _refuse_faults(part, layout, digest, feeds)
        if not digest.rows:
            return None
        kept = _known(part, digest, folder, store)
        return kept or _settle(part, digest, building, key, folder, store)
    finally:
        building.unlink(missing_ok=True)


def digest_of(path: Path, layout: TableLayout, key: bytes | None) -> RowsDigest:
    """What the rows in a part's file come to, read in order, a few at a time.

    Refuses a locked file that was changed; raises ArrowException or OSError for a plain one that
    cannot be read.
    """
    schema = arrow_schema(layout)
    with LockedReader(path, key=key) if key else path.open("rb") as file:
        rows = pq.ParquetFile(file, pre_buffer=False)
        if rows.schema_arrow.names != schema.names:
            raise pa.ArrowInvalid("other columns")
        batches = rows.iter_batches(batch_size=_BATCH_ROWS)
        # missing values are counted, and told, later
        lenient = pa.schema([field.with_nullable(True) for field in schema])
        return stream_digest(lenient, (batch.cast(lenient) for batch in batches))


def bytes_digest(path: Path) -> str:
    """`sha256:` and the digest of a file's bytes."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def check_ends(path: Path, vault: Vault) -> None:
    """Refuse a locked file that is cut short, or that its key does not open."""
    with LockedReader(path, key=vault.key(key_name_of(path))) as file:
        file.check_ends()


def _write(
    part: Part, layout: TableLayout, building: Path, key: tuple[str, bytes] | None, store: Store
) -> None:
    target = str(building)
    if key:
        store.locked_files.will_write(building, *key)
        target = locked_path(building)
    rows: Any = part.rows
    if isinstance(rows, pa.Table):
        rows = store.tables_from({"part-being-written": rows})["part-being-written"]
    store.write_sorted(rows, layout, target)
    if not key:
        with building.open("rb") as file:
            os.fsync(file.fileno())


def _refuse_faults(part: Part, layout: TableLayout, digest: RowsDigest, feeds: set[str]) -> None:
    """What cleaning must never give is a fault of the program, not of a person: ValueError."""
    for column in layout.columns:
        if not column.may_be_missing and digest.missing[column.name]:
            lacking = digest.missing[column.name]
            raise ValueError(f"{layout.name}.{column.name} lacks {lacking} values")
    if digest.rows and feeds != {part.feed}:
        raise ValueError(f"{layout.name} has rows of another feed than {part.feed}")


def _feeds_in(path: Path, key: bytes | None) -> set[str]:
    """The first and last feed of each group of rows, from the file's own statistics."""
    with LockedReader(path, key=key) if key else path.open("rb") as file:
        about = pq.ParquetFile(file).metadata
        at = about.schema.names.index("feed")
        groups = [about.row_group(number).column(at) for number in range(about.num_row_groups)]
        found = [group.statistics for group in groups if group.statistics is not None]
        return {end for statistics in found for end in (statistics.min, statistics.max)}


def _stem(part: Part, digest: RowsDigest) -> str:
    return f"{part.table}-{part.feed}-{digest.fingerprint.removeprefix('sha256:')}"


def _known(part: Part, digest: RowsDigest, folder: Path, store: Store) -> KeptPart | None:
    """The same rows where they are kept already and can still be opened."""
    for path in sorted(folder.glob(f"{_stem(part, digest)}.*.parquet")):
        if part.is_locked != (path.suffixes[-2:-1] == [".locked"]):
            continue
        if not part.is_locked:
            content = bytes_digest(path)
            if _tag(content) == path.name.split(".")[1]:
                return _kept(part, digest, path, content=content)
            continue
        try:
            name = key_name_of(path)
            if store.keys.has(name):
                check_ends(path, store.keys)
                return _kept(part, digest, path, key=name)
        except Refusal:  # it was changed: keep a sound one beside it
            continue
    return None


def _settle(
    part: Part,
    digest: RowsDigest,
    building: Path,
    key: tuple[str, bytes] | None,
    folder: Path,
    store: Store,
) -> KeptPart:
    """Give the file its name, once its key is safe."""
    if key is None:
        content = bytes_digest(building)
        path = folder / f"{_stem(part, digest)}.{_tag(content)}.parquet"
        building.replace(path)
        return _kept(part, digest, path, content=content)
    store.keys.keep(*key)
    path = folder / f"{_stem(part, digest)}.{key[0].rpartition('-')[2]}.locked.parquet"
    building.replace(path)
    return _kept(part, digest, path, key=key[0])


def _kept(
    part: Part,
    digest: RowsDigest,
    path: Path,
    *,
    key: str | None = None,
    content: str | None = None,
) -> KeptPart:
    return KeptPart(
        part.table,
        part.feed,
        digest.rows,
        digest.fingerprint,
        tuple(sorted(set(part.regimes))),
        path.name,
        path.stat().st_size,
        key,
        content,
    )


def _tag(content: str) -> str:
    return content.removeprefix("sha256:")[:12]


@contextmanager
def _disk_told(folder: Path) -> Iterator[None]:
    """Say that the disk is full as a person would."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.Error) as failure:
        full = isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT)
        said = str(failure)
        if not (full or any(words in said for words in _FULL)):
            raise
        raise Refusal(
            Problem(
                "The disk is full: the records could not be kept, and nothing was changed.",
                "Make room, or name a folder on a larger disk for what does not fit in memory "
                "(PFS_SPILL), and ingest again.",
                Place(str(folder)),
            )
        ) from None


_FULL = (
    "No space left on device",
    "Disk quota exceeded",
    "max_temp_directory_size",
)
