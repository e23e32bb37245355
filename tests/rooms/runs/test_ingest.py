"""Ingest is all or nothing, says what it read, and stops at a load unlike the last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Refusal
from payforsuccess.runs.data import ingest as run_module
from payforsuccess.runs.data.ingest import Ingested, ingest_feeds
from payforsuccess.runs.data.reads_log import open_log
from payforsuccess.runs.folder import read_deal

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
HEADER = "booking_id,person_ref,booked_at,released_at,release_type,facility"
AS_OF = date(2024, 7, 1)
COLUMNS = ["booking_id", "person_ref", "booked_at", "released_at", "release_type", "facility"]


def a_jail(**changes: Any) -> DataSource:
    agreement = {
        "kind": "dsa",
        "parties": ["Sheriff", "Evaluator"],
        "purpose": "Evaluation",
        "permitted_columns": COLUMNS,
        "regime": "none",
        "signed_on": "2024-01-01",
        "expires_on": "2024-12-31",
    }
    return DataSource.model_validate(
        {
            "feed": "jail",
            "layout": "jail-bookings",
            "says": "Bookings",
            "held_by": [{"name": "Sheriff"}],
            "agreement": agreement,
            "refreshed": "month",
            "complete_through": "2024-06-30",
            "file": "feeds/jail",
            **changes,
        }
    )


def bookings(folder: Path, rows: Sequence[str], header: str = HEADER) -> None:
    (folder / "feeds" / "jail").mkdir(parents=True, exist_ok=True)
    (folder / "feeds" / "jail" / "bookings.csv").write_text("\n".join([header, *rows]) + "\n")


def people(count: int, start: int = 0, facility: str = "Main") -> list[str]:
    return [
        f"B{n},P{n},2024-01-{n % 28 + 1:02d},2024-02-01,actual,{facility}"
        for n in range(start, start + count)
    ]


def ingested(folder: Path, source: DataSource | None = None, **more: Any) -> Ingested:
    deal = read_deal(EXAMPLE).model_copy(update={"data": (source or a_jail(),)})
    snapshots = folder / "out" / "snapshots"
    return ingest_feeds(deal, folder, snapshots=snapshots, as_of=AS_OF, today=AS_OF, **more)


def refused(folder: Path, **more: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        ingested(folder, **more)
    problems = refusal.value.problems
    page = folder / "out" / "quality" / "stopped" / "quality.html"
    assert problems[-1].what.startswith("The ingest stopped") == page.exists()
    return [problem.what for problem in problems if str(problem.where) != str(page)]


def snapshots(folder: Path) -> set[str]:
    return {path.parent.name for path in (folder / "out" / "snapshots").glob("*/snapshot.json")}


def test_the_same_files_twice_make_one_snapshot(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))

    assert ingested(tmp_path).snapshot == ingested(tmp_path).snapshot
    assert len(snapshots(tmp_path)) == 1


def test_an_ingest_killed_half_way_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    before = snapshots(tmp_path)
    bookings(tmp_path, people(40))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(run_module, "write_snapshot", killed)
        ingested(tmp_path)

    assert snapshots(tmp_path) == before
    assert ingested(tmp_path).snapshot.fingerprint
    assert len(snapshots(tmp_path)) == 2


def test_a_fault_leaves_the_old_snapshot_and_the_read_is_logged(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    before = snapshots(tmp_path)
    bookings(tmp_path, ["B1,P1,2024-13-01,,,Main"])

    message, way_on = refused(tmp_path)

    assert "not a day of the calendar in 1 row: row 1." in message
    assert way_on.startswith("1 of 1 rows of the feed jail are refused, and the deal accepts none")
    listed = (tmp_path / "out" / "quality" / "stopped" / "refused-jail.csv").read_text()
    assert "feeds/jail/bookings.csv,1,booked_at,type" in listed
    assert snapshots(tmp_path) == before
    entries = [json.loads(line) for line in (tmp_path / "out" / "reads.jsonl").open()]
    assert [(entry["number"], entry["feed"], entry["rows"]) for entry in entries] == [
        (1, "jail", 30),
        (2, "jail", 1),
    ]
    assert entries[1]["before"] == entries[0]["entry"]
    assert entries[0]["purpose"] == "Evaluation"
    assert entries[0]["columns"] == COLUMNS


def test_a_log_of_reads_that_was_changed_stops_the_next_read(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    log = tmp_path / "out" / "reads.jsonl"
    log.write_text(log.read_text().replace('"rows":30', '"rows":29'))

    assert "The log of reads was changed: entry 1" in refused(tmp_path)[0]


def test_a_half_written_line_of_the_log_is_cut_off(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    log = tmp_path / "out" / "reads.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"number":2,')

    assert open_log(tmp_path / "out").number == 1
    assert log.read_bytes() == whole


CHANGES = {
    "a column gone": (
        [row.rpartition(",")[0] for row in people(30)],
        HEADER.removesuffix(",facility"),
        "The feed jail changed since its last load: bookings lacks facility.",
    ),
    "a column more": (
        [f"{row},x" for row in people(30)],
        f"{HEADER},cell",
        "The feed jail changed since its last load: bookings has the new cell.",
    ),
    "a column emptied": (
        people(30, facility=""),
        HEADER,
        "The feed jail changed since its last load: bookings.facility is empty in 100% of rows "
        "and was in 0%.",
    ),
    "other numbers": (
        people(30, start=1000),
        HEADER,
        "Of the people in the last load of the feed jail, 100% are not in this one: its agency "
        "may have given them new numbers.",
    ),
}


@pytest.mark.parametrize(("rows", "header", "message"), CHANGES.values(), ids=CHANGES)
def test_a_load_unlike_the_last_stops_until_a_person_accepts_it(
    tmp_path: Path, rows: list[str], header: str, message: str
) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    bookings(tmp_path, rows, header)

    assert refused(tmp_path) == [message]
    assert ingested(tmp_path, accept_changes=["jail"]).snapshot
    assert ingested(tmp_path).snapshot, "what was accepted is what the next is compared with"


def test_more_people_and_a_few_gone_are_no_change(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)
    bookings(tmp_path, people(60, start=10))

    assert ingested(tmp_path).snapshot


def test_only_a_feed_of_the_deal_can_be_accepted(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))

    assert refused(tmp_path, accept_changes=["jial"]) == ["The deal has no feed called jial."]


def test_what_is_remembered_of_a_load_holds_no_number_and_no_key(tmp_path: Path) -> None:
    bookings(tmp_path, people(30))
    ingested(tmp_path)

    kept = (tmp_path / "out" / "last-load.json").read_text()
    assert "P1" not in kept
    assert "Main" not in kept


@pytest.mark.parametrize("is_victim_service", [False, True])
def test_who_the_people_of_a_victim_service_are_is_neither_read_nor_kept(
    tmp_path: Path, is_victim_service: bool
) -> None:
    named = [f"{row},Zebulon" for row in people(3)]
    bookings(tmp_path, named, f"{HEADER},given_name")
    source = a_jail()
    assert source.agreement is not None
    agreement = source.agreement.model_copy(update={"permitted_columns": (*COLUMNS, "given_name")})
    update = {"agreement": agreement, "is_victim_service": is_victim_service}

    found = ingested(tmp_path, source.model_copy(update=update))

    tables = {part.table for part in found.snapshot.parts}
    assert {"people", "spells"} <= tables
    assert ("identities" in tables) is not is_victim_service
    assert ("given_name" in found.reads[0].columns) is not is_victim_service


def test_a_key_given_twice_stops_the_ingest_and_no_row_is_said_to_be_kept(tmp_path: Path) -> None:
    bookings(tmp_path, [*people(3), *people(1)])

    with pytest.raises(Refusal) as refusal:
        ingested(tmp_path)

    problem = refusal.value.problems[0]
    assert "names a row a second time" in problem.what
    assert problem.do == "Give each row a key of its own."
    assert snapshots(tmp_path) == set()


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bookings(tmp_path, people(30))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "write_snapshot", full)

    assert "The disk is full" in refused(tmp_path)[0]
    assert snapshots(tmp_path) == set()


@pytest.mark.parametrize("stated", ["feeds/jail", None])
def test_the_engine_is_told_about_how_many_rows_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stated: str | None
) -> None:
    """A feed whose place the deal does not state lies under feeds, whatever its folder's name."""
    bookings(tmp_path, people(300))
    told: list[int] = []

    def opened(*_: object, rows: int, **__: object) -> None:
        told.append(rows)
        raise KeyboardInterrupt

    monkeypatch.setattr(run_module, "open_store", opened)
    with pytest.raises(KeyboardInterrupt):
        ingested(tmp_path, a_jail(file=stated))

    assert 100 < told[0] < 300
