"""A deal looked ahead: its text, its page, its numbers, and what is kept of the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess import forecast
from payforsuccess.runs.finance.forecast import Forecasted
from tests.lib.assumed import ENROLMENT, assumed
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import _as_text, write_deal
from tests.lib.looking_ahead import looking_ahead
from tests.lib.pfs import pfs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return looking_ahead(tmp_path_factory.mktemp("deal"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Forecasted:
    return forecast(folder)


@pytest.fixture(scope="module")
def page(found: Forecasted) -> str:
    return found.written[0].read_text("utf-8")


def test_the_cases_stand_side_by_side_and_the_tables_only_in_full(folder: Path) -> None:
    short, full = str(forecast(folder)), str(forecast(folder, is_full=True))
    assert "low" in short.splitlines()[3]
    assert "Sources and uses" not in short
    assert full.count("Sources and uses") == 3
    assert len(short.splitlines()) < len(full.splitlines()) / 2


def test_risk_is_said_as_who_bears_what_and_never_as_none(found: Forecasted, page: str) -> None:
    for text in (str(found), page):
        assert "With no success at all, success payments come to USD 0.00." in text
        assert "Whatever the outcomes are, public bodies bear USD 450,000.00" in text
        assert "People who take part bear the risk" in text
        assert "no taxpayer risk" not in text.casefold()
        assert "no risk" not in text.casefold()


def test_without_success_investors_lose_what_they_drew(found: Forecasted) -> None:
    nothing = found.summary.without_success
    assert nothing is not None
    assert nothing.risk.paid == 0
    drawn = sum(each.drawn for each in nothing.returns if each.name != "all")
    assert sum(lost for _, lost in nothing.risk.lost) == drawn


def test_the_page_says_what_is_made_up_and_draws_with_words_and_tables(page: str) -> None:
    assert "Illustrative payment terms" in page
    assert "Illustrative assumptions" in page
    assert page.count("<svg") == 2
    assert "Fiscal year 2020: 2,680,000.00 in the base case" in page
    assert "In: capital drawn 8,285,552.14" in page
    assert page.count("<caption") >= 10


def test_every_assumption_stands_on_the_page_with_its_source(page: str) -> None:
    for said in ("outcomes home 12 months each person", "enrolment is often slower than planned"):
        assert said in page


def test_json_has_whole_minor_units_and_exact_texts(folder: Path) -> None:
    plain: Any = pfs("forecast", folder, "--json").plain
    low = plain["cases"]["low"]
    assert low["success_payments"] == 569_400_000
    assert sum(each["amount"] for each in low["payments"]) == low["success_payments"]
    sides = [sum(each["amount"] for each in low[side]) for side in ("sources", "uses")]
    assert sides[0] == sides[1]
    assert isinstance(low["tranches"][0]["rate"], str)
    assert plain["without_success"]["success_payments"] == 0


def test_the_same_deal_and_assumptions_write_the_same_bytes(folder: Path) -> None:
    first = {path.name: path.read_bytes() for path in forecast(folder).written}
    again = {path.name: path.read_bytes() for path in forecast(folder).written}
    assert first == again
    assert set(first) == {"forecast.html", "forecast.json"}


def test_the_record_names_what_was_read_and_made(found: Forecasted) -> None:
    record = json.loads((found.written[0].parent / "run.json").read_text())
    assert record["kind"] == "forecast"
    assert [each["path"] for each in record["inputs"]] == ["deal.yaml", "assumptions.yaml"]
    assert [each["name"] for each in record["outputs"]] == ["forecast.html", "forecast.json"]


def test_other_assumptions_are_kept_beside_not_over(folder: Path, tmp_path: Path) -> None:
    other = looking_ahead(tmp_path, assumed={"base: 6_600": "base: 6_601"}) / "assumptions.yaml"
    one, two = forecast(folder), forecast(folder, assumptions=other)
    assert one.written[0].parent != two.written[0].parent


def test_a_return_above_the_limit_stops_after_all_is_shown(tmp_path: Path) -> None:
    limit = {
        "  name: Los Angeles County\nin_force": "  name: Los Angeles County\n"
        "  return_multiple_limit: 0.5\nin_force"
    }
    done = pfs("forecast", looking_ahead(tmp_path, deal=limit))
    assert done.code == 10
    assert "People who start" in done.out
    assert "governance.return_waiver" in done.err


def test_one_case_is_written_as_a_workbook_too(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "books" / "low.xlsx"
    done = pfs("forecast", folder, "--xlsx", file, "--case", "low")
    assert done.code == 0, done.err
    assert "low.xlsx" in done.out
    again = tmp_path / "again.xlsx"
    forecast(folder, xlsx=again, case="low")
    assert file.read_bytes() == again.read_bytes()


def test_a_workbook_has_the_ending_that_spreadsheet_programs_know(
    folder: Path, tmp_path: Path
) -> None:
    done = pfs("forecast", folder, "--xlsx", tmp_path / "book.csv")
    assert done.code == 10
    assert "does not end in .xlsx" in done.err
    assert not (tmp_path / "book.csv").exists()


def test_a_page_is_written_where_nobody_starts_and_no_money_moves(tmp_path: Path) -> None:
    nobody = {**ENROLMENT, "ramp": [{"period": "1", "people": "0"}]}
    write_deal(tmp_path / "deal.yaml", a_deal(payments=[a_term(price="1000")]))
    told = assumed(enrolment=nobody)
    plain = _as_text(told.model_dump(mode="json", by_alias=True, exclude_none=True))
    (tmp_path / "assumptions.yaml").write_text(yaml.safe_dump(plain))
    page = forecast(tmp_path).written[0].read_text()
    assert "No money moves in any case." in page
