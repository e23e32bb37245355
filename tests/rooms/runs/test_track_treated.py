"""Performance to target uses nothing of a control group (R139)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.track.track import shown_facts
from payforsuccess.runs.track.treated import SEEN_AT_LOOKS, left_out, without_control
from tests.lib.watched import END, MEASURE, a_watched_deal

ON = date(2025, 2, 3)
USUAL = {
    "says": "People booked within half a year",
    "type": "outcome",
    "unit": "person",
    "better": "lower",
    "no_success": "60",
    "target": "10",
}
OTHERS: dict[str, Any] = {
    "booked": {**USUAL, "measure": MEASURE},
    "fewer": {
        **USUAL,
        "says": "Bookings of the coached less those of the others",
        "measure": {
            "kind": "mean-difference",
            "treated": "coach",
            "control": "none",
            "of": MEASURE,
        },
    },
    "others_booked": {
        **USUAL,
        "measure": {**MEASURE, "population": {"says": "The others", "arms": ["none"]}},
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_watched_deal(tmp_path / "deal", through=END, others=OTHERS)


def read(folder: Path) -> Deal:
    return open_folder(folder).history().latest


def test_only_people_offered_the_programme_are_counted(folder: Path) -> None:
    """15 of 60 coached people were booked, and 35 of 60 others, whom the page does not know."""
    found = shown_facts(open_folder(folder), as_of=ON)
    levels = {level.outcome: level for level in found.facts.levels}

    assert {trend.outcome for trend in found.facts.trends} == {"booked"}
    assert [row.numbers[-1].people for row in found.facts.trends[0].rows][-1] == "60"
    assert levels["fewer"].current == SEEN_AT_LOOKS
    assert levels["others_booked"].current == "none yet"
    assert levels["reduction"].current == "estimated by its plan"
    assert any("booked is shown of people offered the programme alone" in str(each)
               for each in found.findings)  # fmt: skip


def test_whatever_happens_to_the_control_group_the_page_is_the_same(folder: Path) -> None:
    """R139: performance to target cannot tell how a control group fares."""
    before = shown_facts(open_folder(folder), as_of=ON).facts
    bookings = folder / "feeds" / "jail" / "bookings.csv"
    header, *rows = bookings.read_text().splitlines()
    kept = [row for row in rows if int(row.split(",")[1].partition("-")[2]) % 2 == 0]
    assert 0 < len(kept) < len(rows)
    more = [f"more{at},p0-{at},2024-03-01,2024-03-01,actual" for at in range(1, 60, 2)]
    bookings.write_text("\n".join([header, *kept, *more]) + "\n")
    after = shown_facts(open_folder(folder), as_of=ON).facts

    for shown in ("levels", "trends", "flows", "performance", "charts"):
        assert getattr(after, shown) == getattr(before, shown)


def test_a_measure_of_the_treated_is_left_as_it_is(tmp_path: Path) -> None:
    coached = {**MEASURE, "population": {"says": "The coached", "arms": ["coach"]}}
    deal = read(a_watched_deal(tmp_path / "deal", others={"booked": {**USUAL, "measure": coached}}))

    assert without_control(deal).outcomes["booked"] == deal.outcomes["booked"]
    assert not list(left_out(deal))
