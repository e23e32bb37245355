"""`track` shows how a deal is going, and nothing from which a small number can be worked out.

The numbers are counted by hand from the made-up people of `tests.lib.tracked`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.disclosure import HIDDEN
from payforsuccess.errors import Refusal
from payforsuccess.reports.track_facts import ShownNumber
from payforsuccess.runs.track.track import track
from payforsuccess.runs.track.tracked import Tracked
from tests.lib.pfs import pfs
from tests.lib.tracked import a_tracked_deal

TODAY = date(2026, 2, 2)


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_tracked_deal(tmp_path_factory.mktemp("tracked") / "deal")


@pytest.fixture(scope="module")
def tracked(deal: Path) -> Tracked:
    return track(deal, as_of=TODAY)


@pytest.fixture(scope="module")
def north(deal: Path) -> Tracked:
    return track(deal, as_of=TODAY, site="North")


def test_homelessness_recidivism_and_spending_have_baseline_target_and_present_level(
    tracked: Tracked,
) -> None:
    """R31."""
    assert [
        (level.outcome, level.baseline, level.target, level.current, level.is_reached)
        for level in tracked.levels
    ] == [
        ("homes", "6", "24", "24", "yes"),
        ("returns", "50", "25", "33.3333 (100/3)", "not yet"),
        ("spending", "5,000", "4,000", "3,600", "yes"),
    ]
    assert {level.of for level in tracked.levels} == {"36 people"}


def test_each_outcome_has_its_course_with_denominators_and_an_interval_where_a_share(
    tracked: Tracked,
) -> None:
    """R96. Wilson's interval of 24 of 36 is 50.3% to 79.8%, of 12 of 36 20.2% to 49.7%."""
    courses = {trend.outcome: trend.rows for trend in tracked.trends}

    assert {name: rows[-1].numbers for name, rows in courses.items()} == {
        "homes": (ShownNumber("24", "36", "67% (50% to 80%)"),),
        "returns": (ShownNumber("12", "36", "33% (20% to 50%)"),),
        "spending": (ShownNumber("3,600", "36"),),
    }
    assert [row.period for row in courses["homes"]] == ["period 2 (2025-01-01 to 2025-12-31)"]


def test_referrals_are_counted_by_source_with_median_days_and_the_flow_closes(
    tracked: Tracked,
) -> None:
    """R71."""
    court, jail, everyone = tracked.flows

    assert [(s.stage, s.count, s.median_days) for s in everyone.stages] == [
        ("eligible", "48", "2"),
        ("accepted", "36", "4"),
        ("enrolled", "36", "10"),
        ("housed", "36", "30"),
    ]
    assert dict(everyone.standing) == {
        "exited": "12",
        "active": "24",
        "declined": "12",
        "waiting": "12",
    }
    assert (court.source, court.referred, jail.source, jail.referred) == (
        "court",
        "36",
        "jail-release",
        "24",
    )
    assert tracked.flow_closes
    assert sum(int(count) for _, count in everyone.standing) == int(everyone.referred)


def test_a_site_sees_its_own_numbers_beside_all_and_neither_tells_of_few(north: Tracked) -> None:
    """Of 12 at the site 8 keep the home and 4 do not, 4 are booked; all 12 are paid."""
    courses = {trend.outcome: trend.rows[-1].numbers for trend in north.trends}

    assert courses["homes"] == (
        ShownNumber(HIDDEN, "12", HIDDEN),
        ShownNumber("24", "36", "67% (50% to 80%)"),
    )
    assert courses["spending"] == (ShownNumber("1,200", "12"), ShownNumber("3,600", "36"))
    assert north.trends[0].shown_for == ("North", "All sites")
    own = north.flows[-2]
    assert own.source == "site North"
    assert dict(own.standing) == dict.fromkeys(dict(own.standing), HIDDEN)


