"""Rates by group on a simulated county: right against the register, and small numbers hidden."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.disclosure import HIDDEN
from payforsuccess.errors import Refusal
from payforsuccess.runs.measure.equity import Equity, equity
from payforsuccess.runs.measure.equity_given import equity_given
from payforsuccess.runs.simulate_county import simulate_county
from payforsuccess.runs.track.track import track
from tests.lib.deals import a_deal
from tests.lib.folders import a_folder
from tests.lib.perfect_linkage import number_truly_without_linkage

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    shutil.copy(EXAMPLES / "just-in-reach" / "deal.yaml", folder)
    simulate_county(folder, people=1_000, seed=5, enrolled=100)
    number_truly_without_linkage(folder)
    return folder


@pytest.fixture(scope="module")
def found(county: Path) -> Equity:
    return equity(county, release=True)


def test_who_enrolled_of_those_referred_is_what_the_register_says(
    county: Path, found: Equity
) -> None:
    with (county / "feeds" / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    referred = Counter(row["site"] for row in rows if row["referred_on"])
    enrolled = Counter(row["site"] for row in rows if row["referred_on"] and row["enrolled_on"])
    [table] = [
        t for t in found.breakdowns if (t.did, t.of, t.by) == ("enrolled", "referred", "site")
    ]
    shown = {row.group: (row.did, row.of) for row in table.rows if row.did != HIDDEN}
    expected = {word: (str(enrolled[word]), str(referred[word])) for word in referred}
    expected["everyone"] = (str(enrolled.total()), str(referred.total()))
    assert "everyone" in shown
    assert {group: expected[group] for group in shown} == shown


def test_no_number_of_one_to_ten_people_is_shown_and_no_zero_of_a_group(found: Equity) -> None:
    """R112, R140: also 0 of 12 and 12 of 12 are hidden."""
    for table in found.breakdowns:
        for row in table.rows:
            if row.did != HIDDEN:
                assert int(row.did.replace(",", "")) > 10
            if HIDDEN not in (row.did, row.of):
                left = int(row.of.replace(",", "")) - int(row.did.replace(",", ""))
                assert left > 10


def test_who_is_unknown_cannot_be_told_by_taking_the_known_from_the_enrolled(
    found: Equity,
) -> None:
    """One who died is missing from the known alone: no two people counts differ by a few."""
    by_group: dict[tuple[str, str], set[int]] = {}
    for table in found.breakdowns:
        for row in table.rows:
            counts = by_group.setdefault((table.by, row.group), set())
            people = [row.of, row.did if table.did == "enrolled" else HIDDEN]
            counts |= {int(text.replace(",", "")) for text in people if text != HIDDEN}
    few = [(key, a, b) for key, at in by_group.items() for a in at for b in at if 1 <= a - b <= 10]
    assert not few


def test_outcomes_that_rest_on_arrests_carry_a_caution(found: Equity) -> None:
    """R119: a bias note and what to look at beside it."""
    cautious = {table.did for table in found.breakdowns if table.caution}
    assert cautious == {"no return"}
    assert "beside" in next(t.caution for t in found.breakdowns if t.caution)


def test_the_page_says_what_the_tables_say_and_that_the_deal_is_illustrative(found: Equity) -> None:
    page = found.page.read_text("utf-8")
    assert "Illustrative" in page or "illustrative" in page
    assert "release 1" in page
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    assert not [cell for cell in cells if re.fullmatch(r"[1-9]|10", cell.strip())]


def test_what_was_given_out_is_kept_as_it_was_shown(county: Path, found: Equity) -> None:
    """R119: a page shows it again; no hidden number lies there, and no changed file is shown."""
    given = equity_given(county)
    assert given is not None and given.number == found.release
    assert given.breakdowns == found.breakdowns
    (file,) = (county / "out" / "equity" / "given-out").glob("*.json")
    shown = {row.did for table in found.breakdowns for row in table.rows}
    written = json.loads(file.read_text("utf-8"))["given"]["tables"]
    assert {row[1] for table in written for row in table["rows"]} == shown

    content = file.read_text("utf-8")
    file.write_text(content.replace(HIDDEN, "3", 1), "utf-8")
    with pytest.raises(Refusal, match="changed after"):
        equity_given(county)
    file.write_text(content, "utf-8")


def test_nothing_is_kept_of_tables_that_were_not_given_out(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, a_deal())
    assert equity_given(folder) is None


def test_the_same_tables_given_out_again_are_the_same(county: Path, found: Equity) -> None:
    again = equity(county, release=True)
    assert again.release == 2
    assert again.breakdowns == found.breakdowns


def test_the_course_is_given_out_after_the_rates_and_says_how_many_were_enrolled(
    county: Path, found: Equity
) -> None:
    """R96, R112: of 100 enrolled what is well above the threshold is shown, also beside the rates.

    Nothing of the one page leads to a refusal of the other.
    """
    given_out = track(county, as_of=date(2022, 10, 11), release=True)

    assert found.release == 1
    assert given_out.release is not None
    everyone = given_out.flows[-1]
    assert (everyone.referred, everyone.stages[2].count) == ("200", "100")
    assert [level for level in given_out.levels if level.current != HIDDEN and level.when]
    for flow in given_out.flows:
        numbers = [flow.referred, *(s.count for s in flow.stages), *(n for _, n in flow.standing)]
        assert not [n for n in numbers if n != HIDDEN and 1 <= int(n.replace(",", "")) <= 10]


def test_a_deal_without_facts_to_break_down_by_is_refused(tmp_path: Path) -> None:
    a_folder(tmp_path, a_deal())
    with pytest.raises(Refusal, match="List some under `equity`"):
        equity(tmp_path)
