"""R71: every referral counts once, with the days to each stage, in SQL and in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.measures import EnrolmentRow, PlainRecords, SpellRow, Tables
from payforsuccess.measures.referral_flow import (
    STANDINGS,
    Flow,
    Referral,
    compile_flow,
    compile_referrals,
    flow_of,
    lower_median,
    reference_referrals,
)
from payforsuccess.store import Store, open_store
from tests.spec.drawing import arrow_tables

FIRST = date(2026, 1, 1)
TODAY = date(2026, 6, 30)


def after(days: int) -> date:
    return FIRST + timedelta(days)


def referral(number: int, **facts: object) -> EnrolmentRow:
    stated = {"referred_on": FIRST, "referred_by": "court", **facts}
    return EnrolmentRow(enrolment=f"e{number}", person=f"p{number}", row=number, **stated)  # type: ignore[arg-type]


def both(records: PlainRecords, store: Store, offered: tuple[str, ...] = ()) -> list[Referral]:
    """The referrals, which both readings must give."""
    tables = Tables.of(store.tables_from(arrow_tables(records)))
    compiled = compile_referrals(tables, on=TODAY, state="housed", offered=offered)
    found = [Referral(**row) for row in store.run(compiled.order_by("enrolment")).to_pylist()]
    assert found == reference_referrals(records, on=TODAY, state="housed", offered=offered)
    return found


def flow(records: PlainRecords, store: Store) -> Flow:
    tables = Tables.of(store.tables_from(arrow_tables(records)))
    compiled = compile_flow(compile_referrals(tables, on=TODAY, state="housed"))
    return flow_of(store.run(compiled).to_pylist())


JOURNEY = {
    "eligible_on": after(3),
    "accepted_on": after(5),
    "enrolled_on": after(10),
}


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({}, "waiting"),
        ({"eligible_on": after(3)}, "waiting"),
        ({"declined_on": after(3), "decline_reason": "no-place"}, "declined"),
        (JOURNEY, "active"),
        ({**JOURNEY, "exited_on": after(90)}, "exited"),
        ({"arm": "usual"}, "not_drawn"),
        ({"arm": "usual", "declined_on": after(1)}, "declined"),
        ({"arm": "aid"}, "waiting"),
        # what lies after the day has not happened yet
        ({**JOURNEY, "exited_on": TODAY + timedelta(1)}, "active"),
        ({"enrolled_on": TODAY + timedelta(1)}, "waiting"),
        ({"enrolled_on": TODAY}, "active"),
    ],
)
def test_a_referral_stands_in_one_place(facts: dict[str, object], stands: str) -> None:
    with open_store() as store:
        (found,) = both(PlainRecords((referral(1, **facts),)), store, offered=("aid",))

    assert {name: getattr(found, name) for name in STANDINGS} == {
        name: int(name == stands) for name in STANDINGS
    }


def test_days_run_from_the_referral_and_a_home_counts_from_the_first_day_in_it() -> None:
    stays = (
        SpellRow(state="housed", person="p1", start_on=after(-90), end_on=after(0), row=1),
        SpellRow(state="housed", person="p1", start_on=after(40), end_on=after(50), row=2),
        SpellRow(state="jailed", person="p1", start_on=after(20), row=3),
        SpellRow(state="housed", person="p2", start_on=after(-90), end_on=after(1), row=4),
        SpellRow(state="housed", person="p3", start_on=TODAY + timedelta(1), row=5),
    )
    people = (referral(1, **JOURNEY), referral(2, **JOURNEY), referral(3, **JOURNEY))
    with open_store() as store:
        moved, was_housed, never = both(PlainRecords(people, stays), store)

    assert (moved.eligible, moved.accepted, moved.enrolled, moved.housed) == (3, 5, 10, 40)
    assert (was_housed.housed, never.housed) == (0, None)


def test_a_home_of_someone_never_enrolled_is_no_stage_of_the_flow() -> None:
    stay = SpellRow(state="housed", person="p1", start_on=after(40), row=1)
    with open_store() as store:
        (found,) = both(PlainRecords((referral(1),), (stay,)), store)
    assert (found.enrolled, found.housed) == (None, None)


def test_a_later_referral_and_an_enrolment_without_one_are_not_counted() -> None:
    rows = (referral(1, referred_on=TODAY + timedelta(1)), referral(2, referred_on=None))
    with open_store() as store:
        assert both(PlainRecords(rows), store) == []


def test_the_flow_counts_by_stage_and_closes() -> None:
    rows = (
        referral(1),
        referral(2, eligible_on=after(2), declined_on=after(9)),
        referral(3, eligible_on=after(4), enrolled_on=after(20)),
        referral(4, eligible_on=after(7), enrolled_on=after(30), exited_on=after(60)),
    )
    with open_store() as store:
        found = flow(PlainRecords(rows), store)

    assert found.referred == 4
    assert found.reached == {"eligible": 3, "accepted": 0, "enrolled": 2, "housed": 0}
    assert found.median_days == {"eligible": 4, "accepted": None, "enrolled": 20, "housed": None}
    assert found.standing == {
        "exited": 1,
        "active": 1,
        "declined": 1,
        "waiting": 1,
        "not_drawn": 0,
    }
    assert found.apart == 0


def test_records_that_contradict_themselves_do_not_close() -> None:
    rows = (referral(1), referral(2, declined_on=after(2), enrolled_on=after(3)))
    with open_store() as store:
        assert flow(PlainRecords(rows), store).apart == 1


@given(st.lists(st.integers(-3, 5), min_size=1, max_size=9))
def test_the_median_is_the_lower_middle(numbers: list[int]) -> None:
    assert lower_median({n: numbers.count(n) for n in numbers}) == median_low(numbers)


DAYS = st.one_of(st.none(), st.integers(-2, 200).map(after))


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "referred_on": DAYS,
                "eligible_on": DAYS,
                "enrolled_on": DAYS,
                "declined_on": DAYS,
                "exited_on": DAYS,
                "arm": st.sampled_from([None, "aid", "usual"]),
                "referred_by": st.sampled_from([None, "court", "self"]),
            }
        ),
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(1, 5), st.integers(-50, 200), st.integers(1, 90)), max_size=5),
)
def test_both_readings_agree(
    people: list[dict[str, object]], stays: list[tuple[int, int, int]]
) -> None:
    records = PlainRecords(
        tuple(referral(at, **facts) for at, facts in enumerate(people, 1)),
        tuple(
            SpellRow(
                state="housed",
                person=f"p{who}",
                start_on=after(start),
                end_on=after(start + length),
                row=at,
            )
            for at, (who, start, length) in enumerate(stays, 1)
        ),
    )
    with open_store() as store:
        both(records, store, offered=("aid",))
