"""`track` says what is on track, what is done where it is not, and what is more than chance.

The numbers are counted by hand from the made-up people of `tests.lib.tracked`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import Release
from payforsuccess.errors import Refusal
from payforsuccess.governance.initiative import Initiative
from payforsuccess.reports.charts.control import control_in_words, control_table
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.track.control import control_charts
from payforsuccess.runs.track.track import track
from payforsuccess.runs.track.tracked import Tracked
from payforsuccess.runs.track.trends import ALL, Count, Course
from tests.lib.assumed import ENROLMENT, a_count, assumed
from tests.lib.initiatives import LEAST, facts_of
from tests.lib.tracked import a_tracked_deal

TODAY = date(2026, 2, 2)
ACTION = {
    "name": "reminders",
    "metric": "returns",
    "says": "Remind people of every hearing",
    "owner": "Ash",
    "opened_on": "2026-01-15",
    "due": "2026-01-31",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = a_tracked_deal(tmp_path_factory.mktemp("performance") / "deal")
    deal = json.loads((folder / "deal.yaml").read_text())
    deal["outcomes"]["homes"]["leading"] = [
        {"says": "How fast people enrol", "kind": "enrolment-pace"},
        {"says": "How fast they are housed", "kind": "days-to-housing"},
        {"says": "How often they meet", "kind": "other"},
    ]
    (folder / "deal.yaml").write_text(json.dumps(deal))
    (folder / "initiative.yaml").write_text(json.dumps({**LEAST, "actions": [ACTION]}))
    return folder


@pytest.fixture(scope="module")
def tracked(folder: Path) -> Tracked:
    return track(folder, as_of=TODAY)


def test_each_outcome_has_expected_actual_and_a_rating(tracked: Tracked) -> None:
    """R85: 24 of 24; 25 by 33.33 where less is better; 4,000 by 3,600."""
    assert [
        (one.outcome, one.actual, one.expected, one.ratio, one.rating)
        for one in tracked.performance
    ] == [
        ("homes", "24", "24", "1.00", "on track"),
        ("returns", "33.3333 (100/3)", "25", "0.75", "off track"),
        ("spending", "3,600", "4,000", "1.11", "on track"),
    ]
    assert {one.expected_from for one in tracked.performance} == {"the deal's target"}


def test_what_is_off_track_shows_its_action_and_what_is_overdue(tracked: Tracked) -> None:
    """R85."""
    returns = tracked.performance[1]
    assert returns.action == "Remind people of every hearing (Ash, due 2026-01-31, 2 days overdue)"
    told = [finding.what for finding in tracked.findings if finding.topic == "performance"]
    assert len(told) == 1
    assert "2 days overdue" in told[0]
    assert "Remind people of every hearing" in str(tracked)
    page = tracked.page.read_text()
    assert "On track or not" in page
    assert "proposal of this program" in page


def test_early_signs_are_read_from_the_referrals(tracked: Tracked) -> None:
    """R85: what is paid for arrives months later."""
    assert tracked.performance[0].leading == (
        "How fast people enrol: 36 enrolled of 60 referred",
        "How fast they are housed: 30 days (median), of 36 housed",
        "How often they meet: not read from these records",
    )
    assert "homes states no leading" not in str(tracked.findings)


def test_a_hidden_number_gets_no_rating(folder: Path) -> None:
    """What is rated is what may be shown: a rating never tells of a hidden number."""
    from payforsuccess.runs.track.performance import read_beside, performance_of  # noqa: I001
    from payforsuccess.runs.measure.measure import Measured, MeasuredOutcome
    from payforsuccess.deal.results import Result
    import pyarrow as pa

    deal = open_folder(folder).history().latest
    course = Course((2,), (ALL,), {(ALL, 2): Count(24, 36, Fraction(24))}, True, outcome="homes")
    result = Result(outcome="homes", period=2, value=Fraction(24))
    measured = Measured(
        (MeasuredOutcome("homes", (result,), pa.table({}), "", ""),), pa.table({}), ()
    )
    hidden = Release({}, frozenset(), {})
    found = performance_of(
        deal, measured, {"homes": course}, (), hidden, read_beside(folder, deal), on=TODAY
    )
    assert (found.rows[0].rating, found.rows[0].actual) == (
        "too early to say",
        "hidden or not known",
    )


def test_rules_of_ones_own_replace_those_of_the_program(tmp_path: Path) -> None:
    folder = a_tracked_deal(tmp_path / "deal")
    (folder / "performance.yaml").write_text(
        "{format: 1, name: ours, version: 1, says: Ours., on_track_from: 0.7, watch_from: 0.6}"
    )
    found = track(folder, as_of=TODAY)
    assert found.performance[1].rating == "on track"
    (folder / "performance.yaml").write_text(
        "{format: 1, name: ours, version: 1, says: Ours., on_track_from: 0.5, watch_from: 0.6}"
    )
    with pytest.raises(Refusal, match="no lower"):
        track(folder, as_of=TODAY)


def _course(counts: Mapping[int, tuple[int, int]]) -> tuple[Course, Release]:
    course = Course(
        tuple(counts),
        (ALL,),
        {(ALL, at): Count(yes, of, Fraction(yes)) for at, (yes, of) in counts.items()},
        True,
        outcome="homes",
    )
    shown = {}
    for at, (yes, of) in counts.items():
        shown |= {course.cell("reached", ALL, at): yes, course.cell("known", ALL, at): of}
    return course, Release(shown, frozenset(), {})


def test_charts_mark_changes_of_practice(folder: Path) -> None:
    """R86: the change of 1 February 2025 comes after the first of three years."""
    deal: Deal = open_folder(folder).history().latest
    course, release = _course({1: (40, 80), 2: (42, 80), 3: (79, 80)})
    changed = {"on": "2025-02-01", "says": "Calls before each hearing.", "reason": "x"}
    initiative: Initiative = facts_of(
        practice_changes=[
            {**changed, "metric": "homes"},
            {**changed, "metric": "returns", "says": "not this one"},
        ]
    ).initiative
    (chart,) = control_charts(deal, {"homes": course}, release, initiative)
    assert [point.sign for point in chart.points] == ["below", "", "above"]
    assert [(mark.after, mark.on) for mark in chart.marks] == [(1, "2025-02-01")]
    assert "Practice changed on 2025-02-01: Calls before each hearing." in control_in_words(chart)
    assert not chart.is_firm
    assert len(control_table(chart).rows) == 3


def test_a_hidden_period_has_no_point_and_bears_on_no_limit(folder: Path) -> None:
    deal = open_folder(folder).history().latest
    course, release = _course({1: (40, 80), 2: (42, 80), 3: (44, 80)})
    (whole,) = control_charts(deal, {"homes": course}, release, None)
    assert round(whole.middle, 1) == 52.5
    hidden = {name: value for name, value in release.shown.items() if "period 2" not in name}
    assert (
        list(control_charts(deal, {"homes": course}, Release(hidden, frozenset(), {}), None)) == []
    )


def test_what_is_expected_comes_from_the_assumptions_where_there_are_any(tmp_path: Path) -> None:
    """R85: 36 start in the first year, 0.8 of them keep a home a year later: 28.8, so 29 people."""
    folder = a_tracked_deal(tmp_path / "deal")
    enrolment = {
        **ENROLMENT,
        "ramp": [{"period": "1", "people": "36"}, {"period": "2", "people": "0"}],
    }
    plain = assumed(
        enrolment=enrolment,
        outcomes={"homes": a_count("0.8", after="12 months")},
        costs=[],
    ).as_plain()
    (folder / "assumptions.yaml").write_text(json.dumps(plain))
    homes, returns, _ = track(folder, as_of=TODAY).performance
    assert (homes.actual, homes.expected, homes.ratio, homes.rating) == (
        "24",
        "29",
        "0.83",
        "off track",
    )
    assert homes.expected_from == "the assumptions' base case"
    assert homes.when == "to the end of period 2"
    assert returns.expected_from == "the deal's target"
