"""A deal's value to each budget: its text, its page, its numbers, and what is kept of the run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import yaml

from payforsuccess.runs.finance.value import Valued, value
from tests.lib.looking_ahead import EXAMPLE, FEW, looking_ahead
from tests.lib.pfs import pfs
from tests.rooms.finance.test_value import a_line
from tests.rooms.runs.test_budget import a_budgeted, a_statement

DRAWS = {"worlds": 64, "scrambles": 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = looking_ahead(tmp_path_factory.mktemp("deal"))
    copyfile(EXAMPLE / "value.yaml", found / "value.yaml")
    return found


@pytest.fixture(scope="module")
def found(folder: Path) -> Valued:
    return value(folder, **DRAWS)


@pytest.fixture(scope="module")
def page(found: Valued) -> str:
    return found.written[0].read_text("utf-8")


def row(text: str, *begins: str) -> list[str]:
    """The first row of a table in text that begins with these words, cell by cell."""
    line = next(each for each in text.splitlines() if each.split() and _begins(each, begins))
    return [cell for cell in re.split(r" {2,}", line.strip()) if cell]


def _begins(line: str, begins: tuple[str, ...]) -> bool:
    cells = re.split(r" {2,}", line.strip())
    return tuple(cells[: len(begins)]) == begins


def test_avoided_cashable_and_paid_stand_by_budget_with_their_signs(found: Valued) -> None:
    text = str(found)
    assert row(text, "Sheriff's Department", "county", "General Fund") == [
        "Sheriff's Department", "county", "General Fund", "5,067,300.00", "1,300,000.00",
        "520,000.00", "0.00", "0.00",
    ]  # fmt: skip
    assert row(text, "Probation Department", "county", "General Fund")[3] == "−201,600.00"
    assert row(text, "Los Angeles County", "county")[-2:] == ["7,155,200.00", "450,000.00"]


def test_who_pays_stands_against_who_saves(found: Valued) -> None:
    text = str(found)
    assert row(text, "Sheriff's Department", "Los Angeles County")[2] == "saves"
    assert row(text, "LAHSA", "no payor")[2] == "avoids, takes out nothing"
    assert row(text, "Department of Mental Health", "Los Angeles County")[2] == "costs more"
    pays = row(text, "California BSCC", "California BSCC")
    assert pays[2] == "pays; takes that out in 0.0% of worlds"
    assert any("California BSCC pays, and no line tells" in each.what for each in found.findings)


def test_projected_verified_and_realised_stand_side_by_side_with_day_and_method(
    found: Valued,
) -> None:
    text = str(found)
    assert row(text, "Sheriff's Department", "jail", "2020")[3:] == [
        "620,000.00", "248,000.00", "260,000.00", "0.00",
    ]  # fmt: skip
    assert row(text, "LAHSA", "shelter", "2020")[-2:] == ["nothing yet", "nothing yet"]
    told = row(text, "realised", "mental-health")
    assert told[3:5] == ["−310,000.00", "20 November 2020"]
    assert told[-1] == "made up (illustrative)"


def test_the_offset_ratio_is_told_with_worlds_and_error(found: Valued) -> None:
    text = str(found)
    assert "2 scrambles of 64 worlds around the base case" in text
    offset = row(text, "at the margin", "0.1070")
    assert all("±" in each for each in offset[4:])
    assert any("2 scrambles tell little" in each.what for each in found.findings)


def test_the_page_says_what_is_made_up_and_draws_with_words_and_tables(page: str) -> None:
    assert "Illustrative values" in page
    assert "8 of its 8 lines rest on at least one made-up number" in page
    assert page.count("<svg") == 1
    assert "LAHSA: avoids 240,000.00, can take out 0.00, pays 0.00." in page
    assert page.count("<caption") == 7
    assert "never netted with each other" in page


def test_names_in_findings_are_marked_and_not_written_with_backticks(page: str) -> None:
    findings = page.partition('id="findings"')[2]
    assert findings
    assert "`" not in findings


def test_json_has_whole_minor_units_and_ranges_with_errors(folder: Path) -> None:
    plain: Any = pfs("value", folder, *FEW, "--json").plain
    base = plain["cases"]["base"]
    assert base["programme_cost"] == 873_555_214
    for measure in ("average", "marginal", "cashable"):
        lines = sum(each[measure] for each in base["lines"])
        assert lines == sum(each[measure] for each in base["holders"])
    ratios = plain["worlds"]["offsets"]["average"]
    assert float(ratios["5%"]["value"]) < float(ratios["95%"]["value"])
    assert ratios["5%"]["error"] is not None
    jail = next(each for each in plain["found"] if each["evidence"])
    assert jail["evidence"][0] == {
        "kind": "verified",
        "amount": 26_000_000,
        "on": "2020-12-15",
        "method": "Bookings of those who moved in, against matched people who did not",
        "by": "An evaluator (made up)",
        "source": "made up",
        "standing": "illustrative",
    }


def test_the_same_files_and_draws_write_the_same_bytes(folder: Path, found: Valued) -> None:
    again = value(folder, **DRAWS)
    assert again.written == found.written
    assert {path.name for path in found.written} == {"value.html", "value.json"}
    first = [path.read_bytes() for path in found.written]
    assert [path.read_bytes() for path in value(folder, **DRAWS).written] == first


def test_the_record_names_what_was_read_and_drawn(found: Valued) -> None:
    record = json.loads((found.written[0].parent / "run.json").read_text())
    assert record["kind"] == "value"
    assert "value.yaml" in [each["path"] for each in record["inputs"]]
    assert record["settings"]["worlds"] == "64"


def test_it_can_be_done_again(found: Valued) -> None:
    assert pfs("replay", found.written[0].parent).code == 0


def test_what_statements_determined_is_verified_beside_what_was_assumed(tmp_path: Path) -> None:
    # 5 homes a quarter are assumed, and the statement of the first one determines 7
    folder = a_budgeted(tmp_path / "deal")
    line = a_line("jail", "Sheriff", "24")
    text = yaml.safe_dump({"format": "1", "lines": [line]}, sort_keys=False)
    (folder / "value.yaml").write_text(text, "utf-8")
    a_statement(folder, "7")
    (row, *_) = value(folder, **DRAWS).value.found
    assert (row.fiscal_year, row.projected, row.verified) == (
        2026,
        2 * 5 * 24 * 20_00,
        7 * 24 * 20_00,
    )
    assert row.realised is None
    assert row.evidence[0].source == "issued statements to number 1"


def test_without_its_file_it_says_what_to_write(tmp_path: Path) -> None:
    done = pfs("value", looking_ahead(tmp_path), *FEW)
    assert done.code == 10
    assert "There is no value.yaml beside the deal" in " ".join(done.err.split())


def test_what_is_wrong_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    text = (EXAMPLE / "value.yaml").read_text("utf-8")
    (folder / "value.yaml").write_text(text.replace("home_6_months", "home_6_month"), "utf-8")
    done = pfs("value", folder, *FEW)
    assert done.code == 10
    assert "value.yaml:" in done.err
    assert "`home_6_month` is not the name of an outcome" in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("base: 800", "base: 8_000", "`shelter`: a unit is worth 8,000 at the margin and costs"),
        ("units: 100", "units: 0.0001", "`jail`: a step of 0.0001 units saves 200,000, more than"),
    ],
)
def test_a_unit_worth_more_than_it_costs_on_average_is_told(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = looking_ahead(tmp_path)
    text = (EXAMPLE / "value.yaml").read_text("utf-8")
    assert old in text
    (folder / "value.yaml").write_text(text.replace(old, new, 1), "utf-8")
    assert said in str(value(folder, **DRAWS))


def test_the_example_has_no_unit_worth_more_than_it_costs(found: Valued) -> None:
    assert "look at both" not in str(found)
