"""Access to data, its critical path, and systems older than their interval."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from payforsuccess.governance.conditions.data_access import THEME, path_on
from payforsuccess.governance.critical_path import data_path
from payforsuccess.governance.initiative.agreements import DataAccess
from tests.lib.initiatives import ON, facts_of, missing, said, shown_by


def access(source: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "source": source,
        "holder": "Sheriff",
        "regime": "California criminal-record law; Counsel checks",
        "agreement_needed": "data use licence",
        "status": "not-asked",
        "days_expected": "60",
    }
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


HERE = access("jail", status="received", asked_on="2026-01-01", first_file_on="2026-04-11")


def test_access_is_agreed_for_every_source() -> None:
    """R95."""
    assert "No source" in missing(THEME, "data-access-agreed", facts_of())
    facts = facts_of(data_access=[HERE, access("shelter")])
    assert "shelter (not-asked)" in missing(THEME, "data-access-agreed", facts)
    assert shown_by(THEME, "data-access-agreed", facts_of(data_access=[HERE]))


def test_days_run_from_the_request_to_the_first_file_or_to_now() -> None:
    """R95: 1 January to 11 April is 100 days; 1 May to 1 June is 31."""
    asked = access("shelter", status="asked", asked_on="2026-05-01", days_expected="30")
    path = path_on(facts_of(data_access=[HERE, asked, access("court")]))
    assert path is not None
    assert [one.days for one in path.sources] == [100, 31, None]
    assert [one.days_late for one in path.sources] == [40, 1, 0]


def test_the_critical_path_is_the_chain_that_takes_longest() -> None:
    """R95: 10 days of asking, then 60, then 20; another of 80 days stands alone."""
    path = path_on(
        facts_of(
            data_access=[
                access("key", days_expected="10"),
                access("jail", waits_for=["key"]),
                access("linked", waits_for=["jail", "health"], days_expected="20"),
                access("health", days_expected="20"),
                access("court", days_expected="80"),
            ]
        )
    )
    assert path is not None
    assert path.chain == ("key", "jail", "linked")
    assert path.ready_on == date(2026, 8, 30)
    assert path.untold == ()


def test_what_is_late_is_expected_today_at_the_earliest() -> None:
    """R95."""
    late = access("shelter", status="asked", asked_on="2026-01-01", days_expected="30")
    path = data_path([DataAccess.model_validate(late)], on=ON)
    assert path.ready_on == ON


def test_no_day_is_told_where_nobody_said_how_long_it_takes() -> None:
    """R95."""
    facts = facts_of(data_access=[access("jail"), access("court", days_expected=None)])
    path = path_on(facts)
    assert path is not None
    assert path.ready_on is None
    assert path.untold == ("court",)
    (found,) = said(THEME.findings(facts))
    assert "as far as it is known: jail. Nobody said how long these take: court." in found


def test_nothing_is_said_once_every_file_is_there() -> None:
    """R95."""
    assert said(THEME.findings(facts_of(data_access=[HERE]))) == []


@pytest.mark.parametrize(
    ("accesses", "says"),
    [
        ([access("a", waits_for=["b"])], "no source on file"),
        ([access("a", waits_for=["a"])], "waits for itself"),
        ([access("a", waits_for=["b"]), access("b", waits_for=["a"])], "waits for itself"),
        ([HERE | {"asked_on": "2026-04-12"}], "before it was asked for"),
        ([access("a", status="received")], "is not given"),
    ],
)
def test_what_cannot_be_is_a_problem(accesses: list[dict[str, Any]], says: str) -> None:
    """R95."""
    assert says in said(THEME.problems(facts_of(data_access=accesses)))[0]


@given(st.lists(st.tuples(st.integers(1, 200), st.sets(st.integers(0, 5))), max_size=6))
def test_no_source_is_ready_before_what_it_waits_for(plan: list[tuple[int, set[int]]]) -> None:
    """R95: each source waits only for those before it, so there is no circle."""
    accesses = [
        DataAccess.model_validate(
            access(
                f"s{at}",
                days_expected=str(days),
                waits_for=[f"s{other}" for other in sorted(waits) if other < at],
            )
        )
        for at, (days, waits) in enumerate(plan)
    ]
    path = data_path(accesses, on=ON)
    ready = {one.access.source: one.expected_on for one in path.sources}
    for one in path.sources:
        assert one.expected_on is not None
        for name in one.access.waits_for:
            before = ready[name]
            assert before is not None and one.expected_on > before
    if accesses:
        assert path.ready_on == max(day for day in ready.values() if day is not None)
        assert ready[path.chain[-1]] == path.ready_on


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ("2026-05-25", None),
        ("2026-05-24", "1 day older than its interval of 7 days"),
        (None, "Nobody said when"),
    ],
)
def test_a_system_older_than_its_interval_is_flagged(last: str | None, says: str | None) -> None:
    """R92."""
    system = {
        "name": "jail-feed",
        "owner": "Sheriff",
        "holds": "bookings and releases",
        "refreshed_every_days": "7",
        "quality": "fair",
        **({"last_refreshed_on": last} if last else {}),
    }
    found = said(THEME.findings(facts_of(systems=[system])))
    assert found == [] if says is None else says in found[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"days_expected": "99999999"}, "more than ten years"),
        ({"asked_on": "9999-12-30"}, "too far ahead"),
    ],
)
def test_days_beyond_every_calendar_are_refused(changes: dict[str, str], says: str) -> None:
    """R95: a path that no calendar holds is a mistake in the file."""
    source = {"source": "jail", "holder": "Sheriff", "regime": "state law", "status": "asked"}
    with pytest.raises(ValidationError, match=says):
        DataAccess.model_validate({**source, "agreement_needed": "licence", **changes})
