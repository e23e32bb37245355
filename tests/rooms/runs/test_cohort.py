"""However many measures a deal has, each table of the snapshot is looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import pytest

from payforsuccess.measures import COMPILERS, Seen
from payforsuccess.runs.measure import cohort
from payforsuccess.runs.measure.cohort import cohort_records
from payforsuccess.store import Store, open_store
from tests.engines.made_records import KINDS, made_measure, made_records
from tests.spec.drawing import arrow_tables

SEEN = Seen.everywhere(date(2025, 1, 1))


@dataclass(frozen=True)
class Counting(Store):
    """A store that shows made-up records as its snapshot and counts what is computed from it."""

    kept_names: list[str] = field(default_factory=list)

    def tables_of(self, snapshot: Any) -> Any:
        return self.tables_from(arrow_tables(snapshot))

    def kept(self, expression: Any, name: str) -> Any:
        self.kept_names.append(name)
        return super().kept(expression, name)


@pytest.fixture
def store() -> Iterator[Counting]:
    with open_store() as opened:
        yield Counting(opened.backend)


@pytest.mark.parametrize("many", [1, len(KINDS)])
def test_each_table_is_read_once_for_all_measures(
    store: Counting, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random("cohort")
    measures = [made_measure(kind, rng) for kind in KINDS[:many]]
    monkeypatch.setattr(cohort, "measures_in", lambda deal: [(one, ()) for one in measures])
    snapshot: Any = made_records(20, rng)
    deal: Any = None

    records = cohort_records(deal, snapshot, store=store)
    read = list(store.kept_names)
    for one in measures:
        compiled = COMPILERS[type(one)](one, records.tables, seen=SEEN)
        assert "cohort_" in store.sql_of(compiled)
        store.run(compiled)

    assert read == [
        "cohort_members",
        "cohort_enrolments",
        "cohort_spells",
        "cohort_events",
        "cohort_traits",
    ]
    assert store.kept_names == read
