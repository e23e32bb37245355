"""The engine opens with limits, answers, and closes without a word."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payforsuccess.deal.tables import EVENTS
from payforsuccess.errors import Refusal
from payforsuccess.store import (
    Part,
    StoreSettings,
    empty_table,
    open_store,
    open_vault,
    settings_from,
    typed_table,
    write_snapshot,
    write_whole,
)
from payforsuccess.store.limits import FEW_ROWS


def test_limits_are_those_asked_for(tmp_path: Path) -> None:
    with open_store(StoreSettings(memory="200MB", threads=1, spill_to=tmp_path)) as store:
        asked = "SELECT current_setting('threads'), current_setting('temp_directory')"
        threads, spill = store.backend.con.execute(asked).fetchone()

        assert threads == 1 and Path(spill).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_computed_once_and_can_be_replaced() -> None:
    with open_store() as store:
        table = store.tables_from({"t": pa.table({"a": [1, 2]})})["t"]
        store.kept(table, "kept")
        store.tables_from({"t": pa.table({"a": [3]})})

        assert store.run(store.backend.table("kept"))["a"].to_pylist() == [1, 2]
        assert store.run(store.kept(table, "kept"))["a"].to_pylist() == [3]


def test_a_table_is_shown_with_the_types_that_ibis_itself_finds() -> None:
    with open_store() as store:
        store.backend.con.execute(
            'CREATE TABLE "every ""kind""" (a BIGINT NOT NULL, b DECIMAL(38, 9), c VARCHAR, '
            "d DATE, e HUGEINT, f TIMESTAMP, g BOOLEAN, h VARCHAR[], i ENUM ('x', 'y'))"
        )

        shown = store.table('every "kind"')

        assert shown.op() == store.backend.table('every "kind"').op()
        assert store.table('every "kind"', shown.schema()).op() == shown.op()


def test_more_rows_than_fit_in_memory_are_sorted_on_disk_and_leave_nothing(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    settings = StoreSettings(memory="60MB", threads=1, spill_to=spill)
    with open_store(settings, vault=open_vault(tmp_path / "vault")) as store:
        store.backend.con.execute(
            "CREATE VIEW made AS SELECT 'arrest' AS kind, md5(i::VARCHAR) AS person, "
            "DATE '2024-01-31' AS happened_on, NULL AS amount, 'jail' AS feed, NULL AS file, "
            "i AS row FROM range(1_500_000) t(i)"
        )
        part = Part("jail", "events", store.backend.table("made"), is_locked=True)
        snapshot = write_snapshot([part], tmp_path / "snapshots", store=store)

        assert snapshot.parts[0].rows == 1_500_000
    assert list(spill.iterdir()) == []


def test_the_folder_for_what_spills_is_private(tmp_path: Path) -> None:
    with open_store(StoreSettings(spill_to=tmp_path)):
        (folder,) = tmp_path.iterdir()

        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    named = {"PFS_MEMORY": "4GB", "PFS_THREADS": "8", "PFS_SPILL": str(tmp_path)}

    assert settings_from(named) == StoreSettings("4GB", 8, tmp_path)
    assert settings_from({}) == StoreSettings()


def test_few_rows_are_left_to_one_processor_unless_someone_says_otherwise() -> None:
    assert settings_from({}, rows=FEW_ROWS).threads == 1
    assert settings_from({}, rows=FEW_ROWS + 1) == StoreSettings()
    assert settings_from({"PFS_THREADS": "2"}, rows=1).threads == 2


def test_settings_that_cannot_be_meant_are_told_together() -> None:
    with pytest.raises(Refusal) as refused:
        settings_from({"PFS_MEMORY": "lots", "PFS_THREADS": "0", "PFS_SPILL": "/no/such/place"})

    assert [problem.where.file for problem in refused.value.problems] == [
        "PFS_MEMORY",
        "PFS_THREADS",
        "PFS_SPILL",
    ]


def test_the_supported_lines_of_duckdb_are_those_stated() -> None:
    stated = Path(__file__).parents[3] / "pyproject.toml"
    line = tuple(int(number) for number in duckdb.__version__.split(".")[:2])

    assert '"duckdb>=1.5,<3"' in stated.read_text("utf-8")
    assert (1, 5) <= line < (3, 0)


def test_a_snapshot_is_read_with_its_types(tmp_path: Path) -> None:
    snapshot = write_snapshot([], tmp_path)
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


_LOCKED = """
import sys
from pathlib import Path
import pyarrow.parquet as pq
from payforsuccess.errors import Refusal
from payforsuccess.store import Part, open_store, open_vault, write_snapshot
home = Path(sys.argv[1])
rows = pq.read_table(sys.argv[2])
with open_store(vault=open_vault(home / "vault")) as store:
    snapshot = write_snapshot([Part("jail", "events", rows, True)], home / "kept", store=store)
    table = store.tables_of(snapshot)["events"]
    print(store.run(table.count().as_table()).to_pylist())
path = snapshot.path_of(snapshot.parts[0])
path.write_bytes(path.read_bytes()[:-9])
try:
    with open_store(vault=open_vault(home / "vault")) as store:
        store.run(store.tables_of(snapshot)["events"])
except Refusal as refusal:
    print(len(refusal.problems))
"""


def test_locked_records_and_refusals_end_in_silence_too(tmp_path: Path) -> None:
    columns = {"kind": ["arrest"], "person": ["p1"], "happened_on": [date(2024, 1, 31)]}
    rows = typed_table(EVENTS, {**columns, "feed": ["jail"], "row": [1]})
    pq.write_table(rows, tmp_path / "rows.parquet")
    command = [sys.executable, "-c", _LOCKED, str(tmp_path), str(tmp_path / "rows.parquet")]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (done.stdout.splitlines()[-1], done.stderr) == ("1", "")


def test_pfs_says_nothing_of_engines_on_its_error_stream(tmp_path: Path) -> None:
    example = Path(__file__).parents[3] / "examples" / "maryland-reentry"
    left = shutil.ignore_patterns("out")
    deal = shutil.copytree(example, tmp_path / "deal", ignore=left)
    command = [sys.executable, "-m", "payforsuccess", "measure", str(deal), "--json"]

    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert not [word for word in ("leak", "duckdb", "Traceback") if word in done.stderr.lower()]


def test_a_snapshot_of_an_earlier_version_lacks_columns_that_were_added_since(
    tmp_path: Path,
) -> None:
    """The columns a layout gained are missing throughout; nothing else changes."""
    events = typed_table(
        EVENTS,
        {
            "kind": ["arrest"],
            "person": ["p"],
            "happened_on": [date(2026, 1, 1)],
            "feed": ["jail"],
            "row": [1],
        },
    )
    with open_store() as store:
        rows = store.tables_from({"made": events})["made"]
        snapshot = write_snapshot(
            [Part("jail", "events", rows, is_locked=False)], tmp_path, store=store
        )
        [part] = snapshot.parts_of("events")
        path = snapshot.path_of(part)
        path.chmod(0o600)
        pq.write_table(pq.read_table(path).drop_columns(["amount"]), path)

        [row] = store.run(store.tables_of(snapshot)["events"]).to_pylist()

    assert (row["kind"], row["amount"]) == ("arrest", None)
