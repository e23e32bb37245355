"""On random small records, SQL on DuckDB and plain Python over sets of days say the same.

Hypothesis finds the smallest records on which they do not; the seeds try many cases at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.measures import (
    COMPILERS,
    EARNED,
    REFERENCES,
    REFERENCES_EARNED,
    Part,
    Tables,
    arm_counts,
    compile_by_arm,
    compile_parts,
    reference_arm_counts,
    reference_parts,
)
from payforsuccess.store import Store, open_store
from payforsuccess.units import Periods
from tests.engines.made_records import (
    KINDS,
    made_excused,
    made_measure,
    made_records,
    made_seen,
)
from tests.spec.drawing import arrow_tables, run_on

MONTHS = Periods(date(2024, 2, 1), "month", date(2024, 4, 20)).all()
SEEDS = range(100 if os.environ.get("PFS_DEEP") else 5)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_sql_and_sets_of_days_agree_on_many_cases(store: Store, kind: str, seed: int) -> None:
    rng = Random(f"{kind} {seed}")
    measure, rows = made_measure(kind, rng), made_records(80, rng)
    seen, excused = made_seen(rng), made_excused(rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    from_sql = run_on(store, rows, measure, excused, seen)

    assert from_sql == from_sets
    assert all((result.quantity is None) == (result.status != "known") for result in from_sets)


@settings(max_examples=10)
@given(rng=st.randoms(use_true_random=False), kind=st.sampled_from(KINDS))
def test_sql_and_sets_of_days_agree(store: Store, rng: Random, kind: str) -> None:
    measure, rows = made_measure(kind, rng), made_records(2, rng)
    seen, excused = made_seen(rng), made_excused(rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    assert run_on(store, rows, measure, excused, seen) == from_sets


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "event-absent"])
def test_parts_by_period_agree(store: Store, kind: str, seed: int) -> None:
    rng = Random(f"parts of {kind} {seed}")
    measure, rows = made_measure(kind, rng), made_records(80, rng)
    seen, excused = made_seen(rng), made_excused(rng)
    earned = REFERENCES_EARNED[type(measure)](measure, rows, seen=seen, excused=excused)
    from_sets = reference_parts(earned, periods=MONTHS)
    tables = Tables.of(store.tables_from(arrow_tables(rows)))

    compiled = EARNED[type(measure)](measure, tables, seen=seen, excused=excused)
    from_sql = store.run(compile_parts(compiled, periods=MONTHS)).to_pylist()

    assert [Part(**row) for row in from_sql] == from_sets


@pytest.mark.parametrize("kind", KINDS)
def test_counts_by_arm_agree(store: Store, kind: str) -> None:
    rng = Random(f"arms of {kind}")
    measure, rows, seen = made_measure(kind, rng), made_records(80, rng), made_seen(rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen)
    tables = Tables.of(store.tables_from(arrow_tables(rows)))
    people = COMPILERS[type(measure)](measure, tables, seen=seen)

    assert arm_counts(store.run(compile_by_arm(people))) == reference_arm_counts(from_sets)


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_is_lost_and_none_is_made(kind: str) -> None:
    rng = Random(f"rows of {kind}")
    measure = made_measure(kind, rng).model_copy(update={"starts_at": "enrolment"})
    measure = measure.model_copy(update={"start_event": None})
    rows = made_records(200, rng)
    results = REFERENCES[type(measure)](measure, rows, seen=made_seen(rng))
    arms = measure.population.arms

    assert [result.enrolment for result in results] == sorted(
        row.enrolment
        for row in rows.enrolments
        if row.enrolled_on is not None and (not arms or row.arm in arms)
    )
