"""What was made of destroyed records goes with them; what must stay is named, with why (R127)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.records.changes import LoadProfile
from payforsuccess.runs.data.certificates import Certificate, certificates, read_certificate
from payforsuccess.runs.data.derived import remove_derived
from payforsuccess.runs.data.last_load import read_last_load
from payforsuccess.runs.data.retire import retire
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.statement.statements import issue, show
from payforsuccess.runs.statement.verify import verify
from payforsuccess.runs.statement.why import why
from payforsuccess.store import Snapshot
from payforsuccess.trail import RunInput
from tests.lib.deals import a_deal
from tests.lib.folders import MADE_ON, a_folder, sign
from tests.lib.retiring import AGREEMENT, TODAY, events, home, keep, source
from tests.lib.run_folders import a_run

__all__ = ["home"]

ROWS = ("homes,1,k1,1,jail:1", "homes,1,k2,1,court:1")


def destroy(home: DealFolder, feed: str = "jail", **changes: object) -> Certificate:
    given = {"order": "clause 9", "by": "A. Clerk", "on": TODAY, "as_of": TODAY, **changes}
    return retire(home.root, feed=feed, **given).certificate  # type: ignore[arg-type]


def links(home: DealFolder, name: str, snapshot: str, *feeds: str) -> Path:
    folder = home.out / "links" / name
    folder.mkdir(parents=True)
    plan = {"anchor": feeds[0], "feeds": list(feeds[1:])}
    (folder / "links.json").write_bytes(json_bytes({"snapshot": snapshot, "plan": plan}))
    (folder / "links.parquet").write_bytes(b"pairs")
    (home.out / "links" / "latest.json").write_bytes(json_bytes({"fingerprint": name}))
    return folder


def worked_on(home: DealFolder) -> Snapshot:
    """A snapshot of two feeds, with what commands make of it."""
    snapshot = keep(home, events("jail", 1, 2), events("court", 1))
    read = [RunInput("snapshot", "", snapshot.fingerprint)]
    a_run(home.root, "000000000001", *ROWS, periods=1, inputs=read)
    links(home, "aa", snapshot.fingerprint, "court", "jail")
    (home.out / "links" / "decisions").mkdir()
    for folder in (snapshot.fingerprint[7:19], "stopped", "other"):
        (home.out / "quality" / folder).mkdir(parents=True)
        (home.out / "quality" / folder / "quality.json").write_text("{}", "utf-8")
    profiles = {feed: LoadProfile({}, 0, (feed,)).as_plain() for feed in ("jail", "court")}
    (home.out / "last-load.json").write_bytes(json_bytes({"format": 1, "feeds": profiles}))
    (home.out / "reads.jsonl").write_text("", "utf-8")
    return snapshot


def below(home: DealFolder) -> set[str]:
    return {path.relative_to(home.out).as_posix() for path in home.out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("records", [(), ("2",)])
def test_rows_by_person_links_and_reports_of_the_records_go(
    home: DealFolder, records: tuple[str, ...]
) -> None:
    snapshot = worked_on(home)
    before = below(home)

    done = destroy(home, records=records)

    gone = {name for name in before - below(home) if not name.startswith("snapshots/")}
    page = f"quality/{snapshot.fingerprint[7:19]}"
    assert gone == {
        "runs/run-000000000001/people.csv",
        "links/aa/links.json",
        "links/aa/links.parquet",
        "links/latest.json",
        f"{page}/quality.json",
        "quality/stopped/quality.json",
    }
    assert set(done.removed) == {
        "runs/run-000000000001/people.csv",
        "links/aa",
        "links/latest.json",
        page,
        "quality/stopped",
        "last-load.json",
    }
    assert set(read_last_load(home.out)) == {"court"}


def test_what_stays_is_named_with_why(home: DealFolder) -> None:
    worked_on(home)
    shown = str(retire(home.root, feed="jail", order="order 7", by="b", on=TODAY, as_of=TODAY))

    assert "Removed  out/links/aa" in shown
    assert "Removed  out/last-load.json, what it said of jail" in shown
    assert "Kept     out/runs: the totals, the report and the record of each run" in shown
    assert "Kept     out/links/decisions: who decided what on matches, and why" in shown
    assert "Kept     out/reads.jsonl: the log" in shown


def test_links_of_other_feeds_on_other_records_stay(home: DealFolder) -> None:
    worked_on(home)
    other = links(home, "bb", "sha256:" + "0" * 64, "court", "housing")
    destroy(home)
    assert (other / "links.parquet").is_file()


def test_what_cannot_be_read_goes_too(home: DealFolder) -> None:
    worked_on(home)
    (home.out / "links" / "aa" / "links.json").write_text("no", "utf-8")
    (home.out / "last-load.json").write_text("no", "utf-8")
    destroy(home)
    assert not (home.out / "links" / "aa").exists()
    assert not (home.out / "last-load.json").exists()


def test_a_removal_that_was_killed_is_finished_by_the_next_order(home: DealFolder) -> None:
    worked_on(home)
    destroy(home)
    kept = home.out / "certificates" / "0001.json"
    kept.rename(home.out / "certificates" / "under-way.json")
    left = home.out / "links" / "aa"
    left.mkdir(parents=True)

    destroy(home, "court")

    assert not left.exists()
    assert [one.feed for one in certificates(home)] == ["jail", "court"]


def test_a_certificate_from_before_reads_as_it_was_written(home: DealFolder) -> None:
    """Nothing was made of the records, so nothing is said of it: the checksum is the old one."""
    keep(home, events("jail", 1))
    destroy(home)
    path = home.out / "certificates" / "0001.json"
    plain = json.loads(path.read_text("utf-8"))["certificate"]
    assert "removed" not in plain and "kept" not in plain
    assert read_certificate(path).removed == ()


@pytest.mark.parametrize("name", ["../deal.yaml", ".", "/etc"])
def test_nothing_outside_of_out_is_removed(home: DealFolder, name: str) -> None:
    with pytest.raises(Refusal, match="outside of out"):
        remove_derived(home, "jail", [name])
    assert home.deal_file.is_file()


def lets_people_out(home: DealFolder) -> None:
    agreement = {**AGREEMENT, "releases": "person-rows"}
    data = [source(feed, agreement=agreement) for feed in ("jail", "court")]
    a_folder(home.root, a_deal(data=data))


def issued(home: DealFolder) -> Path:
    """A statement on a run's people, with a bundle and an audit pack of it."""
    lets_people_out(home)
    worked_on(home)
    run = home.out / "runs" / "run-000000000001"
    sign(home.root, results=run)
    pay(home.root, as_of=MADE_ON)
    issue(home.root)
    bundle(home.root)
    audit_pack(home.root, seed="s")
    return run


