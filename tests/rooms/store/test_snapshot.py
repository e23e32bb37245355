"""Snapshots are named by their rows, written whole, and never quietly changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payforsuccess.deal.tables import EVENTS
from payforsuccess.errors import Refusal
from payforsuccess.store import read_snapshot, typed_table, write_snapshot


def events(*people: str) -> pa.Table:
    return typed_table(
        EVENTS,
        {
            "kind": ["arrest"] * len(people),
            "person": list(people),
            "happened_on": [date(2024, 1, 31)] * len(people),
            "amount": [None] * len(people),
            "feed": ["jail"] * len(people),
            "row": list(range(1, len(people) + 1)),
        },
    )


def test_the_same_rows_give_the_same_snapshot_whatever_their_order(tmp_path: Path) -> None:
    rows = events("p2", "p1", "p3")
    shuffled = rows.take([2, 0, 1])

    first = write_snapshot({"events": rows}, tmp_path / "a")
    second = write_snapshot({"events": shuffled}, tmp_path / "b")

    assert first.fingerprint == second.fingerprint
    assert first.folder.name == first.fingerprint.removeprefix("sha256:")


def test_another_row_gives_another_snapshot(tmp_path: Path) -> None:
    first = write_snapshot({"events": events("p1")}, tmp_path)
    second = write_snapshot({"events": events("p1", "p2")}, tmp_path)

    assert first.fingerprint != second.fingerprint


def test_writing_again_rewrites_nothing(tmp_path: Path) -> None:
    first = write_snapshot({"events": events("p1")}, tmp_path)
    written = {path: path.stat().st_mtime_ns for path in first.folder.iterdir()}

    again = write_snapshot({"events": events("p1")}, tmp_path)

    assert again == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.iterdir()} == written


def test_a_killed_write_leaves_no_snapshot_and_the_next_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pq.write_table
    calls = []

    def killed(table: pa.Table, *args: object, **options: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(table, *args, **options)

    monkeypatch.setattr(pq, "write_table", killed)
    with pytest.raises(KeyboardInterrupt):
        write_snapshot({"events": events("p1")}, tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()

    assert read_snapshot(write_snapshot({"events": events("p1")}, tmp_path).folder)


def test_changed_rows_are_refused_by_table(tmp_path: Path) -> None:
    snapshot = write_snapshot({"events": events("p1", "p2")}, tmp_path)
    pq.write_table(events("p1"), snapshot.path_of("events"))

    with pytest.raises(Refusal) as refused:
        read_snapshot(snapshot.folder)

    (problem,) = refused.value.problems
    assert "The rows of the table events are not those" in problem.what


def test_a_changed_manifest_is_refused(tmp_path: Path) -> None:
    snapshot = write_snapshot({"events": events("p1")}, tmp_path)
    manifest = snapshot.folder / "snapshot.json"
    manifest.write_text(manifest.read_text().replace(snapshot.fingerprint, "sha256:" + "0" * 64))

    with pytest.raises(Refusal, match="manifest of this snapshot was changed"):
        read_snapshot(snapshot.folder)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not a snapshot"):
        read_snapshot(tmp_path)