def test_a_feed_beyond_its_interval_is_late_and_a_day_further_the_page_warns(deal: Path) -> None:
    """R68 and R92: data through 31 December, a month being 31 days at most."""
    flagged = {}
    for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2)):
        found = track(deal, as_of=day)
        feeds = {feed.feed: feed for feed in found.feeds}
        page = found.page.read_text()
        flagged[day.isoformat()] = (
            feeds["housing"].is_late,
            feeds["housing"].is_stale,
            "Stale data" in page,
        )
        assert not feeds["jail"].is_late, "what comes once is never late"

    assert flagged == {
        "2026-01-31": (False, False, False),
        "2026-02-01": (True, False, False),
        "2026-02-02": (True, True, True),
    }


def test_the_inventory_says_who_holds_a_feed_how_often_it_comes_and_how_good_it_is(
    tracked: Tracked,
) -> None:
    feeds = {
        feed.feed: (feed.holder, feed.comes, feed.rows, feed.refused) for feed in tracked.feeds
    }

    assert feeds["register"] == ("City of Birch", "every quarter", "about 60", "none")
    assert feeds["housing"] == ("City of Birch", "every month", "about 70", "none")


def test_the_page_shows_the_same_numbers(tracked: Tracked, north: Tracked) -> None:
    page = tracked.page.read_text()

    for said in ("Median days until housed", "67% (50% to 80%)", "The flow closes", "3,600"):
        assert said in page
    assert tracked.page.name == "track.html" and north.page.name == "track-north.html"
    assert "North beside all sites" in north.page.read_text()


def test_an_outcome_without_baseline_or_target_is_a_finding(tmp_path: Path) -> None:
    deal = a_tracked_deal(tmp_path / "deal")
    stated = (deal / "deal.yaml").read_text()
    (deal / "deal.yaml").write_text(stated.replace('"target": "24",', ""))

    found = track(deal, as_of=TODAY)

    assert found.findings[0].what == "The outcome homes states no target and no leading indicator."
    assert (found.levels[0].target, found.levels[0].is_reached) == ("not stated", "not stated")


def test_a_site_that_is_not_on_record_is_refused(deal: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        track(deal, as_of=TODAY, site="Nort")
    assert refusal.value.problems[0].do == "Name one of these: North, South."


def test_a_page_is_given_out_with_its_number_and_kept_where_its_owner_alone_may_look(
    tmp_path: Path,
) -> None:
    deal = a_tracked_deal(tmp_path / "deal")

    said = pfs("track", deal, "--as-of", TODAY.isoformat(), "--release")
    again = track(deal, as_of=TODAY, release=True)

    assert said.code == 0 and "Recorded as release 1" in said.out
    assert again.release == 2 and "release 2" in again.page.read_text()
    assert again.trends == track(deal, as_of=TODAY).trends
    assert again.flows[-1].referred == "60"
    register = deal / "out" / "private-register-of-releases"
    assert register.stat().st_mode & 0o777 == 0o700
    kept = sorted(register.glob("*.json"))
    assert [path.name for path in kept] == ["0001-track.json", "0002-track.json"]
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}


def test_the_page_of_one_site_is_not_given_out(deal: Path) -> None:
    with pytest.raises(Refusal, match="for the parties, and cannot be given out"):
        track(deal, as_of=TODAY, site="North", release=True)


def test_a_register_under_its_former_name_is_not_forgotten(tmp_path: Path) -> None:
    deal = a_tracked_deal(tmp_path / "deal")
    former = deal / "out" / "releases"
    former.mkdir(parents=True)
    (former / "0001-equity.json").write_text("{}")

    with pytest.raises(Refusal, match="where an earlier version kept it"):
        track(deal, as_of=TODAY)


def test_the_command_prints_lines_or_json(deal: Path) -> None:
    said = pfs("track", deal, "--as-of", TODAY.isoformat())
    assert said.code == 0 and "Stale: a new extract should have come of housing" in said.out

    plain = pfs("track", deal, "--as-of", TODAY.isoformat(), "--json").plain
    assert isinstance(plain, dict) and plain["levels"][0]["current"] == "24"
