"""Several ways of matching are counted in one go, and as they would be by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pytest

from payforsuccess.measures import KNOWN, NOT_YET_OBSERVED, Seen
from payforsuccess.runs.measure.counting import Counting, PeriodCounting
from payforsuccess.runs.measure.measuring import MeasuredPeople
from payforsuccess.store import Store, open_store
from tests.lib.deals import a_deal, an_outcome

MEASURE = {
    "kind": "event-absent",
    "event": "booking",
    "population": {"says": "Everyone enrolled"},
    "window": "12 months",
    "starts_at": "enrolment",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "censor",
    "feeds": ["jail"],
}
SCHEMA = pa.schema(
    {
        "enrolment": pa.string(),
        "person": pa.string(),
        "last_day": pa.date32(),
        "status": pa.string(),
        "quantity": pa.decimal128(38, 9),
        "source": pa.string(),
    }
)


def people(*rows: tuple[str, date, str, str | None]) -> pa.Table:
    """Rows of people: who, the last day, what is known, and how much."""
    return pa.Table.from_pylist(
        [
            {
                "enrolment": f"e{at}",
                "person": person,
                "last_day": last_day,
                "status": status,
                "quantity": None if quantity is None else Decimal(quantity),
                "source": f"jail:{at}",
            }
            for at, (person, last_day, status, quantity) in enumerate(rows)
        ],
        schema=SCHEMA,
    )


EARLY, LATE, PAST = date(2026, 2, 1), date(2026, 5, 1), date(2030, 1, 1)
NOW = people(("ana", EARLY, KNOWN, "1"), ("ben", LATE, KNOWN, "1"))
WAYS = [
    NOW,
    people(("ana", EARLY, KNOWN, "0"), ("ben", EARLY, KNOWN, "1"), ("cy", PAST, KNOWN, "1")),
    people(("ana\x1fone", EARLY, "censored", None), ("ben", EARLY, KNOWN, "1")),
    people(("ana", EARLY, KNOWN, "1"), ("ben", LATE, NOT_YET_OBSERVED, None)),
    people(),
]


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def test_each_way_comes_to_what_it_would_by_itself(store: Store) -> None:
    deal = a_deal(outcomes={"homes": an_outcome("homes", measure=MEASURE)})
    outcome = deal.outcomes["homes"]
    table = store.tables_from({"people_of_homes": NOW})["people_of_homes"]
    seen = Seen({"jail": date(2026, 9, 30)})
    found = MeasuredPeople(NOW, table, cast("Any", None), "", seen, lambda: NOW)
    counting = PeriodCounting(deal, "homes", outcome, found, store, cast("Any", outcome.measure))

    at_once = counting.count_ways(WAYS)
    by_themselves = Counting.count_ways(counting, WAYS)

    assert at_once == by_themselves
    assert [len(counts.results) for counts in at_once] == [3, 3, 3, 1, 3]
