"""Milestones, sums, quarters, units and scores: Spark gives what plain Python gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.measures import (
    COMPILERS,
    EARNED,
    REFERENCES,
    REFERENCES_EARNED,
    Earned,
    EnrolmentRow,
    EventRow,
    Excused,
    Part,
    PersonResult,
    PlainRecords,
    Seen,
    SpellRow,
    Stretch,
    Tables,
    TraitRow,
    compile_parts,
    reference_parts,
)
from payforsuccess.store import SparkSettings, SparkStore, open_spark
from payforsuccess.units import Periods
from tests.spec.drawing import EVERYONE, arrow_tables

pytestmark = [
    pytest.mark.spark,
    pytest.mark.needs(program="java", package="openjdk-17-jre-headless"),
]
FIRST = date(2023, 12, 20)
FEEDS = ["intake", "court", "jail", "survey"]
SEEN = Seen(dict.fromkeys(FEEDS, date(2024, 5, 31)))
EXCUSED = Excused(
    (Stretch(date(2024, 2, 1), date(2024, 2, 4)),),
    (Stretch(date(2024, 3, 1), date(2024, 3, 3)),),
)
SHARED = {
    "population": EVERYONE,
    "starts_at": "enrolment",
    "window": "4 months",
    "feeds": FEEDS,
    "on_death": "censor",
    "on_move": "succeed",
    "on_custody": "stop-the-clock",
    "on_transfer": "stop-the-clock",
}
STATED: dict[str, dict[str, Any]] = {
    "milestone-reached": {"milestone": "thing", "kept_for": "1 month", "lost_by": "loss"},
    "money-sum": {"amounts_of": "thing", "rounding": "half-up", "at_most_each_person": "40.25"},
    "quarters-with-earnings": {
        "amounts_of": "thing",
        "floor": "10.5",
        "counts_first_quarter": "true",
    },
    "certified-units": {"units": "thing", "certified_by": "Example College"},
    "score-gain": {"score": "score", "taken_within": "1 month"},
}


def made_up_records(count: int, rng: Random) -> PlainRecords:
    def day() -> date:
        return FIRST + timedelta(days=rng.randrange(120))

    people = [f"p{number:03}" for number in range(count)]
    kinds = ["thing"] * 12 + ["loss"] * 3 + ["death", "move", "transfer"]
    amounts = [None, *map(Decimal, ("0.50", "-1.50", "10.5", "20.255"))]
    return PlainRecords(
        tuple(
            EnrolmentRow(enrolment=f"e{who}", person=who, enrolled_on=day(), feed="intake", row=at)
            for at, who in enumerate(people, 1)
        ),
        tuple(
            SpellRow(
                state="jailed",
                person=rng.choice(people),
                start_on=(start := day()),
                end_on=start + timedelta(days=rng.randrange(15)),
                feed="jail",
                row=at,
            )
            for at in range(1, count)
        ),
        tuple(
            EventRow(
                kind=rng.choice(kinds),
                person=rng.choice(people),
                happened_on=day(),
                amount=rng.choice(amounts),
                feed="court",
                row=at,
            )
            for at in range(1, 6 * count)
        ),
        tuple(
            TraitRow(
                trait="score",
                person=rng.choice(people),
                as_of=day(),
                value=rng.choice(amounts),
                feed="survey",
                row=at,
            )
            for at in range(1, 4 * count)
        ),
    )


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkStore]:
    few = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    with open_spark(SparkSettings(config=few)) as store:
        yield store


@pytest.mark.parametrize("kind", STATED)
def test_spark_and_sets_of_days_agree(spark: SparkStore, kind: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(PersonMeasure)
    measure = adapter.validate_python({"kind": kind, **SHARED, **STATED[kind]})
    rows = made_up_records(40, Random("sums on spark"))
    from_sets = REFERENCES[type(measure)](measure, rows, seen=SEEN, excused=EXCUSED)
    tables = Tables.of(spark.tables_from(arrow_tables(rows)))

    found = spark.run(COMPILERS[type(measure)](measure, tables, seen=SEEN, excused=EXCUSED))

    assert [PersonResult(**row) for row in found.to_pylist()] == from_sets
    assert len({row.quantity for row in from_sets}) > 2 or kind == "milestone-reached"


def test_spark_splits_a_sum_by_period_as_sets_of_days_do(spark: SparkStore) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(PersonMeasure)
    measure = adapter.validate_python({"kind": "money-sum", **SHARED, **STATED["money-sum"]})
    rows = made_up_records(30, Random("parts of sums on spark"))
    months = Periods(date(2024, 1, 1), "month", date(2024, 5, 31)).all()
    kind = type(measure)
    from_sets = REFERENCES_EARNED[kind](measure, rows, seen=SEEN, excused=EXCUSED)
    tables = Tables.of(spark.tables_from(arrow_tables(rows)))

    compiled = EARNED[kind](measure, tables, seen=SEEN, excused=EXCUSED)
    held = Earned(
        spark.kept(compiled.people, "people_of_sums"),
        spark.kept(compiled.units, "units_of_sums"),
        spark.kept(compiled.rows, "rows_of_sums"),
    )
    found = spark.run(compile_parts(held, periods=months))

    assert [Part(**row) for row in found.to_pylist()] == reference_parts(from_sets, periods=months)
