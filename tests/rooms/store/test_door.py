"""The engine opens with limits, answers, and closes without a word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from payforsuccess.deal.tables import EVENTS
from payforsuccess.store import (
    StoreSettings,
    empty_table,
    open_store,
    typed_table,
    write_snapshot,
    write_whole,
)


def test_limits_are_those_asked_for(tmp_path: Path) -> None:
    with open_store(StoreSettings(memory="200MB", threads=1, spill_to=tmp_path)) as store:
        asked = "SELECT current_setting('threads'), current_setting('temp_directory')"
        threads, spill = store.backend.con.execute(asked).fetchone()

        assert threads == 1 and Path(spill).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_is_read_with_its_types(tmp_path: Path) -> None:
    snapshot = write_snapshot({}, tmp_path)
    with open_store() as store:
        tables = store.tables_of(snapshot)

        assert store.run(tables["events"]).schema.names == list(EVENTS.column_names)
        assert str(tables["events"].happened_on.type()) == "date"


def test_the_engine_is_closed_after_the_block() -> None:
    with open_store() as store:
        connection = store.backend.con

    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")


def test_a_program_that_used_the_store_ends_in_silence() -> None:
    program = (
        "import pyarrow as pa\n"
        "from payforsuccess.store import open_store\n"
        "with open_store() as store:\n"
        "    table = store.tables_from({'t': pa.table({'a': [1, 2]})})['t']\n"
        "    print(store.run(table.a.sum().name('sum').as_table()).to_pylist())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("[{'sum': 3}]\n", "")


def test_a_table_with_a_wrong_column_is_refused() -> None:
    with pytest.raises(ValueError, match="columns wrong: colour"):
        typed_table(EVENTS, {name: [] for name in (*EVENTS.column_names, "colour")})


def test_a_missing_value_where_none_may_be_is_refused() -> None:
    columns = {name: [None] for name in EVENTS.column_names}

    with pytest.raises(ValueError, match=r"events\.kind lacks 1 values"):
        typed_table(EVENTS, columns)


def test_an_empty_table_has_its_types() -> None:
    assert empty_table(EVENTS).schema.field("amount").type == pa.decimal128(38, 9)


def test_a_file_appears_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "deep" / "file", b"one")
    write_whole(tmp_path / "deep" / "file", b"two")

    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]
    assert (tmp_path / "deep" / "file").read_bytes() == b"two"
