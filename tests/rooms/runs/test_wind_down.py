"""`pfs wind-down` on a folder: drafts, the book, records, people; it issues nothing."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.wind_down import wind_down
from payforsuccess.runs.finance.wound_down import WoundDown
from tests.lib.capital import a_financed_deal
from tests.lib.folders import a_folder
from tests.lib.pfs import pfs
from tests.lib.recorded_capital import ENDING, write_record

PEOPLE = """person,provider,needs,started_on,ended_on
k1,Cedar Homes,home with support,2026-01-10,
k2,Cedar Homes,none,2026-01-12,2026-03-01
k3,Cedar Homes,clinic,2026-08-01,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deal = a_financed_deal(termination=[{**ENDING, "early_payment": "50"}])
    write_record(a_folder(tmp_path, deal, homes=["10", "5"]))
    return tmp_path


def ended(folder: Path, **changes: Any) -> WoundDown:
    usual: dict[str, Any] = {
        "event": "no_money",
        "on": date(2026, 7, 15),
        "told_on": date(2026, 6, 1),
        "not_measured": 2,
    }
    return wind_down(folder, **{**usual, **changes})


def test_statements_are_drafted_and_none_is_issued(folder: Path) -> None:
    found = ended(folder)
    assert [d.statement.total for d in found.statement.drafts] == [1_000_00, 500_00]
    assert not (folder / "out/statements").exists()
    assert not (folder / "out/drafts").exists()
    assert "Period 3 is cut short" in str(found)
    # 1,500 earned and 100 for two people; the record's payment was on no statement
    assert found.due.total == 1_600_00
    assert "DOES NOT CLOSE" not in str(found)


def test_a_period_that_is_over_needs_its_results(folder: Path) -> None:
    with pytest.raises(Refusal):
        ended(folder, on=date(2026, 12, 31))


def test_without_a_record_of_capital_nothing_is_guessed(folder: Path) -> None:
    (folder / "capital.yaml").unlink()
    with pytest.raises(Refusal, match=r"no capital\.yaml"):
        ended(folder)


def test_the_list_of_people_still_served_is_for_its_owner_alone(folder: Path) -> None:
    (folder / "served.csv").write_text(PEOPLE)
    found = ended(folder, people=folder / "served.csv", not_measured=None)
    private = found.written[-1]
    assert private.read_text().splitlines()[1].startswith("k1,Cedar Homes,home with support")
    assert len(private.read_text().splitlines()) == 2
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(private.parent.stat().st_mode) == 0o700
    assert "k1" not in str(found)
    page, numbers = (path.read_text() for path in found.written[:2])
    assert "k1" not in page + numbers
    assert "What each tranche was owed" in page
    assert found.due.amount("early") == 50_00


def test_a_row_about_a_person_is_named_by_its_number(folder: Path) -> None:
    (folder / "served.csv").write_text(PEOPLE.replace("2026-03-01", "soon"))
    with pytest.raises(Refusal) as refusal:
        ended(folder, people=folder / "served.csv")
    assert refusal.value.problems[0].where.line == 3
    assert "soon" not in str(refusal.value)


def test_nobody_guesses_how_many_are_not_measured(folder: Path) -> None:
    with pytest.raises(Refusal, match="not measured"):
        ended(folder, not_measured=None)


def test_the_command_says_the_first_possible_day(folder: Path) -> None:
    asked = ["wind-down", str(folder), "--event", "no_money", "--told-on", "2026-06-20"]
    done = pfs(*asked, "--on", "2026-07-01")
    assert done.code == 10
    assert "The first possible day is 2026-07-20." in done.err
    done = pfs(*asked, "--on", "2026-07-20", "--not-measured", "0", "--json")
    assert done.code == 0
    assert '"closes": true' in done.out
