"""Results as mappings, lists, texts and whole numbers, ready for JSON; exact numbers are text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import PurePath

from payforsuccess.errors import Finding, Place, Problem


def as_plain(value: object) -> object:
    """`value` in plain parts; a type that cannot be said so is a bug and raises TypeError."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Problem):
        return {"what": value.what, "do": value.do, **_place(value.where)}
    if isinstance(value, Finding):
        return {"topic": value.topic, "what": value.what, **_place(value.where)}
    if hasattr(value, "as_plain"):
        return as_plain(value.as_plain())
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [as_plain(item) for item in items]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: as_plain(getattr(value, field.name))
            for field in fields(value)
            if not field.name.startswith("_")
        }
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        from payforsuccess.units import exact_text

        return exact_text(value)
    if isinstance(value, PurePath):
        return value.as_posix()
    raise TypeError(f"{type(value).__name__} has no plain form")


def _place(where: Place) -> dict[str, object]:
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "field": where.field,
    }
