"""Milestones and certified units earned as they happen: each in the period of its own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from payforsuccess.measures import Tables
from payforsuccess.measures.kinds import EARNED, REFERENCES_EARNED
from payforsuccess.measures.parts import compile_parts, reference_parts
from payforsuccess.store import Store, open_store
from payforsuccess.units import Periods
from tests.spec.drawing import Spec, arrow_tables

QUARTERS = Periods(date(2024, 1, 1), "quarter", date(2024, 12, 31)).all()
FOUR = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
    e3        | cem    | 2024-01-01
    e4        | dee    | 2024-01-01
"""
MOVED_IN = """
    kind     | person | happened_on
    move-in  | ana    | 2024-03-31
    move-in  | ana    | 2024-05-01
    move-in  | ben    | 2024-02-01
    move-out | ben    | 2024-02-15
    move-in  | ben    | 2024-04-01
    move-in  | cem    | 2024-03-20
    transfer | cem    | 2024-04-10
    death    | dee    | 2024-02-01
    move-in  | dee    | 2024-02-02
"""
MILESTONE = {
    "kind": "milestone-reached",
    "milestone": "move-in",
    "window": "12 months",
    "on_transfer": "succeed",
    "earned": "as-it-happens",
}
UNITS = {
    "kind": "certified-units",
    "units": "move-in",
    "certified_by": "Example College",
    "window": "12 months",
    "on_transfer": "succeed",
    "earned": "as-it-happens",
}
CASES: dict[str, tuple[dict[str, Any], list[tuple[str, int, int]]]] = {
    "a milestone on its own day, once": (
        MILESTONE,
        [("e1", 1, 1), ("e2", 1, 1), ("e3", 1, 1)],
    ),
    "one to be kept on the last day of the keeping": (
        {**MILESTONE, "kept_for": "1 month", "lost_by": "move-out"},
        [("e1", 2, 1), ("e2", 2, 1), ("e3", 2, 1)],
    ),
    "units on their days, each of them": (
        UNITS,
        [("e1", 1, 1), ("e1", 2, 1), ("e2", 1, 1), ("e2", 2, 1), ("e3", 1, 1)],
    ),
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize(("measure", "expected"), CASES.values(), ids=CASES)
def test_each_part_falls_into_its_period(
    measure: dict[str, Any], expected: list[tuple[str, int, int]], store: Store
) -> None:
    spec = Spec(rule="", measure=measure, expected="", enrolments=FOUR, events=MOVED_IN)
    kind = type(spec.built)
    earned = REFERENCES_EARNED[kind](spec.built, spec.records, seen=spec.seen)
    from_sets = reference_parts(earned, periods=QUARTERS)
    tables = Tables.of(store.tables_from(arrow_tables(spec.records)))
    parts = compile_parts(EARNED[kind](spec.built, tables, seen=spec.seen), periods=QUARTERS)

    from_sql = store.run(parts).to_pylist()

    assert [(part.enrolment, part.period, part.quantity) for part in from_sets] == expected
    assert from_sql == [asdict(part) for part in from_sets]
