"""Expressions are rewritten with fewer looks at them, and the SQL is Ibis' own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import ibis
import ibis.expr.types as ir
import pytest
from ibis.backends.sql import rewrites
from ibis.backends.sql.compilers import base
from ibis.config import options

from payforsuccess.measures import COMPILERS, Excused, PlainRecords, Seen, Stretch, Tables
from payforsuccess.store import open_store
from payforsuccess.store.lowering import OF_IBIS, look_less
from tests.spec.drawing import Spec, arrow_tables

WINDOW = {"window": "12 months", "on_death": "fail", "on_custody": "stop-the-clock"}
MEASURES = (
    {"kind": "event-absent", "event": "arrest", "starts_at": "event", "start_event": "release"}
    | WINDOW,
    {"kind": "event-count", "event": "arrest", "window": "12 months", "counts": "days"},
    {"kind": "days-in-state", "state": "housed", **WINDOW, "on_death": "censor"},
    {"kind": "held-without-break", "state": "housed", "held_for": "6 months", "lapse_days": 30}
    | {"lapses": 1, "window": "12 months"},
)
EXCUSED = Excused(
    not_counted=(Stretch(date(2020, 3, 16), date(2020, 6, 1)),),
    extends=(Stretch(date(2020, 7, 1), date(2020, 8, 1)),),
)


@contextmanager
def as_ibis_does() -> Iterator[None]:
    base.sqlize, rewrites.complexity = OF_IBIS
    try:
        yield
    finally:
        look_less()


def sql_of(expression: ir.Table, *, fused: bool = True) -> str:
    options.sql.fuse_selects = fused
    try:
        return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
    finally:
        options.sql.fuse_selects = True


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: str(one["kind"]))
@pytest.mark.parametrize("fused", [True, False])
def test_the_sql_of_a_measure_is_that_of_ibis(measure: dict[str, object], fused: bool) -> None:
    built = Spec(rule="", measure=measure, expected="", enrolments="").built
    with open_store() as store:
        tables = Tables.of(store.tables_from(arrow_tables(PlainRecords())))
        rows = COMPILERS[type(built)](
            built, tables, seen=Seen.everywhere(date(2024, 12, 31)), excused=EXCUSED
        )
        ours = sql_of(rows, fused=fused)
        with as_ibis_does():
            theirs = sql_of(rows, fused=fused)

    assert ours == theirs


def test_every_step_that_ibis_rewrites_is_rewritten_as_it_does() -> None:
    look_less()
    t = ibis.table({"a": "int64", "b": "string", "c": "float64"}, name="t")
    once = t.mutate(d=t.a + 1).filter(ibis._.d > 2)
    steps = (
        once.join(once.group_by("b").aggregate(n=ibis._.count()), "b").order_by("n").distinct(),
        t.fill_null({"b": ""}).drop_null(["a"]).drop("c").rename(e="a").limit(5),
        t.mutate(first=t.a.first().over(ibis.window(group_by="b", order_by="a"))),
        t.mutate(place=ibis.row_number().over(group_by="b")).filter(ibis._.place == 0),
        t.filter(t.b.isin([])).select(b=t.b[1:3], r=ibis.random()).filter(ibis._.r > 0.5),
        t.union(t.filter(t.a.isin(once.a))).select("a").distinct().select("a"),
        t.mutate(x=t.a.nth(1).over(ibis.window(order_by="a"))).alias("named").select("x"),
    )
    for step in steps:
        ours = sql_of(step)
        with as_ibis_does():
            assert ours == sql_of(step)