def test_an_issued_statement_stays_whole_and_its_copies_go(home: DealFolder) -> None:
    issued(home)
    before = show(home.root).content
    done = destroy(home)

    assert {"bundles/statement-0001.zip", "audit-packs/audit-pack-0001.zip"} < set(done.removed)
    assert (
        "out/statements: issued statements: what was paid stands on them; the rows by person of "
        "statement 1 name rows of jail, under pseudonyms"
    ) in done.kept
    assert "out/drafts: drafts of statements: totals" in done.kept
    assert show(home.root).content == before
    assert [row.person for row in why(home.root, line="1").people] == ["k1", "k2"]
    assert verify(bundle(home.root).path).holds


def test_the_audit_pack_says_that_the_source_rows_were_destroyed(home: DealFolder) -> None:
    issued(home)
    destroy(home)
    made = audit_pack(home.root, seed="s")
    assert made.drawn == 2
    assert "records of jail in this snapshot were destroyed under clause 9" in str(made)
    assert "1 source row that the ledger names was destroyed" in str(made)


def test_the_audit_pack_keeps_the_source_rows_of_the_other_feeds(home: DealFolder) -> None:
    issued(home)
    destroy(home)
    with zipfile.ZipFile(audit_pack(home.root, seed="s").path) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("source_rows.csv").decode())))
    assert [(row["source"], row["table"]) for row in rows] == [
        ("court:1", "events"),
        ("jail:1", "destroyed"),
    ]
    assert "booking" in rows[0]["row"]


def test_later_statements_count_the_people_that_were_signed(home: DealFolder) -> None:
    """The run's rows are gone; those beside the issued statement are the same."""
    issued(home)
    destroy(home)
    made = pay(home.root, as_of=date(2028, 2, 1), period=1)
    assert made.people_file == home.statement_folder(1) / "people.csv"
    assert made.statement.lines == ()


def test_a_run_whose_people_were_destroyed_says_so(home: DealFolder) -> None:
    worked_on(home)
    run = home.out / "runs" / "run-000000000001"
    destroy(home)
    with pytest.raises(Refusal, match="were destroyed with the records of jail, under clause 9"):
        sign(home.root, results=run)
    assert sign(home.root, results=run / "results.json").results
