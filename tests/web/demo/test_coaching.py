"""Coaching by Lot, the second initiative of the made-up county: its deal and its stories."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from payforsuccess.runs.check import check
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.demo.coaching.deal import first_day, write_deal
from payforsuccess.web.demo.coaching.jail import write_bookings
from payforsuccess.web.demo.coaching.stories import LAST_DRAW, MISWRITTEN, who_asks
from payforsuccess.web.jobs.own_feeds import names_in
from payforsuccess.web.people.extracts import write_register
from payforsuccess.web.referrals.drawing import draw_for
from payforsuccess.web.referrals.lottery import arms_of
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, by_lot, referred

DAYS = [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)]


@pytest.mark.parametrize("today", DAYS)
def test_the_deal_is_whole_on_any_day_and_has_what_the_first_lacks(
    tmp_path: Path, today: date
) -> None:
    """R114, R135, R137, R139."""
    deal = write_deal(tmp_path, today=today)

    check(tmp_path)
    plan = deal.evaluation["bookings"]
    assert plan.lottery is not None and plan.monitoring is not None  # type: ignore[union-attr]
    assert [look.on < today for look in plan.looks] == [True, False]
    assert deal.linkage is not None and deal.linkage.review is not None
    assert "illustrative" in deal.deal and "synthetic" in deal.deal
    reviewers = next(p for p in deal.parties if p.name == "Example Review Office")
    assert reviewers.roles == ("adviser",)
    assert open_folder(tmp_path).history().latest == deal


@pytest.mark.parametrize("today", DAYS)
def test_the_last_who_ask_wait_for_the_draw_and_a_few_names_are_written_otherwise(
    today: date,
) -> None:
    asked = list(who_asks(first=first_day(today), today=today, people=52))

    assert all(one.release_on < today for one in asked)
    assert all(one.drawn_on < today for one in asked[:-LAST_DRAW])
    assert 3 <= sum(one.miswritten is not None for one in asked) <= len(MISWRITTEN)
    assert [one.number for one in asked] == list(range(1, 53))


def test_the_jail_tells_nothing_of_days_that_lie_ahead(tmp_path: Path) -> None:
    today = DAYS[0]
    asked = list(who_asks(first=first_day(today), today=today, people=52))
    arms = dict.fromkeys(range(1, 49), "coach")

    write_bookings(
        tmp_path / "bookings.csv", asked, arms, treated="coach", through=today - timedelta(1)
    )

    rows = list(csv.DictReader((tmp_path / "bookings.csv").open(encoding="utf-8")))
    assert all(row["booked_at"] < today.isoformat() for row in rows)
    assert all(row["released_at"] < today.isoformat() for row in rows)
    assert {row["release_type"] for row in rows if not row["released_at"]} <= {""}


def test_the_register_has_the_arms_of_the_sealed_list(tmp_path: Path, db: None) -> None:
    """R137: the arm that goes to the evaluator is that of the list, for those not placed too."""
    cast = by_lot(tmp_path)
    for family in ("Alder", "Birch", "Cedar", "Dale"):
        draw_for(by=cast.access("jail-liaison"), referral=referred(cast, family=family))
    arms = arms_of(cast.initiative)

    write_register(cast.initiative, tmp_path / "register.csv", arms=arms)

    rows = list(csv.DictReader((tmp_path / "register.csv").open(encoding="utf-8")))
    assert {row["person_ref"]: row["arm"] for row in rows} == arms
    assert len(arms) == 4 and "given_name" not in rows[0]


def test_where_nobody_is_drawn_there_are_no_arms(db: None) -> None:
    assert arms_of(by_answer().initiative) == {}


def test_names_go_out_where_people_are_matched_and_the_agreement_permits_them(
    tmp_path: Path, county: Cast
) -> None:
    """The trusted party that matches needs them; nobody else's register has any."""
    deal = write_deal(tmp_path, today=DAYS[0])
    register = deal.data[0]
    write_register(
        county.initiative, tmp_path / "none.csv", arms={}, identifiers=("given_name", "born_on")
    )

    assert names_in(deal, register) == ("given_name", "family_name", "born_on")
    assert names_in(deal.model_copy(update={"linkage": None}), register) == ()
    header = (tmp_path / "none.csv").read_text("utf-8").splitlines()[0]
    assert header.endswith("language,given_name,born_on")
