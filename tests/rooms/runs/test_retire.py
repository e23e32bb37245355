"""Destroying records: keys gone, a certificate left, nothing under a legal hold (R127)."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.data.certificates import certificates, what_destroyed
from payforsuccess.runs.data.order import order_problem
from payforsuccess.runs.data.retention import overdue
from payforsuccess.runs.data.retire import retire
from payforsuccess.runs.folder import DealFolder
from payforsuccess.store import (
    Snapshot,
    open_store,
    open_vault,
    read_snapshot,
)
from tests.lib.deals import a_deal
from tests.lib.folders import a_folder
from tests.lib.pfs import pfs
from tests.lib.retiring import TODAY, events, hold, home, keep, source

__all__ = ["home"]


def destroy(home: DealFolder, feed: str = "jail", **changes: object) -> object:
    given = {"order": "clause 9", "by": "A. Clerk", "on": TODAY, "as_of": TODAY, **changes}
    return retire(home.root, feed=feed, **given)  # type: ignore[arg-type]


def why_not(home: DealFolder, snapshot: Snapshot) -> list[str]:
    with open_store(vault=open_vault(home.vault)) as store, pytest.raises(Refusal) as refused:
        read_snapshot(snapshot.folder, store=store)
    return [problem.what for problem in refused.value.problems]


def rows_of(home: DealFolder, name: str | None) -> list[tuple[str, int]]:
    assert name is not None
    folder = home.out / "snapshots" / name.removeprefix("sha256:")
    with open_store(vault=open_vault(home.vault)) as store:
        table = store.tables_of(read_snapshot(folder, store=store, check="rows"))["events"]
        return [(r["feed"], r["row"]) for r in store.run(table).to_pylist()]


def test_a_feed_is_destroyed_in_every_snapshot_and_no_other_feed_is(home: DealFolder) -> None:
    old = keep(home, events("jail", 1), events("court", 1))
    new = keep(home, events("jail", 1, 2), events("court", 1))

    done = destroy(home).certificate

    assert {part.key for part in done.parts} == {
        part.key for snapshot in (old, new) for part in snapshot.parts_of("events")
    } - {part.key for part in new.parts if part.feed == "court"}
    assert set(done.snapshots) == {old.fingerprint, new.fingerprint}
    for snapshot in (old, new):
        assert why_not(home, snapshot) == [
            "The records of jail that this rests on were destroyed under clause 9 on 2028-02-01."
        ]
    assert [p.name.split("-")[1] for p in (home.out / "snapshots/parts").glob("*.parquet")] == [
        "court"
    ]


def test_the_numbers_of_a_feed_go_with_it_unless_another_uses_them(home: DealFolder) -> None:
    import pyarrow as pa

    keep(home, events("jail", 1), events("court", 1))
    vault = open_vault(home.vault)
    for feed in ("jail", "court"):
        vault.keys_for(feed, pa.array(["7"]))
    a_folder(home.root, a_deal(data=[source("jail", ids_of="court"), source("court")]))

    destroy(home, "jail")
    destroy(home, "court")

    assert vault.keys_of("jail") == ()
    assert [name.split("-")[0] for name in vault.keys_of("court")] == ["court/numbers"]


def test_certificates_are_chained_and_say_who_and_when(home: DealFolder) -> None:
    keep(home, events("jail", 1), events("court", 1))
    one, other = destroy(home).certificate, destroy(home, "court", order="order 8").certificate

    assert certificates(home) == (one, other)
    assert (other.number, other.previous, other.by) == (2, one.fingerprint, "A. Clerk")
    assert (other.order, other.on) == ("order 8", "2028-02-01")


def test_a_changed_certificate_and_a_missing_one_are_refused(home: DealFolder) -> None:
    keep(home, events("jail", 1), events("court", 1))
    first, _ = destroy(home).path, destroy(home, "court")
    said = first.read_text()
    first.write_text(said.replace("clause 9", "clause 1"))
    with pytest.raises(Refusal, match="certificate was changed after it was written"):
        certificates(home)

    first.unlink()
    with pytest.raises(Refusal, match="chain of certificates is broken at number 1"):
        certificates(home)


def test_what_was_destroyed_is_known_without_the_vault(home: DealFolder) -> None:
    snapshot = keep(home, events("jail", 1))
    assert what_destroyed(home, snapshot.fingerprint) == ()
    destroy(home)

    (problem,) = what_destroyed(home, snapshot.fingerprint)

    assert problem.what == (
        "The records of jail in this snapshot were destroyed under clause 9 on 2028-02-01."
    )


def test_records_brought_in_again_are_no_longer_destroyed(home: DealFolder) -> None:
    snapshot = keep(home, events("jail", 1))
    destroy(home)

    assert keep(home, events("jail", 1)).fingerprint == snapshot.fingerprint
    assert what_destroyed(home, snapshot.fingerprint) == ()
    assert len(certificates(home)) == 1


@pytest.mark.parametrize("records", [(), ("1",)])
def test_a_legal_hold_blocks_it(home: DealFolder, records: tuple[str, ...]) -> None:
    snapshot = keep(home, events("jail", 1, 2), events("court", 1))
    hold(home)

    with pytest.raises(Refusal, match=r"A legal hold forbids destroying anything of jail: Case 7"):
        destroy(home, records=records)

    assert rows_of(home, snapshot.fingerprint) == [("court", 1), ("jail", 1), ("jail", 2)]
    assert destroy(home, "court").certificate.feed == "court"


def test_a_hold_on_all_feeds_blocks_each(home: DealFolder) -> None:
    keep(home, events("court", 1))
    hold(home, feeds=[])

    with pytest.raises(Refusal, match="destroying anything of court"):
        destroy(home, "court")


def test_an_earlier_day_does_not_slip_under_a_hold(home: DealFolder) -> None:
    keep(home, events("jail", 1))
    hold(home)

    with pytest.raises(Refusal, match="legal hold forbids"):
        destroy(home, on=date(2028, 1, 1))


def test_a_lifted_hold_blocks_nothing(home: DealFolder) -> None:
    keep(home, events("jail", 1))
    hold(home, lifted_on="2028-02-01")

    assert destroy(home).certificate.keys


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"feed": "school"}, "The deal has no feed school"),
        ({"feed": "open"}, "open is public, so it is not locked"),
        ({"on": date(2028, 2, 2)}, "2028-02-02 lies ahead"),
        ({"order": " "}, "The certificate needs `--order`"),
        ({"order": "=cmd|'/c calc'!A1 Mary Smith"}, "not named by its kind and its number"),
        ({"order": "for Mary Smith, clause 9"}, "not named by its kind and its number"),
        ({"order": "clause"}, "not named by its kind and its number"),
        ({"order": "clause 9\nMary"}, "not named by its kind and its number"),
        ({"by": ""}, "The certificate needs `--by`"),
        ({"by": "=Mary"}, "The name in `--by` is none"),
        ({}, "Nothing is kept of jail that could be destroyed"),
        ({"records": ["1"]}, "No snapshot was made yet"),
        ({"records": ["Mary"]}, "The 1. record is not named by its row"),
    ],
)
def test_what_cannot_be_destroyed_is_told(
    home: DealFolder, given: dict[str, object], said: str
) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        destroy(home, **given)  # type: ignore[arg-type]
    assert "Mary" not in str(refused.value)
    assert certificates(home) == ()


@pytest.mark.parametrize(
    "order",
    [
        "agreement of 2025-01-01, clause 9",
        "Sealing order 12",
        "court order BC-2024/117",
        "Penal Code 851.91(a)",
    ],
)
def test_an_order_is_named_by_its_kind_and_its_number(order: str) -> None:
    assert order_problem(order) is None


def test_a_sealed_record_leaves_a_snapshot_without_it(home: DealFolder) -> None:
    old = keep(home, events("jail", 1, 2), events("court", 1))

    done = destroy(home, order="Sealing order 12", records=["2"]).certificate

    assert rows_of(home, done.replaced_by) == [("court", 1), ("jail", 1)]
    assert done.kind == "records" and done.records == ("2",)
    assert why_not(home, old) == [
        "The records of jail that this rests on were destroyed under Sealing order 12 on "
        "2028-02-01."
    ]


def test_a_sealed_record_is_gone_from_older_snapshots_too(home: DealFolder) -> None:
    older = keep(home, events("jail", 2))
    keep(home, events("jail", 1, 2))

    done = destroy(home, records=["2"]).certificate

    assert older.fingerprint in done.snapshots
    assert why_not(home, older)


def test_a_row_that_is_not_there_destroys_nothing(home: DealFolder) -> None:
    kept = keep(home, events("jail", 1))

    with pytest.raises(Refusal, match="holds none of these rows of jail"):
        destroy(home, records=["7", "bookings/1"])

    assert rows_of(home, kept.fingerprint) == [("jail", 1)]


_KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from payforsuccess.runs.data import retire as room
from payforsuccess.store import vault
place = sys.argv[2]
def killed(*given, **named):
    os.kill(os.getpid(), 9)
if place == "destroy":
    vault.Vault.destroy = killed
elif place == "shred":
    vault._shred = killed
else:
    room.sync_folder = killed
room.retire(Path(sys.argv[1]), feed="jail", order="clause 9", by="A. Clerk",
            on=date(2028, 2, 1), as_of=date(2028, 2, 1))
"""


