"""Match rates by arm (R136): reported as counts, and a problem beyond the plan's limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import ENROLMENTS, LINKED_PEOPLE
from payforsuccess.errors import Refusal
from payforsuccess.runs.link.files import latest_links
from payforsuccess.runs.link.link import link_people
from payforsuccess.runs.link.match_rates import MatchRates, gap_findings, gap_problems, match_rates
from payforsuccess.runs.link.sides import sides_of
from payforsuccess.store import Store, open_store, typed_table, write_snapshot
from tests.lib.deals import a_deal
from tests.lib.identities import identities
from tests.lib.parts import parts_of

ARMS = {"a1": "services", "a2": "services", "a3": "services", "b1": "usual", "b2": "usual"}


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def a_linked_deal(**plan: Any) -> Deal:
    source = {
        "layout": "jail-bookings",
        "held_by": [{"name": "Alder County"}],
        "says": "made-up people",
        "complete_through": "2025-12-31",
        "refreshed": "month",
        "public": {"licence": "none", "source": "made up for a test"},
    }
    data = [{"feed": feed, **source} for feed in ("referrals", "jail", "hmis")]
    data.append({**source, "feed": "services", "ids_of": "referrals"})
    linkage = {
        "anchor": "referrals",
        "feeds": ["jail", "hmis", "services"],
        "threshold": "0.9",
        **plan,
    }
    return a_deal(data=data, linkage=linkage)


def rates(
    deal: Deal, store: Store, folder: Path, of: dict[str, str], arms: dict[str, str] | None = None
) -> tuple[MatchRates, ...]:
    """Five people assigned; `of` says whose records the jail's and HMIS's are."""
    snapshot = write_snapshot(
        parts_of(_tables(of, ARMS if arms is None else arms)), folder, store=store
    )
    sides = sides_of(deal, snapshot, store=store)
    people = {key: key for key in ARMS} | of
    linked = typed_table(
        LINKED_PEOPLE, {"record": sorted(people), "person": [people[key] for key in sorted(people)]}
    )
    return match_rates(deal, snapshot, sides, linked, store=store)


def _tables(of: dict[str, str], arms: dict[str, str]) -> dict[str, pa.Table]:
    rows = [
        *(
            {"person": key, "given_name": f"Ada{key}", "family_name": "Ash", "feed": "referrals"}
            for key in ARMS
        ),
        *(
            {
                "person": key,
                "given_name": f"Ada{key}",
                "family_name": "Ash",
                "feed": "jail" if key.startswith("j") else "hmis",
            }
            for key in of
        ),
    ]
    keys = list(arms)
    enrolments = typed_table(
        ENROLMENTS,
        {
            "enrolment": keys,
            "person": keys,
            "assigned_on": [date(2025, 1, 1)] * len(keys),
            "arm": list(arms.values()),
            "feed": ["referrals"] * len(keys),
            "row": list(range(1, len(keys) + 1)),
        },
    )
    return {"identities": identities(*rows), "enrolments": enrolments}


def test_rates_are_counted_by_feed_and_arm(store: Store, tmp_path: Path) -> None:
    """By hand: two of three and one of two in the jail; nobody, and one of two, in HMIS."""
    of = {"j1": "a1", "j2": "a1", "j3": "a2", "j4": "b1", "j9": "j9", "h1": "b1"}
    jail, hmis = rates(a_linked_deal(), store, tmp_path, of)

    assert (jail.feed, hmis.feed) == ("jail", "hmis")
    assert [(a.arm, a.matched, a.people) for a in jail.arms] == [
        ("services", 2, 3),
        ("usual", 1, 2),
    ]
    assert [(a.arm, a.matched, a.people) for a in hmis.arms] == [
        ("services", 0, 3),
        ("usual", 1, 2),
    ]
    assert jail.gap == Fraction(1, 6)


def test_the_intervals_are_wilsons(store: Store, tmp_path: Path) -> None:
    """One of two: Wilson (1927) gives 9.45% to 90.55%, none of three 0% to 56.15%."""
    _, hmis = rates(a_linked_deal(), store, tmp_path, {"j1": "a1", "h1": "b1"})

    assert hmis.arms[0].interval == (Decimal("0.0000"), Decimal("0.5615"))
    assert hmis.arms[1].interval == (Decimal("0.0945"), Decimal("0.9055"))


def test_a_gap_is_a_problem_only_above_the_plans_limit(store: Store, tmp_path: Path) -> None:
    of = {"j1": "a1", "j3": "a2", "j4": "b1", "h1": "a1", "h2": "b1"}
    found = rates(a_linked_deal(), store, tmp_path, of)

    assert [rate.gap for rate in found] == [Fraction(1, 6), Fraction(1, 6)]
    assert gap_problems(a_linked_deal(), found) == []
    assert gap_problems(a_linked_deal(match_rate_gap="17%"), found) == []
    problems = gap_problems(a_linked_deal(match_rate_gap="16%"), found)
    assert len(problems) == 2
    assert "lie 16.67% apart, and the plan allows 16%" in problems[0].what


def test_a_limit_without_arms_is_a_finding(store: Store, tmp_path: Path) -> None:
    deal = a_linked_deal(match_rate_gap="5%")
    found = rates(deal, store, tmp_path, {"j1": "a1"}, arms={})

    assert found == ()
    assert "no record says who was assigned" in gap_findings(deal, found)[0].what


def test_a_person_counts_in_the_arm_of_their_first_assignment(store: Store, tmp_path: Path) -> None:
    [jail, _] = rates(a_linked_deal(), store, tmp_path, {"j1": "a1", "b1": "a1"})

    assert [(arm.arm, arm.people) for arm in jail.arms] == [("services", 3), ("usual", 1)]


def test_a_gap_stops_the_run_and_leaves_the_links_for_review(store: Store, tmp_path: Path) -> None:
    """Nobody is found in any feed but through one arm's clear identifiers."""
    rows = [
        {
            "person": key,
            "given_name": name,
            "family_name": "Ash",
            "born_on": date(1980, 1, day),
            "ssn": f"90012345{day}",
            "feed": feed,
        }
        for day, name in enumerate(("Ada", "Bo", "Cyra", "Dov", "Eve"), 1)
        for key, feed in ((sorted(ARMS)[day - 1], "referrals"), (f"j{day}", "jail"))
        if feed == "referrals" or day <= 3
    ]
    tables = {**_tables({}, ARMS), "identities": identities(*rows)}
    snapshot = write_snapshot(parts_of(tables), tmp_path / "snapshots", store=store)
    deal = a_linked_deal(match_rate_gap="10%")

    with pytest.raises(Refusal, match="jail: the match rates of the arms lie 100% apart"):
        link_people(deal, snapshot, store=store, folder=tmp_path / "links")
    assert latest_links(tmp_path / "links") is not None
    allowed = a_linked_deal(match_rate_gap="100%")
    linked = link_people(allowed, snapshot, store=store, folder=tmp_path / "links")
    assert linked.rates[0].gap == 1
