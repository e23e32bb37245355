"""A whole example file for a reference page: each key of its models with a value from the file."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from docs.generate.values import models_in
from payforsuccess.deal.reading import parse
from payforsuccess.deal.reading.tree import plain

HERE = Path(__file__).parent
Key = tuple[type[BaseModel], str]


def example_text(file: str) -> str:
    """The example file as it is shown."""
    return (HERE / file).read_text("utf-8")


def examples_in(file: str, model: type[BaseModel]) -> Mapping[Key, str]:
    """What the file writes under each key of its models; the first, where a key comes often.

    A key that holds a part of its own, or a list of them, has an empty text.
    """
    tree = parse(example_text(file), file).tree
    assert tree is not None, f"{file} cannot be read"
    found: dict[Key, str] = {}
    for key, value in _keys_of(model, plain(tree)):
        found.setdefault(key, value)
    return found


def _keys_of(model: type[BaseModel], written: object) -> Iterator[tuple[Key, str]]:
    assert isinstance(written, dict)
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        value = written.get(field.alias or name)
        if value is None:
            continue
        parts = tuple(models_in(hints[name]))
        yield (model, name), "" if parts and not isinstance(value, str) else _as_written(value)
        if parts:
            for each in _each(value, by_name=typing.get_origin(hints[name]) is dict):
                yield from _keys_of(_of_kind(parts, each), each)


def _each(value: object, *, by_name: bool) -> list[object]:
    """The parts under a key: one, those of a list, or those under names."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values()) if by_name else [value]
    return []


def _of_kind(parts: tuple[type[BaseModel], ...], written: object) -> type[BaseModel]:
    assert isinstance(written, dict)
    if len(parts) == 1:
        return parts[0]
    return next(
        part
        for part in parts
        if typing.get_args(part.model_fields["kind"].annotation) == (written["kind"],)
    )


def _as_written(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