@pytest.mark.parametrize("place", ["destroy", "shred", "sync"])
def test_a_killed_destruction_is_finished_with_its_certificate(
    home: DealFolder, place: str
) -> None:
    snapshot = keep(home, events("jail", 1), events("court", 1))
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(home.root), place])
    assert killed.returncode == -9

    destroy(home, "court")

    assert [c.feed for c in certificates(home)] == ["jail", "court"]
    assert open_vault(home.vault).keys_of("jail") == ()
    assert len(why_not(home, snapshot)) == 2


_SEALING_KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from payforsuccess.runs.data import retire as room
def killed(*given, **named):
    os.kill(os.getpid(), 9)
room._doomed = killed
room.retire(Path(sys.argv[1]), feed="jail", order="order 12", by="A. Clerk",
            on=date(2028, 2, 1), as_of=date(2028, 2, 1), records=["2"])
"""


def test_a_killed_sealing_must_be_done_again_and_then_is_whole(home: DealFolder) -> None:
    old = keep(home, events("jail", 1, 2), events("court", 1))
    killed = subprocess.run([sys.executable, "-c", _SEALING_KILLED, str(home.root)])
    assert killed.returncode == -9

    with pytest.raises(Refusal, match=r"Do it again first: pfs retire --feed jail --row 2"):
        destroy(home, "court")
    done = destroy(home, records=["2"]).certificate

    assert rows_of(home, done.replaced_by) == [("court", 1), ("jail", 1)]
    assert why_not(home, old)
    assert destroy(home, "court")


def test_records_kept_too_long_are_found(home: DealFolder) -> None:
    deal = home.history().latest

    assert overdue(deal, date(2027, 12, 31)) == ()
    assert [finding.what for finding in overdue(deal, date(2028, 1, 1))] == [
        "The records of jail were to be destroyed by 2027-12-31; destroy them with `pfs retire "
        "--feed jail`.",
        "The records of court were to be destroyed by 2027-12-31; destroy them with `pfs retire "
        "--feed court`.",
    ]
    hold(home)
    said = overdue(home.history().latest, TODAY)[0].what
    assert said == (
        "The records of jail were to be destroyed by 2027-12-31, which a legal hold forbids for "
        "now."
    )


def test_the_command_tells_what_it_did_and_what_still_lies_open(home: DealFolder) -> None:
    keep(home, events("jail", 1))
    extract = home.root / "feeds" / "jail.csv"
    extract.parent.mkdir()
    extract.write_text("booking\n")

    asked = ["--feed", "jail", "--order", "clause 9", "--by", "A. Clerk", "--on", "2028-02-01"]
    asked += ["--as-of", "2028-02-01"]
    done = pfs("retire", home.root, *asked)
    again = pfs("retire", home.root, *asked, "--json")

    assert done.code == 0 and done.err == ""
    assert (
        "Destroyed everything kept of jail under clause 9 on 2028-02-01: 1 part, 1 key." in done.out
    )
    assert f"still lies open: {extract}" in done.out
    assert again.code == 10 and "Nothing is kept of jail" in again.out


def test_the_command_gives_the_certificate_to_a_program(home: DealFolder) -> None:
    keep(home, events("jail", 1))
    asked = ["--feed", "jail", "--order", "clause 9", "--by", "A. Clerk", "--as-of", "2028-02-01"]

    plain = pfs("retire", home.root, *asked, "--json").plain

    assert plain["fingerprint"] == certificates(home)[0].fingerprint
    assert plain["certificate"]["on"] == "2028-02-01"
