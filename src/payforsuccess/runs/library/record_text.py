"""A comparator as the text of its `record.yaml`, for people to correct with a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from payforsuccess.deal.record import Record


def record_text(record: Record) -> str:
    """Block YAML of the record's keys in their order; every text in quotes."""
    return "\n".join(_lines(record.as_plain(), 0)) + "\n"


def _lines(value: object, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, Mapping | list) and item:
                yield f"{indent}{key}:"
                yield from _lines(item, depth + 1)
            else:
                yield f"{indent}{key}: {_scalar(item)}"
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping):
                first, *rest = _lines(item, depth + 1)
                yield f"{indent}- {first.strip()}"
                yield from rest
            else:
                yield f"{indent}- {_scalar(item)}"


def _scalar(value: object) -> str:
    """A JSON text is a YAML text; an empty list keeps its brackets."""
    return json.dumps(value, ensure_ascii=False)
