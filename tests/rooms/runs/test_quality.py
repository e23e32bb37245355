"""The data-quality report says what became of every row, and shows no one's values."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.runs.data.ingest import ingest_feeds
from payforsuccess.runs.folder import read_deal

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
BOOKINGS = """\
booking_id,person_ref,booked_at,released_at,release_type,born_on,sex,given_name
B1,P1,2024-01-01,2024-01-20,actual,1990-06-30,female,Zebulon
B2,P1,2024-01-10,2024-02-01,actual,1990-06-30,female,Zebulon
B3,P2,2024-03-01,,,1990-07-01,unknown,
B3,P3,2024-03-02,2024-03-05,actual,,,
B5,P4,2024-03-09,2024-03-05,actual,,,
"""
CHARGES = """\
charge_id,booking_id,statute,level
C1,B1,459,felony
C2,B5,459,felony
C3,B9,459,felony
"""


def ingested(folder: Path, bookings: str, charges: str | None = None) -> Path:
    """The page of the report on these files."""
    jail = folder / "feeds" / "jail"
    jail.mkdir(parents=True)
    (jail / "bookings.csv").write_text(bookings)
    if charges is not None:
        (jail / "charges.csv").write_text(charges)
    source = DataSource.model_validate(
        {
            "feed": "jail",
            "layout": "jail-bookings",
            "says": "Bookings.",
            "held_by": [{"name": "Sheriff"}],
            "public": {"licence": "none", "source": "made up"},
            "refreshed": "month",
            "complete_through": "2024-06-30",
            "refused_at_most": "60%",
        }
    )
    deal = read_deal(EXAMPLE).model_copy(update={"data": (source,)})
    found = ingest_feeds(
        deal,
        folder,
        snapshots=folder / "out" / "snapshots",
        as_of=date(2024, 8, 15),
        with_quality=True,
    )
    assert found.quality is not None
    return found.quality


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingested(tmp_path_factory.mktemp("deal"), BOOKINGS, CHARGES).parent


@pytest.fixture(scope="module")
def feed(home: Path) -> dict[str, Any]:
    (found,) = json.loads((home / "quality.json").read_text())["feeds"]
    assert isinstance(found, dict)
    return found


def test_it_lies_beside_the_snapshot_it_is_of(home: Path) -> None:
    (manifest,) = (home.parents[1] / "snapshots").glob("*/snapshot.json")

    assert manifest.parent.name.startswith(home.name)


def test_every_row_is_kept_refused_or_withdrawn(feed: dict[str, Any]) -> None:
    found = [
        (file["name"], file["rows"], file["kept"], file["refused"], file["withdrawn"])
        for file in feed["files"]
    ]

    assert found == [("bookings", 5, 3, 2, 0), ("charges", 3, 1, 2, 0)]


def test_each_refused_row_is_listed_with_its_rule(home: Path) -> None:
    with (home / "refused-jail.csv").open() as file:
        listed = [tuple(row.values()) for row in csv.DictReader(file)]

    assert listed == [
        ("feeds/jail/bookings.csv", "4", "booking_id", "key"),
        ("feeds/jail/bookings.csv", "5", "", "release-before-booking"),
        ("feeds/jail/charges.csv", "2", "booking_id", "parent-refused"),
        ("feeds/jail/charges.csv", "3", "booking_id", "reference"),
    ]


def test_columns_say_in_how_many_rows_they_are_given_and_unknown(feed: dict[str, Any]) -> None:
    columns = {column["name"]: column for column in feed["files"][0]["columns"]}

    assert (columns["sex"]["given"], columns["sex"]["unknown"]) == (2, 1)
    assert columns["released_at"]["given"] == 2
    assert (columns["booked_at"]["first"], columns["booked_at"]["last"]) == (
        "2024-01-01",
        "2024-03-01",
    )


def test_ages_of_a_few_people_are_hidden(home: Path, feed: dict[str, Any]) -> None:
    assert feed["people"] == 2
    assert {people for _, people in feed["ages"]} == {None}
    assert "hidden</td>" in (home / "quality.html").read_text()


def test_ages_are_told_by_band_on_the_last_day_covered_and_small_numbers_hidden(
    tmp_path: Path,
) -> None:
    born = ["1990-06-30"] * 20 + ["1989-06-30"] * 30 + ["2010-01-01"] * 3
    rows = [f"B{n},P{n},2024-01-01,,,{day},,Zebulon" for n, day in enumerate(born)]
    page = ingested(tmp_path, "\n".join([BOOKINGS.split("\n", 1)[0], *rows]) + "\n")

    (found,) = json.loads((page.parent / "quality.json").read_text())["feeds"]
    ages = dict(found["ages"])

    assert ages["35 to 44"] == 30, "they turn 35 on that day"
    assert ages["under 18"] is None
    assert list(ages.values()).count(None) >= 2, "one alone is what the others leave of all"


def test_stays_that_begin_within_another_are_counted(feed: dict[str, Any]) -> None:
    (jailed,) = (state for state in feed["states"] if state["state"] == "jailed")

    assert (jailed["spells"], jailed["open"], jailed["overlapping"]) == (3, 1, 1)


def test_a_feed_older_than_its_interval_is_flagged(feed: dict[str, Any]) -> None:
    assert (feed["days_old"], feed["refreshed_every"], feed["is_late"]) == (46, 31, True)


def test_the_longest_stretch_without_a_dated_row_is_told(feed: dict[str, Any]) -> None:
    assert feed["silence"] == {"days": 28, "after": "2024-02-01", "before": "2024-03-01"}
    assert feed["is_silent"] is False


def test_the_page_shows_the_facts_and_no_value_of_a_person(home: Path) -> None:
    page = (home / "quality.html").read_text()

    assert "Begin within another" in page
    assert "The rule release-before-booking" in page
    for file in home.iterdir():
        assert "Zebulon" not in file.read_text()
        assert "P1" not in file.read_text()


def test_no_birth_date_shows_though_it_is_the_first_or_last(
    home: Path, feed: dict[str, Any]
) -> None:
    columns = {column["name"]: column for column in feed["files"][0]["columns"]}

    born = columns["born_on"]
    assert (born["given"], born["first"], born["last"]) == (3, None, None)
    for name in ("quality.html", "quality.json"):
        text = (home / name).read_text()
        for day in ("1990-06-30", "1990-07-01", "30 June 1990", "1 July 1990"):
            assert day not in text
    assert "not shown" in (home / "quality.html").read_text()


def test_only_whoever_ran_it_may_read_the_files(home: Path) -> None:
    files = list(home.iterdir())

    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_data_sources_say_how_far_each_is(home: Path) -> None:
    (source,) = json.loads((home / "quality.json").read_text())["data_sources"]

    assert (source["holder"], source["status"], source["regime"]) == ("Sheriff", "public", None)
