"""What an evaluation sees on Spark is what it sees on DuckDB: before, days, facts, endings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from payforsuccess.measures import COMPILERS, Seen, Tables
from payforsuccess.measures.evaluation_rows import Told, compile_evaluation_rows
from payforsuccess.measures.slice import compile_taking_part
from payforsuccess.measures.time_to_event import compile_times
from payforsuccess.store import SparkSettings, SparkStore, Store, open_spark, open_store
from tests.lib.deals import a_deal
from tests.lib.evaluated import MEASURE, START, a_plan, an_experiment, feeds
from tests.spec.drawing import arrow_tables

pytestmark = [
    pytest.mark.spark,
    pytest.mark.needs(program="java", package="openjdk-17-jre-headless"),
]
RECORDS = an_experiment(40)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkStore]:
    few = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    with open_spark(SparkSettings(config=few)) as store:
        yield store


def seen_by(store: Store) -> list[dict[str, Any]]:
    plan = a_plan(
        design="difference-in-differences",
        assignment=None,
        estimand="att",
        estimator="change-in-means",
        before={**MEASURE, "looks": "back", "window": "6 months"},
    )
    deal = a_deal(data=feeds(), evaluation={"change": plan})
    change: Any = deal.evaluation["change"]
    through = dict.fromkeys(change.measure.feeds, deal.data[0].complete_through)
    seen = Seen(
        through, complete_from={"court": START.replace(year=START.year - 1, month=7, day=17)}
    )
    tables = Tables.of(store.tables_from(arrow_tables(RECORDS)))
    people = sorted({row.person for row in RECORDS.enrolments})
    members = pa.table({"record": people, "person": people})

    def held(name: str, found: Any) -> Any:
        return store.tables_from({name: store.run(found)})[name]

    def measured(name: str, measure: Any) -> Any:
        return held(name, COMPILERS[type(measure)](measure, tables, seen=seen))

    told = Told(
        facts=("age", "language", "site"),
        seen=seen,
        endings=("death", "move"),
        taking_part=compile_taking_part(tables, store.tables_from({"members": members})["members"]),
        before=measured("before", change.before),
        times=held("times", compile_times(change.measure, tables, seen=seen)),
    )
    rows: pa.Table = store.run(
        compile_evaluation_rows(measured("after", change.measure), tables, told)
    )
    return rows.to_pylist()


def test_spark_and_duckdb_tell_an_evaluation_the_same(spark: SparkStore) -> None:
    with open_store() as duckdb:
        expected = seen_by(duckdb)

    assert seen_by(spark) == expected
    assert {row["before"] is None for row in expected} == {True, False}
