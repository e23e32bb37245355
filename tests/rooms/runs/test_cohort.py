"""However many measures a deal has, each table of the snapshot is looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.measures import COMPILERS, EnrolmentRow, EventRow, PlainRecords, Seen
from payforsuccess.measures.attrition import (
    Attrition,
    attrition_of,
    compile_attrition,
    statuses_of,
)
from payforsuccess.runs.measure import cohort
from payforsuccess.runs.measure.cohort import cohort_records
from payforsuccess.store import Store, open_store
from tests.engines.made_records import KINDS, made_measure, made_records
from tests.spec.drawing import Spec, arrow_tables

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
    deal: Any = SimpleNamespace(evaluation={})

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


OURS = Spec(
    rule="",
    measure={
        "kind": "event-absent",
        "event": "arrest",
        "window": "30 days",
        "population": {"says": "Ours", "feeds": ["register"]},
        "starts_at": "event",
        "start_event": "release",
        "feeds": ["register", "hmis", "jail"],
    },
    expected="",
    enrolments="",
)
LINKED = pa.table(
    {"record": ["r1", "h1", "j1", "r2"], "person": ["ana", "ana", "ana", "ben"]},
)
IN_THREE_FEEDS = PlainRecords(
    (
        EnrolmentRow("e1", "r1", date(2024, 1, 1), feed="register", row=1),
        EnrolmentRow("e2", "r2", date(2024, 1, 1), feed="register", row=2),
        EnrolmentRow("e3", "h1", date(2024, 1, 1), feed="hmis", row=1),
        EnrolmentRow("e4", "h4", date(2024, 1, 1), feed="hmis", row=2),
    ),
    (),
    (
        EventRow("release", "h1", date(2024, 1, 2), feed="hmis", row=3),
        EventRow("release", "r2", date(2024, 1, 2), feed="register", row=3),
        EventRow("arrest", "j1", date(2024, 1, 3), feed="jail", row=1),
    ),
)


@pytest.mark.parametrize("linked", [LINKED, None])
def test_enrolments_of_feeds_that_no_measure_counts_leave_as_such(
    store: Counting, linked: pa.Table | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where records of several feeds are of one person; nobody of them just disappears."""
    measure, seen = OURS.built, Seen.everywhere(date(2025, 1, 1))
    monkeypatch.setattr(cohort, "measures_in", lambda deal: [(measure, ())])
    snapshot: Any = IN_THREE_FEEDS
    deal: Any = SimpleNamespace(evaluation={})

    records = cohort_records(deal, snapshot, store=store, linked=linked)
    rows = store.run(COMPILERS[type(measure)](measure, records.tables, seen=seen))
    counted = compile_attrition(measure, records.of_everyone, statuses_of(rows), seen=seen)
    (everyone,) = attrition_of(store.run(counted).to_pylist())

    if linked is None:
        assert everyone == Attrition(None, 4, (("feed", 2), ("not-started", 1)), 1)
    else:
        assert everyone == Attrition(None, 4, (("feed", 2),), 2)
        assert [row["quantity"] for row in rows.to_pylist()] == [0, 1]
