"""The tables from an agency's numbers to random keys, each addition a locked file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.store.locked import LockedReader, LockedWriter, key_name_of
from payforsuccess.store.vault import NumbersOf, private_folder, random_text
from payforsuccess.store.writing import sync_folder

if TYPE_CHECKING:
    from payforsuccess.store.vault import Vault

KEY_LETTERS = 16
_ROWS_AT_ONCE = 1 << 20
_SCHEMA = pa.schema([("number", pa.string()), ("key", pa.string())])


def keys_for(
    vault: Vault, numbers_of: str, ids: pa.Array | pa.ChunkedArray, *, of: NumbersOf
) -> pa.Array:
    """The key of each number; new numbers get one and are kept. The vault is locked by then."""
    folder = vault.folder / "numbers" / numbers_of / of
    private_folder(folder)
    wanted = _text(ids)
    known = _known(vault, folder)
    if len(wanted) < known.num_rows // 4:  # few: look at the few, not at all
        known = known.filter(pc.is_in(known.column("number"), value_set=wanted))
    at = pc.index_in(wanted, value_set=known.column("number"))
    is_new = pc.and_(pc.is_null(at), pc.is_valid(wanted))
    if not pc.any(is_new).as_py():
        return _one_array(known.column("key").take(at))
    fresh = pc.unique(pc.filter(wanted, is_new))
    keys = _fresh_keys(len(fresh))
    _add(vault, numbers_of, folder, pa.table([fresh, keys], schema=_SCHEMA), of=of)
    if len(fresh) == len(wanted):  # all of them new, each once: they are in order as they are
        return keys
    numbers = pa.chunked_array([*known.column("number").chunks, fresh])
    of_all = pa.chunked_array([*known.column("key").chunks, keys])
    return _one_array(of_all.take(pc.index_in(wanted, value_set=numbers)))


def known_keys(
    vault: Vault, numbers_of: str, ids: pa.Array | pa.ChunkedArray, *, of: NumbersOf
) -> pa.Array:
    """The keys of numbers that were met before; missing for others, which get none."""
    folder = vault.folder / "numbers" / numbers_of / of
    wanted = _text(ids)
    if not folder.is_dir():
        return pa.nulls(len(wanted), pa.string())
    known = _known(vault, folder)
    return _one_array(known["key"].take(pc.index_in(wanted, value_set=known["number"])))


def _known(vault: Vault, folder: Path) -> pa.Table:
    for left in folder.glob(".*.part"):  # by a run that was killed
        left.unlink()
    tables = [_read(vault, path) for path in sorted(folder.glob("*.locked"))]
    return pa.concat_tables([_SCHEMA.empty_table(), *tables]).combine_chunks()


def _read(vault: Vault, path: Path) -> pa.Table:
    with (
        LockedReader(path, key=vault.key(key_name_of(path))) as file,
        pa.ipc.open_stream(pa.PythonFile(file, mode="r")) as stream,
    ):
        return stream.read_all()


def _add(vault: Vault, numbers_of: str, folder: Path, added: pa.Table, *, of: NumbersOf) -> None:
    """Keep new numbers: the file appears whole or not at all."""
    name = vault.new_key(numbers_of, f"numbers-{of}")
    place = folder / f"{len(list(folder.glob('*.locked'))) + 1:06}.locked"
    beside = place.with_name(f".{place.name}.part")
    with (
        LockedWriter(beside, key_name=name, key=vault.key(name)) as file,
        pa.ipc.new_stream(pa.PythonFile(file, mode="w"), _SCHEMA) as stream,
    ):
        stream.write_table(added, max_chunksize=_ROWS_AT_ONCE)
    beside.rename(place)
    sync_folder(folder)


def _fresh_keys(count: int) -> pa.Array:
    """So many new keys, none of them twice.

    That one of them was given before, here or for another feed, has a chance below one in a
    thousand million even for ten million people: 80 random bits stand behind each.
    """
    while True:
        letters = pa.py_buffer(random_text(count * KEY_LETTERS))
        fixed = pa.Array.from_buffers(pa.binary(KEY_LETTERS), count, [None, letters])
        keys = fixed.cast(pa.binary()).cast(pa.string())
        if pc.count_distinct(keys).as_py() == count:
            return keys


def _text(ids: pa.Array | pa.ChunkedArray) -> pa.Array:
    if pa.types.is_dictionary(ids.type):
        ids = ids.cast(ids.type.value_type)
    return _one_array(ids.cast(pa.string()))


def _one_array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
