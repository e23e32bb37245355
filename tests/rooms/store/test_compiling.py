"""The SQL of an expression is found once, and never mixed up with another's."""

from __future__ import annotations

import ibis
import pyarrow as pa

from payforsuccess.store import open_store
from payforsuccess.store.compiling import compiled_as_written, compiled_once


def test_the_same_expression_is_compiled_once() -> None:
    asked = []

    def compile_(expression: ibis.Expr, **options: object) -> str:
        asked.append(options)
        return str(ibis.to_sql(expression, dialect="duckdb"))

    once = compiled_once(compile_)
    table = ibis.table({"a": "int64"}, name="t")
    first = once(table.filter(table.a > 1))
    again = once(ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 1))

    assert first == again
    assert len(asked) == 1


def test_other_rows_under_the_same_name_give_other_answers() -> None:
    with open_store() as store:
        found = []
        for rows in ([1, 2], [5]):
            table = store.tables_from({"t": pa.table({"a": pa.array(rows, pa.int64())})})["t"]
            found.append(store.run(table.a.sum().name("sum").as_table())["sum"].to_pylist())

    assert found == [[3], [5]]


def test_another_type_of_the_same_column_is_another_expression() -> None:
    with open_store() as store:
        found = []
        for rows in (pa.array([1, 2], pa.int64()), pa.array(["x", "y"])):
            table = store.tables_from({"t": pa.table({"a": rows})})["t"]
            found.append(store.run(table.a.max().name("max").as_table())["max"].to_pylist())

    assert found == [[2], ["y"]]


def test_options_are_part_of_what_is_asked() -> None:
    with open_store() as store:
        table = store.tables_from({"t": pa.table({"a": [1]})})["t"]

        assert store.sql_of(table) != store.backend.compile(table, pretty=False)


def test_steps_left_as_they_were_written_give_the_same_rows_and_change_no_setting() -> None:
    fused = ibis.options.sql.fuse_selects
    with open_store() as store:
        table = store.tables_from({"t": pa.table({"a": [1, 2, 3]})})["t"]
        steps = table.mutate(b=table.a + 1).filter(ibis._.b > 2).select("b")
        as_written = compiled_as_written(store.backend, steps)
        filed = store.sql_of(steps)

        assert as_written.count("SELECT") > filed.count("SELECT")
        assert store.backend.con.sql(as_written).fetchall() == [(3,), (4,)]
    assert ibis.options.sql.fuse_selects is fused
