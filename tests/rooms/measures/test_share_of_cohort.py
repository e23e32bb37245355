"""A share of a cohort is exact, over people with a known result, and none without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.measures import Measure
from payforsuccess.measures import compile_by_period, compile_with_period
from payforsuccess.measures.share_of_cohort import (
    compile_reached,
    reference_share_of_cohort,
    share_of_cohort,
)
from payforsuccess.store import Store, open_store
from payforsuccess.units import Periods
from tests.spec.drawing import Spec, compiled, run_reference

QUARTERS = Periods(date(2024, 1, 1), "quarter", date(2024, 12, 31)).all()
SPEC = Spec(
    rule="",
    measure={"kind": "money-sum", "amounts_of": "subsidy", "window": "30 days"},
    expected="",
    enrolments="""
        enrolment | person | enrolled_on
        e1        | ana    | 2024-01-01
        e2        | ben    | 2024-01-01
        e3        | cem    | 2024-01-01
        e4        | dee    | 2024-01-01
    """,
    events="""
        kind    | person | happened_on | amount
        subsidy | ana    | 2024-01-05  | 10.50
        subsidy | ben    | 2024-01-05  | 10.49
        death   | cem    | 2024-01-05  |
    """,
)


def share_of(spec: Spec, at_least: str) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)
    return adapter.validate_python(
        {"kind": "share-of-cohort", "of": spec.built, "at_least": at_least}
    )


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize(
    ("at_least", "reached"), [("10.5", 1), ("10.49", 2), ("0", 3), ("10.51", 0)]
)
def test_who_reaches_the_mark_is_counted_among_those_known(
    at_least: str, reached: int, store: Store
) -> None:
    measure = share_of(SPEC, at_least)
    rows = compiled(store, SPEC.records, SPEC.built, SPEC.excused, SPEC.seen)
    dated = compile_with_period(compile_reached(measure, rows), periods=QUARTERS)

    found = {row["status"]: row for row in store.run(compile_by_period(dated)).to_pylist()}

    assert (found["known"]["total"], found["known"]["people"]) == (reached, 3)
    assert found["death"]["people"] == 1
    assert reference_share_of_cohort(measure, run_reference(SPEC)) == Fraction(reached, 3)


def test_a_share_is_exact_and_can_be_said_in_percent() -> None:
    assert share_of_cohort(1, 3) == Fraction(1, 3)
    assert share_of_cohort(1, 3, unit="percent") == Fraction(100, 3)


def test_without_a_known_result_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="no one in the cohort"):
        share_of_cohort(0, 0)
    assert reference_share_of_cohort(share_of(SPEC, "1"), []) is None
