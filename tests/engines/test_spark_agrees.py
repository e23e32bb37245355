"""One deal file, two engines: Spark gives what DuckDB and plain Python give, rows and sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from payforsuccess.measures import (
    COMPILERS,
    EARNED,
    REFERENCES,
    REFERENCES_EARNED,
    Earned,
    Part,
    PersonResult,
    PlainRecords,
    Tables,
    compile_parts,
    reference_parts,
)
from payforsuccess.store import SparkSettings, SparkStore, open_spark
from payforsuccess.units import Periods
from tests.engines.made_records import (
    KINDS,
    made_excused,
    made_measure,
    made_records,
    made_seen,
)
from tests.spec.drawing import arrow_tables

MONTHS = Periods(date(2024, 2, 1), "month", date(2024, 4, 20)).all()
pytestmark = [
    pytest.mark.spark,
    pytest.mark.needs(program="java", package="openjdk-17-jre-headless"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkStore]:
    few = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    with open_spark(SparkSettings(config=few)) as store:
        yield store


@pytest.fixture(scope="module")
def rows() -> PlainRecords:
    return made_records(150, Random("spark"))


@pytest.fixture(scope="module")
def tables(spark: SparkStore, rows: PlainRecords) -> Tables:
    return Tables.of(spark.tables_from(arrow_tables(rows)))


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("kind", KINDS)
def test_spark_and_sets_of_days_agree(
    spark: SparkStore, tables: Tables, rows: PlainRecords, kind: str, seed: int
) -> None:
    rng = Random(f"{kind} on spark {seed}")
    measure, seen, excused = made_measure(kind, rng), made_seen(rng), made_excused(rng)
    from_sets = REFERENCES[type(measure)](measure, rows, seen=seen, excused=excused)

    found = spark.run(COMPILERS[type(measure)](measure, tables, seen=seen, excused=excused))

    assert [PersonResult(**row) for row in found.to_pylist()] == from_sets


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "event-absent"])
def test_spark_splits_by_period_as_sets_of_days_do(
    spark: SparkStore, tables: Tables, rows: PlainRecords, kind: str
) -> None:
    rng = Random(f"parts of {kind} on spark")
    measure, seen, excused = made_measure(kind, rng), made_seen(rng), made_excused(rng)
    earned = REFERENCES_EARNED[type(measure)](measure, rows, seen=seen, excused=excused)

    compiled = EARNED[type(measure)](measure, tables, seen=seen, excused=excused)
    # Spark writes each named step out wherever it is used, so the steps are computed first
    earned_here = Earned(
        spark.kept(compiled.people, f"people_{kind}".replace("-", "_")),
        spark.kept(compiled.units, f"units_{kind}".replace("-", "_")),
        spark.kept(compiled.rows, f"rows_{kind}".replace("-", "_")),
    )
    found = spark.run(compile_parts(earned_here, periods=MONTHS))

    assert [Part(**row) for row in found.to_pylist()] == reference_parts(earned, periods=MONTHS)
