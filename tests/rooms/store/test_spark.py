"""A snapshot reads the same on Spark as on DuckDB, and nothing of it stays unlocked."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from payforsuccess.deal.tables import EVENTS, SPELLS
from payforsuccess.errors import Refusal
from payforsuccess.store import (
    Part,
    Snapshot,
    SparkSettings,
    SparkStore,
    Store,
    Vault,
    open_spark,
    open_store,
    open_vault,
    typed_table,
    write_snapshot,
)
from payforsuccess.store.scratch import clear_left, unlocked

DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 2, 29)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def vault(folder: Path) -> Vault:
    return open_vault(folder / "vault")


@pytest.fixture(scope="module")
def duck(vault: Vault) -> Iterator[Store]:
    with open_store(vault=vault) as store:
        yield store


@pytest.fixture(scope="module")
def snapshot(folder: Path, duck: Store) -> Snapshot:
    events = {
        "kind": ["arrest", "wages", "wages"],
        "person": ["p1", "p2", "p2"],
        "happened_on": DAYS,
        "amount": [None, Decimal("12.5"), Decimal("0.000000001")],
        "feed": ["jail"] * 3,
        "row": [1, 2, 3],
    }
    spells = {
        "state": ["housed"] * 3,
        "person": ["p1", "p2", "p3"],
        "start_on": DAYS,
        "end_on": [None, *DAYS[1:]],
        "feed": ["open"] * 3,
        "row": [1, 2, 3],
    }
    parts = [
        Part("jail", "events", typed_table(EVENTS, events), is_locked=True),
        Part("open", "spells", typed_table(SPELLS, spells), is_locked=False),
    ]
    return write_snapshot(parts, folder / "snapshots", store=duck)


@pytest.fixture(scope="module")
def spark(folder: Path, vault: Vault) -> Iterator[SparkStore]:
    (folder / "open").mkdir()
    with open_spark(SparkSettings(unlock_to=folder / "open"), vault=vault) as store:
        yield store
    assert list((folder / "open").iterdir()) == []


@pytest.mark.spark
@pytest.mark.needs(program="java", package="openjdk-17-jre-headless")
def test_a_snapshot_reads_the_same_on_both_engines(
    spark: SparkStore, duck: Store, snapshot: Snapshot
) -> None:
    for name, table in spark.tables_of(snapshot).items():
        there = spark.run(table.order_by("feed", "row"))
        here = duck.run(duck.tables_of(snapshot)[name].order_by("feed", "row"))

        assert there.to_pylist() == here.to_pylist()
        assert there.schema.types == here.schema.types
    assert spark.run(spark.identities_of(snapshot)).num_rows == 0
    assert spark.run(spark.consents_of(snapshot)).num_rows == 0


@pytest.mark.spark
@pytest.mark.needs(program="java", package="openjdk-17-jre-headless")
def test_what_is_computed_is_the_same_on_both_engines(
    spark: SparkStore, duck: Store, snapshot: Snapshot
) -> None:
    cohort = pa.table({"person": ["p1", "p2"], "from_on": [date(2024, 2, 1)] * 2})

    def answer(store: Store | SparkStore) -> list[dict[str, object]]:
        events = store.tables_of(snapshot)["events"]
        chosen = store.kept(store.tables_from({"cohort": cohort})["cohort"], "chosen")
        joined = events.join(chosen, ["person"])
        after = joined.filter(joined.happened_on >= joined.from_on)
        held = ibis.memtable({"person": ["p2"]}, schema={"person": "string"})
        after = after.semi_join(held, ["person"])
        sums = after.group_by("person").agg(amount=after.amount.sum(), events=after.count())
        return store.run(sums.order_by("person")).to_pylist()

    assert (
        answer(spark)
        == answer(duck)
        == [{"person": "p2", "amount": Decimal("12.500000001"), "events": 2}]
    )
    assert "SELECT" in spark.sql_of(spark.tables_of(snapshot)["events"].count().as_table())


@pytest.mark.spark
@pytest.mark.needs(program="java", package="openjdk-17-jre-headless")
def test_what_is_unlocked_for_spark_is_private(spark: SparkStore, snapshot: Snapshot) -> None:
    spark.tables_of(snapshot)
    opened = list(spark.scratch.glob("*.parquet"))

    assert [path.name for path in opened] == [snapshot.parts_of("events")[0].file]
    assert stat.S_IMODE(spark.scratch.stat().st_mode) == 0o700
    assert stat.S_IMODE(opened[0].stat().st_mode) == 0o600


def test_a_changed_part_is_not_unlocked(snapshot: Snapshot, vault: Vault, tmp_path: Path) -> None:
    (part,) = snapshot.parts_of("events")
    copy = tmp_path / part.file
    (tmp_path / "open").mkdir()
    copy.write_bytes(snapshot.path_of(part).read_bytes()[:-1])

    with pytest.raises(Refusal, match="changed or cut short"):
        unlocked(copy, part.key, vault, tmp_path / "open")
    with pytest.raises(ValueError, match="need a vault"):
        unlocked(copy, part.key, None, tmp_path)


def test_what_a_killed_run_left_unlocked_is_removed(tmp_path: Path) -> None:
    import os

    gone, alive = tmp_path / "pfs-scratch-4194305-x", tmp_path / f"pfs-scratch-{os.getpid()}-x"
    other = tmp_path / "pfs-scratch-notes"
    for folder in (gone, alive, other):
        folder.mkdir()

    clear_left(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {alive.name, other.name}
