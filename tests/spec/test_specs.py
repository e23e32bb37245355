"""Every drawn rule holds on DuckDB and in plain Python (R72 for a home held, R87)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from payforsuccess.measures import arm_counts, compile_by_arm, reference_arm_counts
from payforsuccess.store import Store, open_store
from tests.spec.drawing import (
    ArmsSpec,
    Spec,
    compiled,
    drawn,
    run_engine,
    run_reference,
    shown,
)
from tests.spec.specs import ACROSS_ARMS, KINDS

SPECS = {f"{module.SHARED['kind']}: {spec.rule}": spec for module in KINDS for spec in module.SPECS}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_both_engines_give_what_is_drawn(spec: Spec, store: Store) -> None:
    expected = drawn(spec.expected)
    columns = list(expected[0])

    from_sets, from_sql = run_reference(spec), run_engine(spec, store)

    assert shown(from_sets, columns) == expected
    assert shown(from_sql, columns) == expected
    assert from_sql == from_sets


@pytest.mark.parametrize("spec", ACROSS_ARMS, ids=lambda spec: f"{spec.kind}: {spec.rule}")
def test_counts_by_arm_and_their_value_are_those_drawn(spec: ArmsSpec, store: Store) -> None:
    of = spec.of
    from_sets = reference_arm_counts(run_reference(of))
    rows = compiled(store, of.records, of.built, of.excused, of.seen)

    from_sql = arm_counts(store.run(compile_by_arm(rows)))

    assert from_sql == from_sets
    assert [
        {"arm": c.arm, "assigned": str(c.assigned), "known": str(c.known), "total": str(c.total)}
        for c in sorted(from_sql.values(), key=lambda count: count.arm)
    ] == drawn(of.expected)
    assert spec.value(from_sql) == spec.gives
