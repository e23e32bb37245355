"""`learn` says what works without ranking chance, and what many initiatives show together."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.disclosure import Release
from payforsuccess.errors import Refusal
from payforsuccess.runs.learn.learn import Learned, learn
from payforsuccess.runs.learn.what_works import GroupedOutcome, works_part
from payforsuccess.runs.measure.equity_rates import Counted
from tests.lib.deals import a_deal
from tests.lib.folders import write_deal
from tests.lib.initiatives import LEAST
from tests.lib.pfs import pfs
from tests.lib.tracked import a_tracked_deal

ON = date(2026, 6, 1)
CHANGE = {"on": "2024-01-05", "says": "Calls", "reason": "late", "metric": "homes"}


def shelf(root: Path, **initiatives: dict[str, Any]) -> Path:
    for name, changes in initiatives.items():
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "initiative.yaml").write_text(json.dumps({**LEAST, **changes}))
    return root


def part(found: Learned, title: str) -> list[dict[str, str]]:
    one = next(each for each in found.parts if each.title == title)
    return [dict(zip(one.columns, row, strict=True)) for row in one.rows]


def test_a_folder_of_initiatives_is_read_together(tmp_path: Path) -> None:
    """R60, R67, R97."""
    found = learn(
        shelf(
            tmp_path,
            health={"from_blueprint": "los-angeles"},
            probation={"department": "Probation", "from_blueprint": "los-angeles"},
        ),
        on=ON,
    )
    assert part(found, "Initiatives by stage") == [{"Stage": "idea", "Initiatives": "2"}]
    assert "2 departments started an initiative from a blueprint: Health, Probation." in str(found)
    peers = part(found, "Peers with such contracts")
    assert {row["Standing"] for row in peers} >= {"complete", "exploring"}
    assert [row["Initiative"] for row in part(found, "Documents taken over")] == [
        "health",
        "probation",
    ]
    assert found.is_made_up


def test_a_priority_comes_first_in_the_pipeline(tmp_path: Path) -> None:
    """R28: sorted first, with its motion, until an authority removed it."""
    motion = {"source": {"title": "Motion 7", "where": "minutes"}}
    removed = {**motion, "removed_by": "The Board", "removed_on": "2026-03-01"}
    found = learn(
        shelf(
            tmp_path,
            a={"started_on": "2025-01-05", "priority": removed},
            b={"started_on": "2025-06-05"},
            c={"started_on": "2026-01-05", "priority": motion},
        ),
        on=ON,
    )
    rows = part(found, "The pipeline")
    assert [row["Initiative"] for row in rows] == ["c", "a", "b"]
    assert [row["Why first"] for row in rows] == [
        "Motion 7 (minutes)",
        "removed on 2026-03-01 by The Board",
        "none",
    ]


def test_what_no_file_states_is_not_known(tmp_path: Path) -> None:
    """R31: never 0."""
    rows = part(
        learn(shelf(tmp_path, one={}) / "one", on=ON),
        "Homelessness, return to custody, public spending",
    )
    assert [row["Subject"] for row in rows] == [
        "homelessness",
        "return to custody",
        "public spending",
    ]
    assert {row["Baseline"] for row in rows} == {"not known"}


def test_it_is_written_as_a_document_and_printed_for_programs(tmp_path: Path) -> None:
    folder = shelf(tmp_path / "shelf", one={})
    page = tmp_path / "learned.html"
    written = pfs("learn", str(folder), "--as-of", "2026-06-01", "--to", str(page), "--json")
    assert written.code == 0
    plain = json.loads(written.out)
    assert plain["parts"][0]["title"] == "Homelessness, return to custody, public spending"
    assert "Learning notes" in page.read_text()
    assert "Made up" in page.read_text()


def test_an_empty_folder_and_records_of_no_deal_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="No initiative and no stream"):
        learn(tmp_path, on=ON)
    with pytest.raises(Refusal, match="records of one deal"):
        learn(shelf(tmp_path / "shelf", one={}), on=ON, what_works=True)
    with pytest.raises(Refusal, match="no such folder"):
        learn(tmp_path / "nowhere", on=ON)


def test_all_that_is_wrong_in_any_file_is_told_at_once(tmp_path: Path) -> None:
    folder = shelf(tmp_path, one={"stages": []}, two={"format": "x"})
    with pytest.raises(Refusal) as refused:
        learn(folder, on=ON)
    assert len(refused.value.problems) == 2


def shown(counts: dict[str, tuple[int, int]], hidden: tuple[str, ...] = ()) -> tuple[Any, Release]:
    counted = Counted("homes", "whose homes is known", "site", counts)
    cells: dict[str, int] = {}
    for group, (yes, of) in counts.items():
        if group not in hidden:
            cells |= {f"homes/site/{group}": yes, f"whose homes is known/site/{group}": of}
    return counted, Release(cells, frozenset(), {})


SITES = {"North": (40, 50), "South": (30, 60), "East": (31, 60), "West": (29, 60), "Pier": (2, 3)}


def test_sites_are_ranked_by_ranges_and_the_hidden_are_left_out() -> None:
    """R108, R96: the hidden site bears on no share, range or rank."""
    counted, release = shown(SITES, hidden=("Pier",))
    found = works_part(GroupedOutcome("homes", "higher", counted), release)
    assert [row[0] for row in found.rows] == ["North", "East", "South", "West"]
    assert [row[-1] for row in found.rows] == ["1 to 2", "1 to 4", "2 to 4", "2 to 4"]
    assert "Hidden, to protect few people: 1." in found.says
    assert any("not what caused it" in each for each in found.says)
    without, only = shown({name: pair for name, pair in SITES.items() if name != "Pier"})
    assert found.rows == works_part(GroupedOutcome("homes", "higher", without), only).rows


def test_where_less_is_better_the_lower_comes_first_and_ranks_turn() -> None:
    """R108."""
    far = {"a": (190, 200), "b": (20, 200), "c": (100, 200), "d": (101, 200)}
    counted, release = shown(far)
    rows = works_part(GroupedOutcome("homes", "lower", counted), release).rows
    assert [(row[0], row[-1]) for row in rows] == [
        ("b", "1"),
        ("c", "2 to 3"),
        ("d", "2 to 3"),
        ("a", "4"),
    ]


def test_fewer_than_four_are_shown_with_ranges_and_not_ranked() -> None:
    counted, release = shown({"North": (40, 50), "South": (30, 60)})
    found = works_part(GroupedOutcome("homes", "higher", counted), release)
    assert "Rank" not in found.columns
    assert "none is ranked" in found.says[0]
    nothing = works_part(GroupedOutcome("homes", "higher", counted), Release({}, frozenset(), {}))
    assert nothing.says == ("Nothing of it may be shown.",)


def test_sites_and_practices_are_read_from_the_records_and_few_are_hidden(tmp_path: Path) -> None:
    """R96, R108: of 12 at North 8 keep the home, which is hidden; all enrolled after the change."""
    folder = a_tracked_deal(tmp_path / "deal")
    changed = {**LEAST, "practice_changes": [CHANGE, {**CHANGE, "on": "2025-01-01"}]}
    (folder / "initiative.yaml").write_text(json.dumps(changed))
    found = learn(folder, on=date(2026, 2, 2), what_works=True)
    assert part(found, "What works: Homes by practice") == [
        {
            "Practice": "since 2024-01-05: Calls",
            "Reached it": "24",
            "Of": "36",
            "Share": "67% (50% to 80%)",
        }
    ]
    by_site = next(each for each in found.parts if each.title == "What works: Homes by site")
    assert by_site.says == ("Nothing of it may be shown.",)


def test_what_files_state_is_read_without_any_extra(tmp_path: Path) -> None:
    """Only records need the extra `analysis`."""
    folder = shelf(tmp_path, one={})
    code = (
        "import sys\n"
        "from datetime import date\n"
        "from payforsuccess.runs.learn.learn import learn\n"
        f"learn({str(folder)!r}, on=date(2026, 6, 1))\n"
        "print(*sorted({'numpy', 'ibis', 'pyarrow', 'duckdb', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_dollars_under_outcomes_terms_are_told_by_department_and_year(tmp_path: Path) -> None:
    """R66, R100: 20 percent of 50,000 hangs on outcomes, of 80,000 in all; a bonus comes on top."""
    write_deal(tmp_path / "homes" / "terms.yaml", a_deal())
    housing = {
        "provider": "Cedar Homes",
        "department": "Housing",
        "source": "existing-stream",
    }
    contracts = [
        {
            **housing,
            "name": "north",
            "kind": "withhold",
            "tied": "20%",
            "amounts": [{"fiscal_year": "2026", "amount": "50000"}],
            "assumptions": "north.yaml",
        },
        {
            **housing,
            "name": "south",
            "kind": "base",
            "amounts": [{"fiscal_year": "2026", "amount": "30000"}],
        },
    ]
    stream = {"format": "1", "name": "Homes", "terms": "terms.yaml", "contracts": contracts}
    (tmp_path / "homes" / "stream.yaml").write_text(json.dumps(stream))
    found = learn(tmp_path, on=ON)
    assert part(found, "Dollars under outcomes terms") == [
        {
            "Stream": "Homes",
            "Department": "Housing",
            "Year": "2026",
            "Under outcomes terms": "10,000 USD",
            "In all": "80,000 USD",
            "Share": "12.5%",
        }
    ]
    assert "Homes, existing stream: 10,000 USD moved to outcomes terms up to 2026" in str(found)
