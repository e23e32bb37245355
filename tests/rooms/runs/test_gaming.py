"""Checks before a determination find planted gaming, and nothing where there is none (R120)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import ENROLMENTS, EVENTS, SPELLS, TRAITS
from payforsuccess.errors import Refusal
from payforsuccess.measures.gaming import compile_ends_around
from payforsuccess.measures.tables import Tables
from payforsuccess.runs.track.gaming import (
    GamingCheck,
    back_dated,
    bunching,
    declines_by_difficulty,
    exits_by_site,
    gaming_checks,
)
from payforsuccess.runs.track.track import track
from payforsuccess.store import empty_table, open_store, typed_table
from tests.lib.deals import a_deal, a_term
from tests.lib.pfs import pfs
from tests.lib.tracked import OUTCOMES, a_tracked_deal

START = date(2024, 1, 1)
THROUGH = date(2025, 12, 31)
PEOPLE = 400
MEASURE = {**OUTCOMES["homes"]["measure"], "feeds": ["f"]}


def a_gamed_deal() -> Deal:
    usual = {"type": "outcome", "better": "higher", "no_success": "0"}
    return a_deal(
        outcomes={"homes": {**usual, **OUTCOMES["homes"], "measure": MEASURE}},
        people={
            "says": "People with need",
            "start_event": "the day of referral",
            "eligible": [{"field": "need", "test": "at-least", "value": "50"}],
        },
        payments=[a_term(pays_for="homes")],
    )


def county(*, is_gamed: bool) -> dict[str, Any]:
    """400 people with homes from 1 January 2024; where gamed, four ways of bending are planted.

    Homes end evenly over two years; where gamed, 80 end on the tenth day after six months. Needs
    lie evenly from 30 to 80; where gamed, those of 40 to 49 are written as 50. One in eight is
    declined; where gamed, every second one with a need above 65. At East 60 in 100 ends are good,
    at West 50; where gamed, 95 at East.
    """
    random = Random(20)
    enrolments: dict[str, list[object]] = {
        name: [] for name in ("enrolment", "person", "site", "referred_on", "enrolled_on")
    } | {"exited_on": [], "declined_on": []}
    spells: dict[str, list[object]] = {n: [] for n in ("state", "person", "start_on", "end_on")}
    events: dict[str, list[object]] = {n: [] for n in ("kind", "person", "happened_on")}
    traits: dict[str, list[object]] = {n: [] for n in ("trait", "person", "value")}
    for at in range(PEOPLE):
        key, site = f"e{at}", "East" if at % 2 else "West"
        need = 30 + at % 51
        if is_gamed and 40 <= need < 50:
            need = 50
        is_declined = at % 8 == 0 or (is_gamed and need > 65 and at % 2 == 0)
        end = START + timedelta(days=random.randrange(20, 700))
        if is_gamed and at % 5 == 1:
            end = date(2024, 7, 10)
        for name, value in (
            ("enrolment", key),
            ("person", key),
            ("site", site),
            ("referred_on", START),
            ("enrolled_on", None if is_declined else START),
            ("exited_on", None if is_declined else end),
            ("declined_on", START if is_declined else None),
        ):
            enrolments[name].append(value)
        for name, value in zip(traits, ("need", key, Decimal(need)), strict=True):
            traits[name].append(value)
        if is_declined:
            continue
        for name, value in zip(spells, ("housed", key, START, end), strict=True):
            spells[name].append(value)
        chance = (0.95 if is_gamed else 0.6) if site == "East" else 0.5
        if random.random() < chance:
            for name, value in zip(events, ("exit-permanent", key, end), strict=True):
                events[name].append(value)
    return {"enrolments": enrolments, "spells": spells, "events": events, "traits": traits}


@pytest.fixture(scope="module", params=[False, True], ids=["sound", "gamed"])
def checks(request: pytest.FixtureRequest) -> tuple[bool, dict[str, GamingCheck]]:
    layouts = {"enrolments": ENROLMENTS, "spells": SPELLS, "events": EVENTS, "traits": TRAITS}
    made = county(is_gamed=request.param)
    typed = {}
    for name, layout in layouts.items():
        count = len(next(iter(made[name].values())))
        rows = {**made[name], "feed": ["f"] * count, "row": list(range(1, count + 1))}
        typed[name] = typed_table(layout, rows)
    with open_store() as store:
        tables = Tables.of(store.tables_from(typed))
        found = gaming_checks(a_gamed_deal(), tables, store, through=THROUGH, entries=None)
    return request.param, {check.name: check for check in found}


def test_planted_gaming_stands_out_and_nothing_else_does(
    checks: tuple[bool, dict[str, GamingCheck]],
) -> None:
    """R120: ends just after a milestone, declines of the hard, bunching, good ends at one site."""
    is_gamed, found = checks
    assert {name for name, check in found.items() if check.stands_out} == (
        {
            "Ends just after homes is earned",
            "Declines by predicted difficulty (need)",
            "Bunching at a threshold (need 50)",
            "Good ends by site: East",
        }
        if is_gamed
        else set()
    )


def test_each_check_has_count_denominator_and_range(
    checks: tuple[bool, dict[str, GamingCheck]],
) -> None:
    """R120: six months after 1 January is 1 July; counted again from the plain rows."""
    is_gamed, found = checks
    made = county(is_gamed=is_gamed)
    earned = date(2024, 7, 1)
    ends = made["spells"]["end_on"]
    after = found["Ends just after homes is earned"]
    assert after.looked_at is not None
    assert after.beside is not None
    assert (after.looked_at.count, after.looked_at.of) == (
        sum(earned <= end < earned + timedelta(days=30) for end in ends),
        sum(end >= earned for end in ends),
    )
    assert (after.beside.count, after.beside.of) == (
        sum(earned - timedelta(days=30) <= end < earned for end in ends),
        sum(end >= earned - timedelta(days=30) for end in ends),
    )
    assert "% (" in str(after.looked_at)
    good = sum(
        check.looked_at.count
        for name, check in found.items()
        if "Good ends" in name and check.looked_at
    )
    assert good == len(made["events"]["kind"])


def test_what_no_feed_tells_is_said_to_be_not_checked(
    checks: tuple[bool, dict[str, GamingCheck]],
) -> None:
    late = checks[1]["Entries made more than 7 days late"]
    assert late.looked_at is None
    assert "no feed tells when an entry was made" in late.lines()[0]


def test_the_middle_of_the_scores_is_in_the_lower_half() -> None:
    values = [(Fraction(score), 10, declined) for score, declined in ((1, 1), (2, 2), (3, 5))]
    found = declines_by_difficulty("need", values)
    assert found.looked_at is not None
    assert found.beside is not None
    assert (found.looked_at.count, found.looked_at.of) == (5, 10)
    assert (found.beside.count, found.beside.of) == (3, 20)


@pytest.mark.parametrize(("is_floor", "inside"), [(True, 30 + 5), (False, 30 + 7)])
def test_a_threshold_belongs_to_those_inside(is_floor: bool, inside: int) -> None:
    """Within 5 of 50: 46 and 54 are near, 50 passes either way, 45 and 55 are at the edge."""
    values = [(Fraction(v), n, 0) for v, n in ((44, 100), (46, 7), (50, 30), (54, 5), (56, 100))]
    found = bunching("need", values, threshold=Fraction(50), is_floor=is_floor)
    assert found.looked_at is not None
    assert (found.looked_at.count, found.looked_at.of) == (inside, 42)


def test_one_site_alone_is_not_compared_nor_are_ends_of_which_no_one_says_how_they_were() -> None:
    (found,) = exits_by_site([{"site": "North", "exits": 12, "good": 10}])
    assert found.looked_at is None
    (found,) = exits_by_site([{"site": name, "exits": 12, "good": 0} for name in ("North", "East")])
    assert found.not_checked == "no end on record says that it was good"


def test_stays_that_meet_or_overlap_are_one() -> None:
    """R120: three stays of one person, in two feeds, hold from January to July: the end counts."""
    stays = [
        ("a", date(2024, 1, 1), date(2024, 4, 1), "f"),
        ("a", date(2024, 1, 1), date(2024, 3, 1), "g"),
        ("a", date(2024, 4, 1), date(2024, 7, 10), "g"),
        ("b", date(2024, 1, 1), None, "f"),
        ("b", date(2024, 2, 1), date(2024, 3, 1), "g"),
        ("c", date(2024, 1, 1), date(2024, 3, 1), "other"),
    ]
    people = ("a", "b", "c")
    layouts = {"events": EVENTS, "traits": TRAITS}
    typed = {name: empty_table(layout) for name, layout in layouts.items()}
    typed["spells"] = typed_table(
        SPELLS,
        {
            "state": ["housed"] * len(stays),
            "person": [stay[0] for stay in stays],
            "start_on": [stay[1] for stay in stays],
            "end_on": [stay[2] for stay in stays],
            "feed": [stay[3] for stay in stays],
            "row": list(range(1, len(stays) + 1)),
        },
    )
    typed["enrolments"] = typed_table(
        ENROLMENTS,
        {
            "enrolment": list(people),
            "person": list(people),
            "enrolled_on": [START] * 3,
            "feed": ["f"] * 3,
            "row": [1, 2, 3],
        },
    )
    with open_store() as store:
        found = store.run(
            compile_ends_around(
                Tables.of(store.tables_from(typed)),
                state="housed",
                feeds=("f", "g"),
                months=6,
                days=0,
                within=30,
                through=THROUGH,
            )
        ).to_pylist()
    assert found == [{"of_before": 2, "before": 0, "of_after": 2, "after": 1}]


def test_entries_made_late_are_counted_from_a_list(tmp_path: Path) -> None:
    """R120: a week is in time, eight days are late."""
    file = tmp_path / "entries.csv"
    file.write_text(
        "happened_on,recorded_on\n2024-01-01,2024-01-08\n2024-01-01,2024-01-09\n"
        "2024-01-02,2024-01-02\n"
    )
    found = back_dated(file)
    assert found.looked_at is not None
    assert (found.looked_at.count, found.looked_at.of) == (1, 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("happened_on\n2024-01-01\n", "lacks: recorded_on"),
        ("happened_on,recorded_on\nx,y\n", "no day"),
        ("happened_on,recorded_on\n2024-01-01\n", "no day"),
        ("", "lacks: happened_on, recorded_on"),
        ('happened_on,recorded_on\n"2024-01-01"x,2024-01-02\n', "cannot be read as CSV"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "entries.csv"
    file.write_text(text)
    with pytest.raises(Refusal, match=told):
        back_dated(file)


def test_the_validator_sees_them_and_the_page_never_does(tmp_path: Path) -> None:
    """R120: they are printed, and on no page."""
    deal = a_tracked_deal(tmp_path / "deal")
    found = track(deal, as_of=date(2026, 2, 2), validator=True)
    assert "For the validator alone" in str(found)
    names = [check.name for check in found.gaming]
    assert "Good ends by site" in names
    page = found.page.read_text()
    assert "validator" not in page
    refused = pfs("track", str(deal), "--validator", "--release")
    assert refused.code == 10
    assert "cannot be given out" in refused.err
