"""Windows that look back: SQL on DuckDB and plain Python over sets of days say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from payforsuccess.deal.measures import MeasureBase, PersonMeasure
from payforsuccess.measures import REFERENCES, EventRow, PlainRecords, Seen
from payforsuccess.store import Store, open_store
from tests.engines.made_records import (
    ENDINGS,
    FEEDS,
    FIRST,
    WINDOWS,
    made_excused,
    made_records,
    made_seen,
)
from tests.spec.drawing import run_on

OWN: dict[str, dict[str, Any]] = {
    "days-in-state": {"state": "housed"},
    "event-absent": {"event": "arrest"},
    "event-count": {"event": "arrest", "counts": "days"},
    "money-sum": {"amounts_of": "arrest", "rounding": "half-up"},
    "quarters-with-earnings": {
        "amounts_of": "arrest",
        "floor": "10",
        "counts_first_quarter": False,
    },
}
KINDS = tuple(OWN)


def looking_back(kind: str, rng: Random) -> MeasureBase:
    """A measure over the time before; its rules and window are drawn."""
    rules = ["censor", "succeed", *(["fail"] if kind == "event-absent" else [])]
    start = rng.choice([None, "release", "arrest"])
    own = dict(OWN[kind])
    if kind == "days-in-state":
        own |= {"unit": rng.choice(["day", "month"]), "less": rng.choice(["jailed", "sheltered"])}
    adapter: TypeAdapter[MeasureBase] = TypeAdapter(PersonMeasure)
    return adapter.validate_python(
        {
            "kind": kind,
            "looks": "back",
            "population": {"says": "Everyone", "enrolled_only": rng.random() < 0.3},
            "window": rng.choice([*WINDOWS, "6 months"]),
            "feeds": list(FEEDS),
            "starts_at": "event" if start else "enrolment",
            **({"start_event": start} if start else {}),
            **{f"on_{ending}": rng.choice(rules) for ending in ENDINGS},
            **own,
        }
    )


def cases(number: int, rng: Random) -> tuple[PlainRecords, Seen]:
    """Records with amounts, and feeds that begin on a day of their own, or do not say when."""
    rows = made_records(number, rng)
    events = tuple(
        EventRow(
            row.kind, row.person, row.happened_on, rng.choice([None, 4, 12]),
            feed=row.feed, file=row.file, row=row.row,
        )
        for row in rows.events
    )  # fmt: skip
    since = {
        feed: FIRST + timedelta(days=rng.randrange(-90, 30)) for feed in FEEDS if rng.random() < 0.7
    }
    seen = Seen(made_seen(rng).feeds, complete_from=since)
    return PlainRecords(rows.enrolments, rows.spells, events), seen


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", KINDS)
def test_sql_and_sets_of_days_agree_on_many_cases(store: Store, kind: str, seed: int) -> None:
    rng = Random(f"{kind} back {seed}")
    measure, excused = looking_back(kind, rng), made_excused(rng)
    rows, seen = cases(80, rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    assert run_on(store, rows, measure, excused, seen) == from_sets
    assert all((row.quantity is None) == (row.status != "known") for row in from_sets)


@settings(max_examples=10)
@given(rng=st.randoms(use_true_random=False), kind=st.sampled_from(KINDS))
def test_sql_and_sets_of_days_agree(store: Store, rng: Random, kind: str) -> None:
    measure, excused = looking_back(kind, rng), made_excused(rng)
    rows, seen = cases(2, rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    assert run_on(store, rows, measure, excused, seen) == from_sets
