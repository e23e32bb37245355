"""Snapshots are named by their rows, written whole, locked, and never quietly changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from payforsuccess.deal.tables import EVENTS, IDENTITIES
from payforsuccess.errors import Refusal
from payforsuccess.store import (
    Part,
    Snapshot,
    Store,
    open_store,
    open_vault,
    read_snapshot,
    rows_fingerprint,
    typed_table,
    write_snapshot,
)
from payforsuccess.store import snapshot as room


def events(*people: str, feed: str = "jail") -> pa.Table:
    return typed_table(
        EVENTS,
        {
            "kind": ["arrest"] * len(people),
            "person": list(people),
            "happened_on": [date(2024, 1, 31)] * len(people),
            "amount": [None] * len(people),
            "feed": [feed] * len(people),
            "row": list(range(1, len(people) + 1)),
        },
    )


def part(*people: str, feed: str = "jail", is_locked: bool = True) -> Part:
    return Part(feed, "events", events(*people, feed=feed), is_locked)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(vault=open_vault(tmp_path / "vault")) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def files(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_the_same_rows_give_the_same_snapshot_whatever_their_order(
    store: Store, tmp_path: Path
) -> None:
    rows = events("p2", "p1", "p3")
    shuffled = rows.take([2, 0, 1])

    first = write_snapshot([Part("jail", "events", rows, True)], tmp_path / "a", store=store)
    second = write_snapshot([Part("jail", "events", shuffled, True)], tmp_path / "b", store=store)

    assert first.fingerprint == second.fingerprint
    assert first.folder.name == first.fingerprint.removeprefix("sha256:")


def test_a_part_is_named_as_its_rows_in_memory_would_be(store: Store, home: Path) -> None:
    (kept,) = write_snapshot([part("p2", "p1")], home, store=store).parts

    assert kept.fingerprint == rows_fingerprint(
        events("p2", "p1").sort_by([("person", "ascending")])
    )


def test_rows_alike_in_the_order_go_by_their_other_columns(store: Store, home: Path) -> None:
    rows = events("p1", "p1")
    alike = rows.set_column(rows.schema.get_field_index("row"), "row", pa.array([1, 1]))
    at = rows.schema.get_field_index("amount")
    one, other = (
        alike.set_column(at, "amount", pa.array(amounts, pa.decimal128(38, 9)))
        for amounts in ([1, 2], [2, 1])
    )

    first = write_snapshot([Part("jail", "events", one, True)], home, store=store)
    again = write_snapshot([Part("jail", "events", other, True)], home, store=store)

    assert first == again


def test_an_expression_is_kept_as_its_rows_are(store: Store, home: Path, tmp_path: Path) -> None:
    table = store.tables_from({"read": events("p1", "p2")})["read"]

    of_rows = write_snapshot([part("p1", "p2")], home, store=store)
    of_expression = write_snapshot([Part("jail", "events", table, True)], home, store=store)

    assert of_expression == of_rows


def test_another_row_gives_another_snapshot(store: Store, home: Path) -> None:
    first = write_snapshot([part("p1")], home, store=store)
    second = write_snapshot([part("p1", "p2")], home, store=store)

    assert first.fingerprint != second.fingerprint


def test_another_law_gives_another_snapshot_of_the_same_files(store: Store, home: Path) -> None:
    first = write_snapshot([part("p1")], home, store=store)
    ruled = Part("jail", "events", events("p1"), True, regimes=("42 CFR Part 2",))
    second = write_snapshot([ruled], home, store=store)

    assert first.fingerprint != second.fingerprint
    assert first.parts[0].file == second.parts[0].file
    assert read_snapshot(second.folder).parts[0].regimes == ("42 CFR Part 2",)


def test_writing_again_rewrites_nothing(store: Store, home: Path) -> None:
    first = write_snapshot([part("p1"), part("p1", feed="court")], home, store=store)
    written = files(home)

    again = write_snapshot([part("p1", feed="court"), part("p1")], home, store=store)

    assert again == first and files(home) == written


def test_a_feed_that_did_not_change_is_shared(store: Store, home: Path) -> None:
    first = write_snapshot([part("p1"), part("p1", feed="court")], home, store=store)
    second = write_snapshot([part("p1", "p2"), part("p1", feed="court")], home, store=store)

    assert {p.file for p in first.parts} & {p.file for p in second.parts} == {
        p.file for p in first.parts if p.feed == "court"
    }
    assert len(list((home / "parts").glob("*.parquet"))) == 3


def test_the_tables_of_a_snapshot_are_read_back_from_all_feeds(store: Store, home: Path) -> None:
    public = part("p9", feed="court", is_locked=False)
    snapshot = write_snapshot([part("p1"), public], home, store=store)

    tables = store.tables_of(read_snapshot(snapshot.folder, store=store))
    rows = store.run(tables["events"].order_by("person"))

    assert rows["person"].to_pylist() == ["p1", "p9"]
    assert {
        name: table.num_rows for name, table in ((t, store.run(tables[t])) for t in tables)
    } == {
        "people": 0,
        "enrolments": 0,
        "spells": 0,
        "events": 2,
        "traits": 0,
    }


def test_who_people_are_is_not_among_the_tables(store: Store, home: Path) -> None:
    columns = {"person": ["p1"], "given_name": ["A"], "feed": ["jail"], "row": [1]}
    rows = typed_table(IDENTITIES, columns)
    snapshot = write_snapshot([Part("jail", "identities", rows, True)], home, store=store)

    assert "identities" not in store.tables_of(snapshot)
    assert store.run(store.identities_of(snapshot))["given_name"].to_pylist() == ["A"]
    assert store.run(store.consents_of(snapshot)).num_rows == 0


def test_a_locked_part_shows_nothing_of_its_rows(store: Store, home: Path) -> None:
    snapshot = write_snapshot(
        [part("a-person-with-a-name"), part("some-other-key", feed="court", is_locked=False)],
        home,
        store=store,
    )
    content = {p.feed: snapshot.path_of(p).read_bytes() for p in snapshot.parts}

    assert b"a-person-with-a-name" not in content["jail"] and b"PAR1" not in content["jail"]
    assert content["court"].startswith(b"PAR1")


def test_each_part_has_a_key_of_its_own_in_its_feeds_group(store: Store, home: Path) -> None:
    snapshot = write_snapshot([part("p1"), part("p1", feed="court")], home, store=store)
    names = [p.key for p in snapshot.parts]

    assert [name and name.split("/")[0] for name in names] == ["court", "jail"]
    assert store.keys.key(str(names[0])) != store.keys.key(str(names[1]))


def test_a_locked_part_without_a_vault_is_a_fault(home: Path) -> None:
    with open_store() as store, pytest.raises(ValueError, match="need a vault"):
        write_snapshot([part("p1")], home, store=store)


def test_two_parts_of_one_feed_and_table_are_a_fault(store: Store, home: Path) -> None:
    with pytest.raises(ValueError, match="two parts of one feed and table"):
        write_snapshot([part("p1"), part("p2")], home, store=store)


def test_rows_of_another_feed_are_a_fault(store: Store, home: Path) -> None:
    wrong = Part("jail", "events", events("p1", feed="court"), True)

    with pytest.raises(ValueError, match="rows of another feed than jail"):
        write_snapshot([wrong], home, store=store)


def test_a_missing_value_where_none_may_be_is_a_fault(store: Store, home: Path) -> None:
    rows = (
        events("p1").drop_columns("person").append_column("person", pa.array([None], pa.string()))
    )

    with pytest.raises(ValueError, match=r"events\.person lacks 1 values"):
        write_snapshot([Part("jail", "events", rows, True)], home, store=store)
    assert files(home) == {}


def test_a_full_disk_is_told_and_leaves_what_was_there(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_snapshot([part("p1")], home, store=store)
    before = files(home)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("payforsuccess.store.locked.LockedWriter._lock_chunk", full)
    with pytest.raises(Refusal, match="The disk is full"):
        write_snapshot([part("p1", "p2")], home, store=store)

    assert files(home) == before


@pytest.mark.parametrize("is_locked", [True, False])
def test_changed_rows_are_refused_by_feed_and_table(
    store: Store, home: Path, is_locked: bool
) -> None:
    snapshot = write_snapshot([part("p1", "p2", is_locked=is_locked)], home, store=store)
    pq.write_table(events("p1"), snapshot.path_of(snapshot.parts[0]))

    with pytest.raises(Refusal) as refused:
        read_snapshot(snapshot.folder, store=store)

    (problem,) = refused.value.problems
    assert "The rows of jail in the table events are not those" in problem.what


@pytest.mark.parametrize("is_locked", [True, False])
def test_a_part_cut_short_is_refused(store: Store, home: Path, is_locked: bool) -> None:
    snapshot = write_snapshot([part("p1", is_locked=is_locked)], home, store=store)
    path = snapshot.path_of(snapshot.parts[0])
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(Refusal, match="not those the snapshot was named for"):
        read_snapshot(snapshot.folder, store=store)


def test_parts_that_changed_places_are_refused(store: Store, home: Path) -> None:
    snapshot = write_snapshot([part("p1"), part("p2", feed="town")], home, store=store)
    one, other = (snapshot.path_of(p) for p in snapshot.parts)
    assert one.stat().st_size == other.stat().st_size
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)

    with pytest.raises(Refusal) as refused:
        read_snapshot(snapshot.folder, store=store, check="rows")

    assert len(refused.value.problems) == 2


def test_a_wrong_key_is_refused(store: Store, home: Path) -> None:
    snapshot = write_snapshot([part("p1")], home, store=store)
    store.keys.keep(str(snapshot.parts[0].key), os.urandom(32))

    with pytest.raises(Refusal, match="not those the snapshot was named for"):
        read_snapshot(snapshot.folder, store=store)
    with pytest.raises(Refusal, match="changed or cut short"):
        store.run(store.tables_of(snapshot)["events"])


def test_another_vault_does_not_open_the_records(store: Store, home: Path, tmp_path: Path) -> None:
    snapshot = write_snapshot([part("p1")], home, store=store)

    with (
        open_store(vault=open_vault(tmp_path / "other")) as stranger,
        pytest.raises(Refusal, match="The vault lacks the key jail/events-"),
    ):
        read_snapshot(snapshot.folder, store=stranger)


def test_a_destroyed_key_says_under_which_order(store: Store, home: Path) -> None:
    snapshot = write_snapshot([part("p1"), part("p1", feed="court")], home, store=store)
    store.keys.destroy(store.keys.keys_of("jail"), order="Order 7", on="2026-03-01")

    with pytest.raises(Refusal) as refused:
        read_snapshot(snapshot.folder, store=store)
    with pytest.raises(Refusal, match="destroyed under Order 7 on 2026-03-01"):
        store.tables_of(snapshot)

    (problem,) = refused.value.problems
    assert problem.what == (
        "The records of jail that this rests on were destroyed under Order 7 on 2026-03-01."
    )


def test_records_brought_in_again_after_destruction_get_a_new_key(store: Store, home: Path) -> None:
    first = write_snapshot([part("p1")], home, store=store)
    store.keys.destroy(store.keys.keys_of("jail"), order="Order 7", on="2026-03-01")

    again = write_snapshot([part("p1")], home, store=store)

    assert again.fingerprint == first.fingerprint and again.parts[0].key != first.parts[0].key
    assert read_snapshot(again.folder, store=store, check="rows") == again


def test_rows_changed_together_with_the_manifest_are_found_by_reading_them(home: Path) -> None:
    with open_store() as store:
        snapshot = write_snapshot([part("p1", is_locked=False)], home, store=store)
        other = write_snapshot([part("p2", is_locked=False)], home / "b", store=store)
        place, manifest = snapshot.path_of(snapshot.parts[0]), snapshot.folder / "snapshot.json"
        place.write_bytes(other.path_of(other.parts[0]).read_bytes())
        said = manifest.read_text()
        for name in ("size", "digest"):
            was, now = (str(getattr(s.parts[0], name)) for s in (snapshot, other))
            said = said.replace(was, now)
        manifest.write_text(said)

        assert read_snapshot(snapshot.folder)
        with pytest.raises(Refusal, match="not those the snapshot was named for"):
            read_snapshot(snapshot.folder, check="rows")


def test_a_changed_manifest_is_refused(store: Store, home: Path) -> None:
    snapshot = write_snapshot([part("p1")], home, store=store)
    manifest = snapshot.folder / "snapshot.json"
    manifest.write_text(manifest.read_text().replace(snapshot.fingerprint, "sha256:" + "0" * 64))

    with pytest.raises(Refusal, match="manifest of this snapshot was changed"):
        read_snapshot(snapshot.folder)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not a snapshot"):
        read_snapshot(tmp_path)


_KILLED = """
import os, sys
from pathlib import Path
import pyarrow.parquet as pq
from payforsuccess.store import Part, open_store, open_vault, write_snapshot
from payforsuccess.store import parts, snapshot, writing, vault
place, left = sys.argv[1], [int(sys.argv[2])]
room, name = {"digest_of": (parts, "digest_of"), "keep": (vault.Vault, "keep"),
              "settle": (parts, "_kept"), "manifest": (snapshot, "write_whole")}[place]
