"""The SQL of expressions, found once for each: asking for the same again costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Compile = Callable[..., str]


def compiled_once(compile_: Compile) -> Compile:
    """A backend's `compile` that remembers what it gave, by expression and options.

    Expressions of Ibis are values: two that say the same of tables of the same names and columns
    are equal, whatever rows the tables hold now. For a large measure, finding its SQL takes longer
    than the engine takes to run it, and the same measure is asked of one cohort after the other.
    """
    known: dict[tuple[object, ...], str] = {}

    def compile_or_recall(expression: Any, /, **options: Any) -> str:
        if options.get("params"):
            return compile_(expression, **options)
        key = (expression.op(), *sorted((name, str(value)) for name, value in options.items()))
        if key not in known:
            known[key] = compile_(expression, **options)
        return known[key]

    return compile_or_recall
