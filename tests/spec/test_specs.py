"""Every drawn rule holds on DuckDB and in plain Python."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from payforsuccess.store import Store, open_store
from tests.spec.drawing import Spec, drawn, run_engine, run_reference, shown
from tests.spec.specs import KINDS

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
