"""Facts that change while people are watched: from which day each value counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from payforsuccess.measures import Tables, compile_event_count
from payforsuccess.measures.changing_facts import compile_changes, with_changes
from payforsuccess.store import Store, open_store
from tests.spec.drawing import Spec, arrow_tables

SPEC = Spec(
    rule="",
    measure={
        "kind": "event-count",
        "event": "arrest",
        "counts": "each",
        "window": "30 days",
        "starts_at": "assignment",
    },
    expected="",
    enrolments="""
        enrolment | person | assigned_on | arm  | feed
        e1        | ana    | 2024-01-10  | aid  | intake
        e2        | ben    | 2024-01-10  | none | intake
        e3        | cem    | 2024-01-01  | none | intake
        e4        | ana    | 2024-02-10  | aid  | intake
    """,
    spells="""
        state  | person | start_on   | end_on     | feed
        housed | ana    | 2024-01-12 | 2024-01-20 | homes
        housed | ana    | 2024-01-20 | 2024-01-25 | homes
        housed | ben    | 2023-12-01 | 2024-01-11 | homes
        housed | ben    | 2023-11-01 | 2023-11-05 | homes
    """,
    traits="""
        trait    | person | as_of      | value | label
        score    | ana    |            | 1     |
        score    | ana    | 2023-12-01 | 2     |
        score    | ana    | 2024-01-10 | 3     |
        score    | ana    | 2024-01-11 | 5     |
        score    | ana    | 2024-01-11 | 4     |
        language | ben    | 2024-01-09 |       | Twi
        language | ben    | 2024-01-15 |       | English
    """,
    feeds_seen={"intake": "2024-12-31", "homes": "2024-12-31", "court": "2024-12-31"},
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def listed(store: Store, facts: tuple[str, ...] = (), **states: str) -> dict[str, list[Any]]:
    """Of each enrolment in order, each fact's days with their values."""
    tables = Tables.of(store.tables_from(arrow_tables(SPEC.records)))
    found = store.run(compile_event_count(SPEC.built, tables, seen=SPEC.seen))
    results = store.tables_from({"found": found})["found"]
    changes = store.run(
        compile_changes(results, tables, seen=SPEC.seen, facts=facts, states=states)
    )
    names = [*facts, *states]
    rows = with_changes(found, changes, names)
    assert rows["enrolment"].to_pylist() == ["e1", "e2", "e3", "e4"]
    return {
        name: [
            [(one["day"], one["label"] if one["label"] else one["value"]) for one in person]
            for person in rows[f"{name}:since"].to_pylist()
        ]
        for name in names
    }


def test_a_fact_is_as_last_known_at_the_start_and_then_as_it_changes(store: Store) -> None:
    """A value of the day after the start is of day 2; of two of one day the smaller counts."""
    found = listed(store, ("score", "language"))

    assert found["score"] == [[(0, 3), (2, 4)], [], [], [(0, 4)]]
    assert found["language"] == [[], [(0, "Twi"), (6, "English")], [], []]


def test_a_state_is_one_within_its_spells_and_everyone_else_is_outside(store: Store) -> None:
    """Spells that touch are one; the first day out is a change like the first day in."""
    found = listed(store, home="housed")

    assert found["home"] == [
        [(0, 0), (3, 1), (16, 0)],
        [(0, 1), (2, 0)],
        [(0, 0)],
        [(0, 0)],
    ]


def test_facts_and_states_stand_side_by_side(store: Store) -> None:
    found = listed(store, ("score",), home="housed", bed="sheltered")

    assert list(found) == ["score", "home", "bed"]
    assert found["bed"] == [[(0, 0)]] * 4
