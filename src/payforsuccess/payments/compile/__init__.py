"""A payment term becomes a tree: one file a kind, and the limits that all kinds share."""

from __future__ import annotations

from payforsuccess.payments.compile.term import (
    EACH_PERSON_KEY,
    LINE,
    PEOPLE,
    CompiledTerm,
    compile_term,
    condition_keys,
    put_in,
)

__all__ = [
    "EACH_PERSON_KEY",
    "LINE",
    "PEOPLE",
    "CompiledTerm",
    "compile_term",
    "condition_keys",
    "put_in",
]
