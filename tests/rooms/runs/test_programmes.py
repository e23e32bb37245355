"""Programme lines are preventive or remedial, and their totals equal the ledger (R1, R151)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.runs.selection.programmes import programmes
from payforsuccess.selection.programmes import AREAS, LABELS, LedgerTotal, Line, totals_of

HEADER = "department,programme,area,fund,fiscal_year,label,amount\n"
LINES = HEADER + (
    "Health,Housing,housing-and-homelessness,General,2026,preventive,1200.50\n"
    "Health,Jail health,health,General,2026,remedial,3400\n"
    'Sheriff,Custody,public-safety,General,2026,remedial,"8,100"\n'
)
LEDGER = "department,fiscal_year,amount\nHealth,2026,4600.50\nSheriff,2026,8100\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lines.csv").write_text(LINES, "utf-8")
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    return tmp_path


def test_totals_by_label_department_and_area_equal_the_ledger(folder: Path) -> None:
    found = programmes(folder / "lines.csv", ledger=folder / "ledger.csv")
    whole = found.totals.whole
    assert (whole.preventive, whole.remedial, whole.total) == (120_050, 1_150_000, 1_270_050)
    assert found.totals.by_department["Health"].total == 460_050
    assert found.totals.by_area["public-safety"].remedial == 810_000
    assert found.totals.closes
    assert found.problems == ()


def test_a_difference_is_shown_and_never_spread(folder: Path) -> None:
    ledger = LEDGER.replace("8100", "8100.01") + "Probation,2026,5\n"
    (folder / "ledger.csv").write_text(ledger, "utf-8")
    found = programmes(folder / "lines.csv", ledger=folder / "ledger.csv")
    assert "THEY DO NOT AGREE" in str(found)
    assert [one.difference for one in found.totals.against_ledger] == [0, -500, -1]
    assert len(found.problems) == 2


def test_without_a_ledger_nothing_is_claimed(folder: Path) -> None:
    assert "nothing shows that these are all the lines" in str(programmes(folder / "lines.csv"))


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("preventive", "prevention", "neither preventive nor remedial"),
        (",preventive,", ",,", "`label` is empty"),
        ("public-safety", "safety", "no policy area"),
        ("1200.50", "1200.505", "not an amount in USD"),
        ("1200.50", "=1+1", "not an amount in USD"),
        ("2026,remedial,3400", "MMXXVI,remedial,3400", "not a whole number"),
        ("department,programme", "department;programme", "columns are not as they should be"),
        ("Jail health,health", "Housing,health", "stands twice"),
    ],
)
def test_what_is_wrong_in_a_line_is_refused(folder: Path, was: str, now: str, says: str) -> None:
    (folder / "lines.csv").write_text(LINES.replace(was, now, 1), "utf-8")
    with pytest.raises(Refusal, match=says):
        programmes(folder / "lines.csv")


def test_a_workbook_gives_the_same_as_a_csv_file(folder: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "programmes"
    for line in LINES.replace('"8,100"', "8100").splitlines():
        page.append(line.split(","))
    book.save(folder / "lines.xlsx")
    csv, xlsx = programmes(folder / "lines.csv"), programmes(folder / "lines.xlsx")
    assert csv.totals == xlsx.totals


LINE = st.builds(
    Line,
    department=st.sampled_from(["Health", "Sheriff"]),
    programme=st.text("abc", min_size=1, max_size=3),
    area=st.sampled_from(AREAS),
    fund=st.just("General"),
    fiscal_year=st.integers(2026, 2028),
    label=st.sampled_from(LABELS),
    amount=st.integers(-(10**9), 10**9),
)


@given(st.lists(LINE))
def test_every_way_of_adding_up_gives_the_same_whole(lines: list[Line]) -> None:
    totals = totals_of(lines, [LedgerTotal("Health", 2026, 1)])
    whole = sum(line.amount for line in lines)
    assert totals.whole.total == whole
    for groups in (totals.by_department, totals.by_area, totals.by_year):
        assert sum(one.total for one in groups.values()) == whole
    assert sum(one.lines for one in totals.against_ledger) == whole
