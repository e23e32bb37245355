"""What each part of a deal takes from its feeds, and how far each feed is from being in use."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.deal.access import access_on, critical_path
from payforsuccess.deal.data import DataSource
from payforsuccess.deal.needs import needs_of
from tests.lib.asked import ENROLMENTS, JAIL, MEASURE, a_deal_to_ask_for
from tests.lib.deals import a_deal, an_outcome

DAY = date(2026, 2, 1)


def jail(**agreement: Any) -> DataSource:
    """The jail's feed with its agreement changed."""
    return DataSource.model_validate({**JAIL, "agreement": {**JAIL["agreement"], **agreement}})


def test_a_measure_takes_what_it_counts_and_what_ends_its_watching_from_its_feeds() -> None:
    need = needs_of(a_deal_to_ask_for())[0]

    assert (need.part, need.name, need.feeds, need.waits_for_all) == (
        "outcome",
        "jail_days",
        ("jail",),
        True,
    )
    assert {("spells", "jailed"), ("events", "death"), ("events", "move")} <= need.takes
    assert ("spells", "housed") not in need.takes


def test_a_measure_takes_enrolments_from_whoever_has_them() -> None:
    need = needs_of(a_deal_to_ask_for())[1]

    assert need.takes == {("enrolments", name) for name in ("enrolment", "person", "enrolled_on")}
    assert (need.feeds, need.waits_for_all) == (("anchor", "jail"), False)


def test_a_measure_takes_arms_and_sites_only_where_it_tells_them_apart() -> None:
    population = {"says": "The offered", "arms": ["a"], "sites": ["north"]}
    outcome = an_outcome("jail_days", measure={**MEASURE, "population": population})

    need = needs_of(a_deal_to_ask_for(outcomes={"jail_days": outcome}))[1]

    assert {("enrolments", "arm"), ("enrolments", "site")} <= need.takes


def test_a_measure_takes_the_exits_that_count_as_good() -> None:
    held = {**MEASURE, "kind": "held-without-break", "state": "housed", "held_for": "6 months"}
    held |= {"lapses": 0, "lapse_days": 0, "good_exits": ["permanent-exit"]}
    outcome = an_outcome("jail_days", measure=held)

    need = needs_of(a_deal_to_ask_for(outcomes={"jail_days": outcome}))[0]

    assert {("spells", "housed"), ("events", "permanent-exit")} <= need.takes


def test_a_measure_across_arms_takes_what_it_measures_for_each_person() -> None:
    across = {"kind": "mean-difference", "of": MEASURE, "treated": "a", "control": "b"}
    outcome = an_outcome("jail_days", measure=across)

    needs = needs_of(a_deal_to_ask_for(outcomes={"jail_days": outcome}))

    assert ("spells", "jailed") in needs[0].takes
    assert any(("enrolments", "arm") in need.takes for need in needs)


def test_linkage_takes_identifiers_unless_they_stay_with_their_holders() -> None:
    hashed = {"anchor": "anchor", "feeds": ["jail"], "threshold": "95%", "method": "keyed-hash"}

    parts = [need.part for need in needs_of(a_deal_to_ask_for())]
    hashed_parts = [need.part for need in needs_of(a_deal_to_ask_for(linkage=hashed))]

    assert "linkage" in parts
    assert "linkage" not in hashed_parts


def test_facts_are_needed_by_equity_tables_and_eligibility() -> None:
    rule = {"field": "age", "test": "at-least", "value": "18"}
    people = {"says": "Adults", "start_event": "release", "eligible": [rule]}

    needs = {
        need.part: need.takes
        for need in needs_of(a_deal_to_ask_for(equity=["race"], people=people))
    }

    assert needs["equity"] == {("traits", "race")}
    assert needs["eligibility"] == {("traits", "age")}


def test_a_deal_with_numbers_by_hand_needs_no_feed() -> None:
    assert needs_of(a_deal()) == ()


@pytest.mark.parametrize(
    ("agreement", "status", "days"),
    [
        ({"requested_on": None}, "not-asked", None),
        ({"requested_on": "2026-03-01"}, "not-asked", None),
        ({}, "asked", 92),
        ({"signed_on": "2026-03-01"}, "asked", 92),
        ({"signed_on": "2026-01-15"}, "signed", 92),
        ({"signed_on": "2025-12-01", "expires_on": "2026-01-31"}, "expired", 92),
    ],
)
def test_a_feed_is_as_far_as_its_papers_are(
    agreement: dict[str, Any], status: str, days: int | None
) -> None:
    access = access_on(jail(**agreement), DAY)

    assert (access.status, access.days, access.is_open) == (status, days, True)


def test_a_feed_in_use_says_how_long_it_took() -> None:
    access = access_on(DataSource.model_validate(ENROLMENTS), DAY)

    assert (access.status, access.days, access.is_open) == ("in-use", 122, False)


def test_the_holder_is_the_one_of_the_day() -> None:
    assert access_on(jail(), date(2025, 12, 31)).holder == "Old Sheriff"
    assert access_on(jail(), date(2026, 1, 1)).holder == "Alder Sheriff"


def test_public_data_wait_for_no_one() -> None:
    public = {**JAIL, "agreement": None, "public": {"licence": "MIT", "source": "A book"}}

    access = access_on(DataSource.model_validate(public), DAY)

    assert (access.status, access.is_open) == ("public", False)


def test_a_part_waits_first_for_the_feed_furthest_from_use() -> None:
    court = {
        **JAIL,
        "feed": "court",
        "layout": "court-cases",
        "agreement": {**JAIL["agreement"], "requested_on": None},
    }
    outcome = an_outcome("jail_days", measure={**MEASURE, "feeds": ["jail", "court"]})
    deal = a_deal_to_ask_for(data=[ENROLMENTS, JAIL, court], outcomes={"jail_days": outcome})

    waiting = {part.name: part.feeds for part in critical_path(deal, DAY)}

    assert waiting == {"jail_days": ("court", "jail"), "linkage": ("jail",)}


def test_nothing_waits_once_every_feed_is_in_use() -> None:
    there = {
        **JAIL,
        "agreement": {**JAIL["agreement"], "signed_on": "2025-12-01"},
        "first_received_on": "2026-01-15",
    }

    assert critical_path(a_deal_to_ask_for(data=[ENROLMENTS, there]), DAY) == ()
