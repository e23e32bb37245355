"""Lines on rows by person: limits hold for each, the ledger adds up, rows have no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.payments.facts import stated_before
from payforsuccess.payments.ledger import ledger
from payforsuccess.payments.people import PeopleList, rows_from_columns
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import a_statement, history_of, replayed

PERIODS = 3
LIMITS: dict[str, dict[str, Any]] = {
    "a price": {"price": "1/3"},
    "a limit for each person": {"price": "2.345", "limit_each_person": "4"},
    "a limit to date": {"price": "2.345", "limit_each_person": "4", "reads": "to-date"},
    "rounded for each person": {"price": "1/3", "round_each": "person"},
    "a ceiling for each person": {
        "price": "2.5",
        "round_each": "person",
        "ceiling_each_person": "7",
    },
    "a ceiling over both": {
        "price": "2.5",
        "limit_each_person": "4",
        "ceiling": "11",
        "ceiling_each_period": "6",
        "carry_until": "2026-08-01",
    },
    "held": {
        "price": "1/3",
        "conditions": [{"outcome": "kept", "at_least": "3", "otherwise": "held"}],
    },
    "milestones": {},
    "milestones with a ceiling": {"round_each": "person", "ceiling_each_person": "300"},
}
PERSONS = ("a", "b", "c", "d")
some = settings(max_examples=max(settings.default.max_examples // 3, 10))
table = st.fixed_dictionaries(
    {
        (name, period, person): st.integers(0, 4)
        for name in ("homes", "kept")
        for period in range(1, PERIODS + 1)
        for person in PERSONS
    }
)
Rows = dict[tuple[str, int, str], int]


def the_deal(name: str) -> Any:
    kind = "milestones" if name.startswith("milestones") else "unit-price"
    return a_deal(
        payments=[a_term(kind, **LIMITS[name])],
        outcomes={n: an_outcome(n, bounds=WIDE) for n in ("homes", "kept")},
        people={"says": "Adults", "start_event": "release"},
    )


WIDE = {"value": {"least": "0", "most": "1000"}}


def columns_of(rows: Rows, order: Sequence[Any] | None = None) -> dict[str, list[Any]]:
    keys = list(order or rows)
    return {
        "outcome": [key[0] for key in keys],
        "period": [key[1] for key in keys],
        "person": [key[2] for key in keys],
        "quantity": [rows[key] for key in keys],
        "source": [f"feed:{key[1]}{key[2]}" for key in keys],
    }


def as_list(rows: Rows, order: Sequence[Any] | None = None) -> PeopleList:
    return PeopleList(rows_from_columns(columns_of(rows, order)))


def as_arrays(rows: Rows) -> Any:
    from payforsuccess.payments.people_arrays import PeopleArrays

    return PeopleArrays(pyarrow.table(columns_of(rows)))


@pytest.mark.parametrize("name", LIMITS)
@some
@given(table)
def test_the_ledger_adds_up_to_each_line(name: str, rows: Rows) -> None:
    deal, people = the_deal(name), as_list(rows)
    statement = a_statement(deal, None, period=PERIODS, people=people)
    found = replayed(deal, people=people, through=PERIODS)
    made = {(line.period, line.term): line for line in ledger(statement, found, people)}
    assert made.keys() == found.lines.keys()
    for key, line in found.lines.items():
        assert sum(made[key].amounts) == line.amount
        assert all(amount >= 0 for amount in made[key].amounts)


@pytest.mark.parametrize("name", LIMITS)
@some
@given(table)
def test_columns_and_lists_of_people_are_paid_alike(name: str, rows: Rows) -> None:
    deal = the_deal(name)
    one = a_statement(deal, None, period=PERIODS, people=as_list(rows))
    other = a_statement(deal, None, period=PERIODS, people=as_arrays(rows))
    assert one == other


@pytest.mark.parametrize("name", LIMITS)
@some
@given(st.data(), table)
def test_the_order_of_rows_by_person_is_nothing(name: str, data: st.DataObject, rows: Rows) -> None:
    deal = the_deal(name)
    order = data.draw(st.permutations(list(rows)))
    one = a_statement(deal, None, period=PERIODS, people=as_list(rows))
    other = a_statement(deal, None, period=PERIODS, people=as_list(rows, order))
    assert one.fingerprint == other.fingerprint


@pytest.mark.parametrize("name", LIMITS)
@some
@given(table, table)
def test_corrected_rows_add_up_to_what_they_come_to(name: str, old: Rows, new: Rows) -> None:
    """Period 1 and 2 are stated on the old rows, period 3 on the new ones."""
    history = history_of(the_deal(name))
    before, after = as_list(old), as_list(new)
    statements = []
    for period in (1, 2):
        statements.append(
            a_statement(
                history,
                None,
                period=period,
                earlier=statements,
                people=before,
                earlier_people=before if statements else None,
            )
        )
    last = a_statement(
        history,
        None,
        period=3,
        earlier=statements,
        people=after,
        earlier_people=before,
    )
    found = replayed(history, people=after, through=PERIODS)
    stated = stated_before([*statements, last])
    for key, line in found.lines.items():
        assert stated.get(key, 0) == line.amount
    assert {line.cause for line in last.lines} <= {None, "correction", "knock-on"}


@some
@given(table)
def test_no_person_is_paid_past_a_limit(rows: Rows) -> None:
    deal, people = the_deal("a ceiling for each person"), as_list(rows)
    statement = a_statement(deal, None, period=PERIODS, people=people)
    found = replayed(deal, people=people, through=PERIODS)
    paid = [0] * len(PERSONS)
    for line in ledger(statement, found, people):
        paid = [a + b for a, b in zip(paid, line.amounts, strict=True)]
    counts = [sum(rows["homes", n, person] for n in (1, 2, 3)) for person in PERSONS]
    assert paid == [min(250 * count, 7_00) for count in counts]
