"""A feed is read under an agreement that holds, or not at all."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Refusal
from payforsuccess.records import LAYOUTS, FeedRead, ingesting
from payforsuccess.records import reading as reading_module
from payforsuccess.records.changes import LoadProfile
from payforsuccess.store import Part, open_store, open_vault

SAMPLE = Path(reading_module.__file__).parent / "reentry_experiment" / "sample.csv"
COLUMNS = [column.name for column in LAYOUTS["reentry-experiment"].files[0].columns]
AGREEMENT: dict[str, Any] = {
    "kind": "dsa",
    "parties": ["Department of corrections", "Evaluator"],
    "purpose": "Evaluation",
    "permitted_columns": COLUMNS,
    "regime": "none",
    "signed_on": "2024-01-01",
    "expires_on": "2024-12-31",
}
IN_FORCE = date(2024, 6, 1)
PUBLIC = {"licence": "MIT", "source": "A book"}


def source(**changes: Any) -> DataSource:
    stated = {
        "feed": "prison",
        "layout": "reentry-experiment",
        "says": "Releases and arrests",
        "held_by": [{"name": "Department of corrections"}],
        "agreement": AGREEMENT,
        "refreshed": "once",
        "complete_through": "1975-12-30",
        **changes,
    }
    return DataSource.model_validate({k: v for k, v in stated.items() if v is not None})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feeds").mkdir()
    shutil.copy(SAMPLE, tmp_path / "feeds" / "prison.csv")
    return tmp_path


@dataclass(frozen=True)
class Ingested:
    """What an ingest gave: canonical rows by table, and all that it says beside."""

    tables: dict[str, list[dict[str, Any]]]
    parts: list[Part]
    reads: tuple[FeedRead, ...]
    findings: list[str]
    profiles: dict[str, LoadProfile]


def ingested(
    folder: Path,
    *sources: DataSource,
    on: date = IN_FORCE,
    today: date | None = None,
    **more: Any,
) -> Ingested:
    vault = open_vault(folder / "vault")
    with (
        open_store(vault=vault) as store,
        ingesting(sources, folder, as_of=on, today=today or on, store=store, **more) as found,
    ):
        tables: dict[str, list[dict[str, Any]]] = {}
        for part in found.parts:
            rows = store.run(part.rows).to_pylist()
            tables.setdefault(part.table, []).extend(rows)
        for rows in tables.values():
            rows.sort(key=lambda row: (row["feed"], row["row"]))
        return Ingested(
            tables,
            list(found.parts),
            found.reads,
            [finding.what for finding in found.findings],
            dict(found.profiles),
        )


def refused(folder: Path, *sources: DataSource, on: date = IN_FORCE, **more: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        ingested(folder, *sources, on=on, **more)
    return [f"{problem.where}: {problem.what}" for problem in refusal.value.problems]


def test_a_feed_becomes_canonical_rows_that_keep_feed_and_row(folder: Path) -> None:
    heard: list[str] = []
    found = ingested(folder, source(agreement=None, public=PUBLIC), tell=heard.append)

    rows = {name: len(table) for name, table in found.tables.items()}
    assert rows == {"people": 6, "enrolments": 6, "events": 3, "traits": 36}
    assert [(e["person"], e["feed"], e["row"]) for e in found.tables["events"]] == [
        ("p001", "prison", 1),
        ("p002", "prison", 2),
        ("p004", "prison", 4),
    ]
    assert not any(part.is_locked for part in found.parts)
    assert heard == ["prison: 6 rows, 9 columns read"]


def test_a_read_is_logged_with_its_columns_and_the_files_fingerprint(folder: Path) -> None:
    path = folder / "feeds" / "prison.csv"
    path.write_text(
        "\n".join(
            line + (",name" if at == 0 else ",A. Person")
            for at, line in enumerate(path.read_text().splitlines())
        )
        + "\n"
    )

    (read,) = ingested(folder, source()).reads

    assert read.columns == tuple(COLUMNS)
    assert read.unread == ("name",)
    assert read.fingerprint.startswith("sha256:")


@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2024, 12, 31)])
def test_an_agreement_holds_from_its_first_day_to_its_last(folder: Path, on: date) -> None:
    assert ingested(folder, source(), on=on).reads


def test_an_expired_agreement_stops_the_ingest_before_any_file_is_opened(tmp_path: Path) -> None:
    assert refused(tmp_path, source(), on=date(2025, 1, 1)) == [
        "data[0]: The agreement for the feed prison expired on 2024-12-31; none of it was read."
    ]


def test_an_agreement_that_has_expired_by_today_stops_a_read_for_an_earlier_day(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refusal) as refusal:
        ingested(tmp_path, source(), on=date(2024, 6, 1), today=date(2025, 1, 1))

    (problem,) = refusal.value.problems
    assert problem.what == (
        "The agreement for the feed prison expired on 2024-12-31; none of it was read."
    )
    assert "Extend the agreement" in problem.do
    assert "pfs retire --feed prison" in problem.do


def test_an_agreement_signed_after_today_stops_a_read_for_a_later_day(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, source(), on=date(2024, 6, 1), today=date(2023, 12, 30))

    assert "is signed on 2024-01-01, after 2023-12-30" in message


def test_a_made_up_agreement_is_held_to_the_day_it_is_read_for(folder: Path) -> None:
    made_up = source(agreement={**AGREEMENT, "is_made_up": True})

    assert ingested(folder, made_up, today=date(2040, 1, 1)).reads
    with pytest.raises(Refusal) as refusal:
        ingested(folder, made_up, on=date(2040, 1, 1))

    (problem,) = refusal.value.problems
    assert "expired on 2024-12-31" in problem.what
    assert "give a day on which it holds, such as --as-of 2024-01-01" in problem.do


def test_an_agreement_not_yet_signed_stops_the_ingest(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, source(), on=date(2023, 12, 31))

    assert "is signed on 2024-01-01, after 2023-12-31" in message


def test_a_column_the_layout_needs_must_be_permitted(folder: Path) -> None:
    agreement = {**AGREEMENT, "permitted_columns": ["week", "arrest", "name"]}

    needed, unknown = refused(folder, source(agreement=agreement))

    assert "does not permit columns that the layout reentry-experiment needs: fin, age" in needed
    assert "permits columns that the layout reentry-experiment does not have: name" in unknown


def test_no_feed_is_read_when_another_may_not_be(folder: Path) -> None:
    stale = source(feed="jail", agreement={**AGREEMENT, "expires_on": "2024-02-01"})

    (message,) = refused(folder, source(), stale)

    assert message.startswith("data[1]: The agreement for the feed jail expired")


def test_a_layout_that_is_not_there_is_refused_with_those_that_are(folder: Path) -> None:
    (message,) = refused(folder, source(layout="taxes"))

    assert "There is no layout called taxes." in message


def test_someone_must_hold_the_feed_on_the_day(folder: Path) -> None:
    (message,) = refused(folder, source(held_by=[{"name": "County", "from": "2025-01-01"}]))

    assert "No one holds the feed prison on 2024-06-01." in message


def test_public_data_need_no_agreement(folder: Path) -> None:
    assert ingested(folder, source(agreement=None, public=PUBLIC), on=date(2040, 1, 1)).reads


def test_faults_of_all_feeds_are_told_together(folder: Path) -> None:
    (folder / "feeds" / "prison.csv").write_text(",".join(COLUMNS) + "\n1,1,2,20,1,0,0,1,2\n")

    messages = refused(folder, source(), source(feed="other"))

    assert len(messages) == 3
    assert "feeds/prison.csv:2  fin: The column fin holds a code" in messages[0]
    assert "feeds/other.csv: The feed's file is not there" in messages[2]


def test_the_place_in_the_deal_file_is_shown(tmp_path: Path) -> None:
    place = Place("deal.yaml", 31, 5, "data[0]")

    with pytest.raises(Refusal) as refusal:
        ingested(tmp_path, source(), on=date(2030, 1, 1), places=[place])

    assert refusal.value.problems[0].where == place


def test_an_enrolment_told_by_two_feeds_is_refused_not_counted_twice(folder: Path) -> None:
    shutil.copy(SAMPLE, folder / "feeds" / "other.csv")

    public = {"agreement": None, "public": PUBLIC}

    (message,) = refused(folder, source(**public), source(feed="other", **public))

    assert message == (
        "data: 6 enrolments stand in more than one row (feeds: other, prison), so they would be "
        "counted twice."
    )


def test_people_of_an_agreement_get_random_keys_that_last(folder: Path) -> None:
    first = ingested(folder, source())
    again = ingested(folder, source())

    keys = [row["person"] for row in first.tables["people"]]
    assert len(set(keys)) == 6
    assert not {"p001", "p006"} & set(keys)
    assert all(part.is_locked for part in first.parts)
    assert first.tables == again.tables
    assert {row["person"] for row in first.tables["events"]} < set(keys)


def test_an_enrolment_gets_a_key_of_its_own(folder: Path) -> None:
    enrolments = ingested(folder, source()).tables["enrolments"]

    assert not {row["enrolment"] for row in enrolments} & {row["person"] for row in enrolments}


def test_feeds_that_share_numbers_share_keys_and_others_do_not(folder: Path) -> None:
    jail(folder / "feeds" / "a", "B1,1,2024-01-01,2024-02-01,actual")
    jail(folder / "feeds" / "b", "B1,1,2024-01-01,2024-02-01,actual")
    jail(folder / "feeds" / "c", "B1,1,2024-01-01,2024-02-01,actual")

    found = ingested(folder, a_jail("a"), a_jail("b", ids_of="a"), a_jail("c"))

    keys = {row["feed"]: row["person"] for row in found.tables["people"]}
    assert keys["a"] == keys["b"] != keys["c"]


@pytest.mark.parametrize(
    ("purpose", "is_read"),
    [("Evaluation", True), (" evaluation  ", True), ("Marketing", False)],
)
def test_another_purpose_than_the_agreements_stops_the_ingest(
    folder: Path, purpose: str, is_read: bool
) -> None:
    if is_read:
        assert ingested(folder, source(), purpose=purpose).reads
    else:
        (message,) = refused(folder, source(), purpose=purpose)
        assert "is for another purpose: Evaluation." in message


def test_the_regime_of_a_column_travels_with_the_tables_made_of_it(folder: Path) -> None:
    stricter = {**AGREEMENT, "regime": "HIPAA", "column_regimes": {"age": "42 CFR Part 2"}}

    parts = ingested(folder, source(agreement=stricter)).parts

    assert {part.table: part.regimes for part in parts} == {
        "people": ("HIPAA",),
        "enrolments": ("HIPAA",),
        "events": ("HIPAA",),
        "traits": ("42 CFR Part 2", "HIPAA"),
    }


def test_two_people_under_one_number_are_told_by_row(folder: Path) -> None:
    jail(
        folder / "feeds" / "a",
        "B1,1,2024-01-01,2024-02-01,actual,Ana,Alba,1990-01-01",
        "B2,1,2024-03-01,2024-04-01,actual,Ana,Brown,1990-01-01",
        "B3,1,2024-05-01,2024-05-02,actual,Carl,Chen,1975-05-05",
        "B4,2,2024-05-01,2024-05-02,actual,Dee,Dorn,1980-01-01",
        "B5,2,2024-06-01,2024-06-02,actual,DEE ,Dorn,1981-01-01",
        "B6,3,2024-05-01,2024-05-02,actual,Vera,Vargas,1980-01-01",
        "B7,3,2024-06-01,2024-06-02,actual,Era,Argas,1981-01-01",
        head="given_name,family_name,born_on",
    )
    findings = ingested(folder, a_jail("a")).findings

    assert [f for f in findings if "differ" in f] == [
        "a: 2 numbers stand for people who differ in birth date and in both names (rows 1 and 3, "
        "6 and 7)."
    ]


def test_consent_keeps_only_people_it_covers_and_counts_the_others_by_arm(folder: Path) -> None:
    jail(
        folder / "feeds" / "a",
        *(f"B{n},{n},2024-01-0{n},2024-02-01,actual" for n in (1, 2, 3, 4, 5, 6)),
    )
    (folder / "feeds" / "consents.csv").write_text(
        "consent_id,person_ref,purpose,regime,form,language,given_on,expires_on,withdrawn_on\n"
        "C1,1,evaluation,,v1,English,2024-01-01,,\n"
        "C2,2,evaluation,,v1,English,2024-01-01,,2024-06-01\n"
        "C3,3,evaluation,,v1,English,2024-01-01,2024-05-31,\n"
        "C4,4,marketing,,v1,English,2024-01-01,,\n"
        "C5,5,evaluation,none of this,v1,English,2024-01-01,,\n"
        "C6,6,evaluation,,v1,English,2024-01-01,2024-06-01,2024-06-02\n"
    )
    (folder / "feeds" / "deal.csv").write_text(
        "enrolment_id,person_ref,referred_on,enrolled_on,arm\nE2,2,2024-01-01,2024-01-02,aid\n"
    )
    by_consent = a_jail("a", agreement={"legal_basis": "consent", "consents": "consents"})
    register = a_feed("consents", "consents", ids_of="a")
    enrolled = a_feed("deal", "programme-enrolments", ids_of="a")

    found = ingested(folder, by_consent, register, enrolled)

    kept = {row["row"] for row in found.tables["spells"]}
    assert kept == {1, 6}
    assert [f for f in found.findings if "consent" in f] == [
        "a: 4 of 6 people are not covered by a consent, and none of their rows is kept: 2 gave "
        "none, 1 lapsed, 1 withdrew (aid: 1)."
    ]


def test_consents_must_number_people_as_their_feed_does(folder: Path) -> None:
    by_consent = a_jail("a", agreement={"legal_basis": "consent", "consents": "consents"})

    (other,) = refused(folder, by_consent, a_feed("consents", "consents"))
    (lacking,) = refused(folder, by_consent)

    assert "number people differently" in other
    assert "are in the feed consents, which the deal does not have" in lacking


def jail(at: Path, *rows: str, head: str = "") -> None:
    """Bookings of a jail, charges left out."""
    at.mkdir(parents=True, exist_ok=True)
    header = "booking_id,person_ref,booked_at,released_at,release_type" + (
        f",{head}" if head else ""
    )
    (at / "bookings.csv").write_text("\n".join([header, *rows]) + "\n")


def a_feed(feed: str, layout: str, **changes: Any) -> DataSource:
    """A feed under an agreement that permits every column of its layout."""
    agreement = changes.pop("agreement", {})
    columns = sorted({c.name for file in LAYOUTS[layout].files for c in file.columns})
    return source(
        feed=feed,
        layout=layout,
        complete_through="2024-06-30",
        agreement={**AGREEMENT, "permitted_columns": columns, **agreement},
        **changes,
    )


def a_jail(feed: str, **changes: Any) -> DataSource:
    """A jail's bookings."""
    return a_feed(feed, "jail-bookings", **changes)
