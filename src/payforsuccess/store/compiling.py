"""The SQL of expressions, found once for each: asking for the same again costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Compile = Callable[..., str]


def compiled_once(compile_: Compile) -> Compile:
    """A backend's `compile` that remembers what it gave, by expression.

    Expressions of Ibis are values: two that say the same of tables of the same names and columns
    are equal, whatever rows the tables hold now. For a large measure, finding its SQL takes longer
    than the engine takes to run it, and the same measure is asked of one cohort after the other.
    Unless told otherwise the SQL is spelt as it is filed: what is run and what is filed are one
    text.
    """
    known: dict[object, str] = {}

    def compile_or_recall(expression: Any, /, *, pretty: bool = True, **options: Any) -> str:
        if not pretty or any(value is not None for value in options.values()):
            return compile_(expression, pretty=pretty, **options)
        key = expression.op()
        if key not in known:
            known[key] = compile_(expression, pretty=True)
        return known[key]

    return compile_or_recall


def compiled_as_written(backend: Any, expression: Any) -> str:
    """The SQL of an expression that is asked for once and filed nowhere.

    Steps stay the steps they were written as, which takes Ibis half the time that fusing them does;
    the engine fuses them anyway.
    """
    import ibis

    options = ibis.options.sql
    before, options.fuse_selects = options.fuse_selects, False
    try:
        return str(backend.compile(expression, pretty=False))
    finally:
        options.fuse_selects = before