real = getattr(room, name)
def killed(*given, **named):
    if not left[0]:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    return real(*given, **named)
setattr(room, name, killed)
rows = pq.read_table(sys.argv[3])
home = Path(sys.argv[4])
with open_store(vault=open_vault(home / "vault")) as store:
    write_snapshot(
        [Part("jail", "events", rows, True)]
        + [Part("court", "events", rows.drop_columns("feed").append_column(
            "feed", [["court"] * len(rows)]).select(rows.column_names), True)],
        home / "snapshots", store=store)
"""


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("digest_of", 0),
        ("digest_of", 1),
        ("keep", 0),
        ("keep", 1),
        ("settle", 0),
        ("settle", 1),
        ("manifest", 0),
    ],
)
def test_a_killed_write_leaves_the_old_snapshot_and_no_half(
    store: Store, home: Path, tmp_path: Path, place: str, after: int
) -> None:
    old = write_snapshot([part("p1")], home, store=store)
    new = events("p1", "p2")
    pq.write_table(new, tmp_path / "new.parquet")
    command = [sys.executable, "-c", _KILLED, place, str(after)]
    killed = subprocess.run([*command, str(tmp_path / "new.parquet"), str(tmp_path)])

    assert killed.returncode == -9
    assert [p.name for p in home.iterdir() if p.name != "parts"] == [old.folder.name]
    assert read_snapshot(old.folder, store=store, check="rows") == old

    parts = [part("p1", "p2"), part("p1", "p2", feed="court")]
    whole = write_snapshot(parts, home, store=store)
    assert read_snapshot(whole.folder, store=store, check="rows") == whole
    assert not [name for name in files(home) if room.BUILDING in name]


def test_what_a_killed_run_left_is_cleared_away(store: Store, home: Path) -> None:
    (home / ("a" * 64)).mkdir(parents=True)
    (home / ".building-old").mkdir()
    (home / "parts").mkdir()
    (home / "parts" / ".building-7.parquet").write_bytes(b"half")
    (home / "notes").mkdir()

    snapshot: Snapshot = write_snapshot([part("p1")], home, store=store)

    assert {p.name for p in home.iterdir()} == {"notes", "parts", snapshot.folder.name}
    assert not (home / "parts" / ".building-7.parquet").exists()
