"""JSON in which a number is written out exactly: money never passes through floating point."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.units import exact_text


def exact_json(value: object) -> str:
    """A readable JSON text: keys as given, two spaces, one newline at the end.

    ValueError for a number whose decimals do not end, and for what has no form in JSON.
    """
    return "".join(_parts(value, "")) + "\n"


def _parts(value: object, indent: str) -> list[str]:
    inner = indent + "  "
    if isinstance(value, Mapping):
        items = [
            [inner, json.dumps(str(key), ensure_ascii=False), ": ", *_parts(item, inner)]
            for key, item in value.items()
        ]
        return _listed(items, "{", "}", indent)
    if isinstance(value, list | tuple):
        return _listed([[inner, *_parts(item, inner)] for item in value], "[", "]", indent)
    if isinstance(value, Fraction):
        text = exact_text(value)
        if "/" in text:
            raise ValueError("a number of which the decimals do not end has no place in JSON")
        return [text]
    if value is None or isinstance(value, str | bool | int):
        return [json.dumps(value, ensure_ascii=False)]
    raise ValueError(f"{type(value).__name__} has no form in JSON")


def _listed(items: list[list[str]], opens: str, closes: str, indent: str) -> list[str]:
    if not items:
        return [opens + closes]
    parts = [opens, "\n"]
    for at, item in enumerate(items):
        parts += [*item, ",\n" if at < len(items) - 1 else "\n"]
    return [*parts, indent, closes]
