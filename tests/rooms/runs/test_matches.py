"""People matched otherwise are measured all at once, and as they would be by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures import COMPILERS, PlainRecords, Seen
from payforsuccess.runs.measure import cohort
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records, hold_others
from payforsuccess.runs.measure.matches import PeopleOfWays, under_own_keys
from payforsuccess.store import Store, open_store
from tests.engines.made_records import KINDS, made_measure, made_records
from tests.spec.drawing import arrow_tables

SEEN = Seen.everywhere(date(2025, 1, 1))


@dataclass(frozen=True)
class MadeUp(Store):
    """A store that shows made-up records as its snapshot."""

    def tables_of(self, snapshot: Any) -> Any:
        return self.tables_from(arrow_tables(snapshot))


@pytest.fixture
def store() -> Iterator[MadeUp]:
    with open_store() as opened:
        yield MadeUp(opened.backend)


def matched(keys: list[str], rng: Random) -> dict[str, str]:
    """Some records put together, a person named after one of their records."""
    people = {key: key for key in keys}
    for _ in range(len(keys) // 3):
        one, other = rng.sample(keys, 2)
        was, now = people[one], people[other]
        people = {key: now if person == was else person for key, person in people.items()}
    return people


def linked(people: dict[str, str]) -> pa.Table:
    return pa.table({"record": list(people), "person": list(people.values())})


def records_of(
    measure: MeasureBase, made: PlainRecords, store: Store, people: dict[str, str]
) -> CohortRecords:
    deal: Any = SimpleNamespace(evaluation={})
    snapshot: Any = made
    return cohort_records(deal, snapshot, store=store, linked=linked(people))


def plain(rows: pa.Table, drop: str = "person") -> list[dict[str, object]]:
    return sorted(rows.drop_columns([drop]).to_pylist(), key=lambda row: str(row["enrolment"]))


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_has_the_rows_that_measuring_anew_would_give(
    kind: str, store: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(kind)
    measure = made_measure(kind, rng)
    monkeypatch.setattr(cohort, "measures_in", lambda deal: [(measure, ())])
    made = made_records(40, rng)
    keys = sorted({row.person for row in made.enrolments})
    now, *ways = (matched(keys, rng) for _ in range(4))
    anew = []
    for way in ways:
        alone = records_of(measure, made, store, way)
        anew.append(store.run(COMPILERS[type(measure)](measure, alone.tables, seen=SEEN)))

    records = records_of(measure, made, store, now)
    asked = COMPILERS[type(measure)](measure, records.tables, seen=SEEN)
    found = store.run(asked)
    people = PeopleOfWays(now, ways)
    hold_others(records, people.members)
    others = under_own_keys(store.run(asked))

    assert any(plain(rows) != plain(found) for rows in anew)
    for at, rows in enumerate(anew):
        assert plain(people.rows_of(at, found, others)) == plain(rows)


@pytest.mark.parametrize("is_matched", [True, False])
def test_the_filed_sql_gives_the_same_rows_on_the_snapshot_itself(
    store: MadeUp, is_matched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random("filed")
    measure = made_measure("held-without-break", rng)
    monkeypatch.setattr(cohort, "measures_in", lambda deal: [(measure, ())])
    made = made_records(40, rng)
    people = matched(sorted({row.person for row in made.enrolments}), rng)
    deal: Any = SimpleNamespace(evaluation={})
    snapshot: Any = made
    given = linked(people) if is_matched else None
    records = cohort_records(deal, snapshot, store=store, linked=given)
    compiled = COMPILERS[type(measure)](measure, records.tables, seen=SEEN)
    filed = records.filed(store.sql_of(compiled))

    with open_store() as fresh:
        fresh.tables_from(arrow_tables(made))
        if is_matched:
            fresh.tables_from({"linked_people": linked(people)})
        again = fresh.backend.con.sql(filed).to_arrow_table()

    assert again.to_pylist() == store.run(compiled).to_pylist()
    assert "temp" not in filed
