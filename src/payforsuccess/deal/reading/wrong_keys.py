"""Keys that are missing, unknown or misplaced, and kinds that do not exist, in plain words."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from payforsuccess.deal.nearest import nearest, shown, ticked, words_in
from payforsuccess.deal.reading.fault import (
    Fault,
    Told,
    at,
    cut,
    owner,
    part,
    purpose,
    singular,
    write_it,
)
from payforsuccess.deal.reading.shape import kinds_of
from payforsuccess.deal.reading.tree import Mapping, Scalar, node_at
from payforsuccess.errors import Problem


def missing(fault: Fault) -> Told:
    """A key that must be there and is not."""
    key = fault.key
    if fault.spot.path in fault.nothings:
        return at(fault, f"Nothing is written after `{key}`.", write_it(fault))
    told = purpose(fault)
    do = f"Add `{key}`: {told}" if told else f"Add `{key}` and its value."
    return at(fault, f"{owner(fault)} has no `{key}`.", do)


def extra(fault: Fault) -> Told:
    """A key that the model does not know, and the one that was most likely meant."""
    key = str(fault.error["loc"][-1])
    models = fault.spot.models
    path, model = models[-1]
    node = node_at(fault.tree, path)
    present = frozenset(node.items) if isinstance(node, Mapping) else frozenset()
    absent = [word for word in _keys(model) if word not in present]
    what = f"`{cut(key)}` is not a key of {part(models)}"
    for other in fault.spot.kinds:
        if key in _keys(other):
            itself = part((*models[:-1], (path, other)))
            return at(fault, f"{what}; it is one of {itself}.", "Take it out, or change the kind.")
    for number in range(len(models) - 2, -1, -1):
        if key in _keys(models[number][1]):
            itself = part(models, number)
            return at(
                fault, f"{what}; it is one of {itself}.", "Check how far the line is indented."
            )
    if meant := nearest(key, absent):
        return at(fault, f"{what}.", f"Did you mean `{meant}`?")
    value = fault.node
    if isinstance(value, Scalar) and value.is_nothing:
        # `{clause: Section 4.1, part 2}` and `{pays: 50,000}`: YAML begins a new key at the comma.
        return at(
            fault,
            f"{what}.",
            "If it belongs to what stands before the comma, put a text in quotes, and write a "
            "number without commas. If not, take it out.",
        )
    if not absent:
        return at(fault, f"{what}.", "Take it out.")
    return at(fault, f"{what}.", f"Take it out, or use one of its keys: {ticked(absent)}.")


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def no_kind(fault: Fault) -> Told:
    """A part of the deal that does not say of which kind it is."""
    key = _unquoted(fault.context.get("discriminator"))
    path = fault.spot.path
    node = fault.node
    name = node.items.get("name") if isinstance(node, Mapping) else None
    called = f"This {singular(path)}"
    if name is not None and isinstance(name.node, Scalar):
        called = f"The {singular(path)} {shown(name.node.text)}"
    kinds = _tags(kinds_of(fault.spot.here), key)
    return at(fault, f"{called} has no `{key}`.", f"Add `{key}`, one of {ticked(kinds)}.")


def wrong_kind(fault: Fault) -> Told:
    """A kind that does not exist."""
    key = _unquoted(fault.context.get("discriminator"))
    path = (*fault.spot.path, key)
    written = node_at(fault.tree, path)
    kinds = words_in(str(fault.context.get("expected_tags", "")))
    if isinstance(written, Scalar) and written.is_nothing:
        return Told(path, Problem(f"Nothing is written after `{key}`.", f"Write {ticked(kinds)}."))
    if not isinstance(written, Scalar):
        return Told(path, Problem(f"One word belongs after `{key}`.", f"Write {ticked(kinds)}."))
    of = f"a kind of {singular(fault.spot.path)}" if key == "kind" else f"a known {key}"
    meant = nearest(written.text, kinds)
    guess = f"Did you mean `{meant}`? " if meant else ""
    return Told(
        path,
        Problem(
            f"{shown(written.text)} is not {of}.",
            f"{guess}It can be {ticked(kinds)}.",
        ),
    )


def _tags(models: tuple[type[BaseModel], ...], key: str) -> list[str]:
    tags: list[str] = []
    for model in models:
        field = model.model_fields.get(key)
        if field is not None and get_origin(field.annotation) is Literal:
            tags += [str(tag) for tag in get_args(field.annotation)]
    return tags


def _unquoted(word: object) -> str:
    return str(word or "kind").strip("'").removesuffix("()")
