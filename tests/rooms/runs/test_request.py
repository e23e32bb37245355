"""A request asks for what is permitted and needed, says why, and brings a sample that passes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Refusal
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.runs.request.columns import feed_asked
from payforsuccess.runs.request.files import sample_files
from payforsuccess.runs.request.request import Requested, request
from tests.lib.asked import ENROLMENTS, JAIL, a_deal_to_ask_for
from tests.lib.extracts import read

DAY = date(2026, 2, 1)
Ask = Callable[..., Requested]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Writes the request of a deal with these changes into `asked`."""

    def asked(**changes: Any) -> Requested:
        plain = a_deal_to_ask_for(**changes).as_plain()
        (tmp_path / "deal.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
        return request(tmp_path, as_of=DAY, to=tmp_path / "asked")

    return asked


def text_of(path: Path) -> str:
    """The words of a page, without its style sheet."""
    return path.read_text(encoding="utf-8").partition("</style>")[2]


def test_each_holder_of_the_day_gets_a_folder_for_each_of_its_feeds(
    ask: Ask, tmp_path: Path
) -> None:
    done = ask()

    written = {
        path.relative_to(tmp_path / "asked").as_posix()
        for path in (tmp_path / "asked").rglob("*")
        if path.is_file()
    }
    assert {feed.folder for feed in done.feeds} == {"cedar-homes/anchor", "alder-sheriff/jail"}
    assert {name for name in written if name.startswith("alder-sheriff/")} == {
        "alder-sheriff/jail/schedule.html",
        "alder-sheriff/jail/schedule.json",
        "alder-sheriff/jail/specification.html",
        "alder-sheriff/jail/sample/bookings.csv",
        "alder-sheriff/jail/sample/datapackage.json",
    }
    assert {"index.html", "status.json"} <= written


def test_the_status_says_how_far_each_feed_is_and_what_waits(ask: Ask, tmp_path: Path) -> None:
    ask()

    status = json.loads((tmp_path / "asked" / "status.json").read_text(encoding="utf-8"))

    assert [(feed["feed"], feed["status"], feed["days"]) for feed in status["feeds"]] == [
        ("anchor", "in-use", 122),
        ("jail", "asked", 92),
    ]
    assert {(part["name"], *part["feeds"]) for part in status["waiting"]} == {
        ("jail_days", "jail"),
        ("linkage", "jail"),
    }
    page = text_of(tmp_path / "asked" / "index.html")
    assert "asked for, not signed" in page
    assert "Counsel must review" in page


def test_what_is_permitted_and_not_needed_is_not_asked_for(ask: Ask, tmp_path: Path) -> None:
    ask()
    folder = tmp_path / "asked" / "alder-sheriff" / "jail"

    assert "facility" not in text_of(folder / "specification.html")
    assert "facility" not in (folder / "sample" / "bookings.csv").read_text(encoding="utf-8")
    schedule = json.loads((folder / "schedule.json").read_text(encoding="utf-8"))
    assert schedule["permitted_and_not_needed"] == ["bookings.facility"]


def test_each_column_says_what_rests_on_it_and_under_which_law(ask: Ask, tmp_path: Path) -> None:
    regimes = {"ssn": "a stricter law"}
    ask(data=[ENROLMENTS, {**JAIL, "agreement": {**JAIL["agreement"], "column_regimes": regimes}}])

    path = tmp_path / "asked" / "alder-sheriff" / "jail" / "schedule.json"
    (table,) = json.loads(path.read_text(encoding="utf-8"))["tables"]
    columns = {column["name"]: column for column in table["columns"]}

    assert columns["released_at"]["reasons"] == ["outcome jail_days (jailed)"]
    assert columns["ssn"]["reasons"] == ["matching people with other feeds"]
    assert columns["ssn"]["sensitivity"] == "identifier"
    assert columns["ssn"]["regime"] == "a stricter law"
    assert columns["booked_at"]["regime"] == "state criminal record law"


def test_the_schedule_states_purpose_recipients_retention_and_refresh(
    ask: Ask, tmp_path: Path
) -> None:
    ask(linkage={"anchor": "anchor", "feeds": ["jail"], "threshold": "95%"})

    page = text_of(tmp_path / "asked" / "alder-sheriff" / "jail" / "schedule.html")

    for words in (
        "To count days in jail for payment",
        "Alder Sheriff and Dogwood University",
        "Old Sheriff and Alder Sheriff from 1 January 2026",
        "31 December 2029",
        "each quarter",
        "totals, with small numbers hidden",
        "not signed",
        "Counsel must review",
    ):
        assert words in page


def test_a_needed_column_that_the_draft_lacks_is_named(ask: Ask, tmp_path: Path) -> None:
    permitted = ["person_ref", "booked_at"]
    ask(
        data=[
            ENROLMENTS,
            {**JAIL, "agreement": {**JAIL["agreement"], "permitted_columns": permitted}},
        ]
    )

    schedule = json.loads(
        (tmp_path / "asked" / "alder-sheriff" / "jail" / "schedule.json").read_text("utf-8")
    )

    assert schedule["needed_and_not_permitted"] == ["bookings.booking_id"]
    assert "bookings.booking_id" in text_of(tmp_path / "asked" / "index.html")


def test_identifiers_are_not_asked_for_where_they_stay_with_their_holder() -> None:
    hashed = {"anchor": "anchor", "feeds": ["jail"], "threshold": "95%", "method": "keyed-hash"}
    deal = a_deal_to_ask_for(linkage=hashed)

    (file,) = feed_asked(deal, deal.data[1], LAYOUTS["jail-bookings"]).files

    assert not {column.name for column in file.columns} & {"given_name", "family_name", "ssn"}


def test_a_victim_service_is_never_asked_for_identifiers() -> None:
    deal = a_deal_to_ask_for(data=[ENROLMENTS, {**JAIL, "is_victim_service": "true"}])

    asked = feed_asked(deal, deal.data[1], LAYOUTS["jail-bookings"])

    assert asked.linked_with == ()
    assert "identifier" not in {c.sensitivity for file in asked.files for c in file.columns}


def test_the_same_request_again_changes_nothing_and_another_is_not_written_over_it(
    ask: Ask, tmp_path: Path
) -> None:
    ask()
    before = {path: path.read_bytes() for path in (tmp_path / "asked").rglob("*.html")}
    ask()
    assert {path: path.read_bytes() for path in before} == before

    with pytest.raises(Refusal) as refusal:
        ask(deal="Another deal")

    assert "The folder holds something else" in refusal.value.problems[0].what
    assert {path: path.read_bytes() for path in before} == before


def test_a_deal_without_data_has_nothing_to_ask_for(ask: Ask) -> None:
    with pytest.raises(Refusal) as refusal:
        ask(data=[], linkage=None, outcomes={})

    assert "The deal names no data" in refusal.value.problems[0].what


def test_layouts_and_columns_that_are_not_there_are_named_together(ask: Ask) -> None:
    wrong = {**JAIL["agreement"], "permitted_columns": ["person_ref", "shoe_size"]}

    with pytest.raises(Refusal) as refusal:
        ask(data=[{**ENROLMENTS, "layout": "no-layout"}, {**JAIL, "agreement": wrong}])

    first, second = refusal.value.problems
    assert "There is no layout called no-layout" in first.what
    assert "does not have: shoe_size" in second.what


def _sample(layout: FeedLayout, **changes: Any) -> dict[str, bytes]:
    """The sample of a request for all of a layout that a deal which reads it needs."""
    names = list(dict.fromkeys(column.name for file in layout.files for column in file.columns))
    agreement = {**JAIL["agreement"], "permitted_columns": names}
    source = DataSource.model_validate(
        {**JAIL, "layout": layout.name, "agreement": agreement, **changes}
    )
    deal = a_deal_to_ask_for(data=[source], linkage=None)
    return dict(sample_files(feed_asked(deal, source, layout), layout))


WRITTEN = {
    "columns": {"booked_at": "BOOK_DT", "released_at": "REL_DT", "person_ref": "CII"},
    "codes": {"release_type": {"A": "actual", "I": "inferred", "P": "projected"}},
    "files": {"bookings": "BKG.csv"},
    "days": "%m/%d/%Y",
    "delimiter": "|",
}


@pytest.mark.parametrize("name", ["jail-bookings", "deaths", "hmis"])
def test_the_sample_passes_the_checks_of_the_feed(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    sample = _sample(layout, complete_through="2022-06-30")
    content = sample if len(layout.files) > 1 else sample["jail.csv"]

    seen = read(tmp_path, layout, content, complete_through="2022-06-30")

    assert not any(seen.refused.values())
    assert sum(len(rows) for rows in seen.rows.values()) > 0


def test_the_sample_is_written_as_the_agency_writes(tmp_path: Path) -> None:
    layout = LAYOUTS["jail-bookings"]
    sample = _sample(layout, written=WRITTEN)

    seen = read(tmp_path, layout, sample, written=WRITTEN)

    assert not any(seen.refused.values())
    assert seen.rows["bookings"][0]["release_type"] == "actual"
    header, first, *_ = sample["BKG.csv"].decode().splitlines()
    assert header == "booking_id|CII|BOOK_DT|REL_DT|release_type"
    assert first == "B-1|P-1|01/10/2025|01/15/2025|A"


@pytest.mark.parametrize(
    "stated", ["../../elsewhere.csv", "/tmp/elsewhere.csv", "..\\elsewhere.csv"]
)
def test_a_file_that_lies_elsewhere_is_asked_for_by_its_name_alone(stated: str) -> None:
    sample = _sample(LAYOUTS["jail-bookings"], written={"files": {"bookings": stated}})

    assert list(sample) == ["elsewhere.csv"]


def test_a_program_can_check_an_extract_by_the_data_package(ask: Ask, tmp_path: Path) -> None:
    ask(data=[ENROLMENTS, {**JAIL, "written": WRITTEN}])
    folder = tmp_path / "asked" / "alder-sheriff" / "jail" / "sample"

    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])

    rows = (folder / "BKG.csv").read_text("utf-8")
    (folder / "BKG.csv").write_text(rows.replace("01/10/2025", "2025-01-10"), "utf-8")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid
