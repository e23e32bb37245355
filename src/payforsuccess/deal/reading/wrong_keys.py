"""Keys that are missing, unknown or misplaced, and kinds that do not exist, in plain words."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from payforsuccess.deal.reading.fault import (
    Fault,
    Told,
    a,
    at,
    cut,
    ended,
    lower,
    noun,
    owner,
    write_it,
)
from payforsuccess.deal.reading.nearest import nearest, shown, ticked, words_in
from payforsuccess.deal.reading.shape import kinds_of
from payforsuccess.deal.reading.tree import Mapping, Path, Scalar, node_at
from payforsuccess.errors import Problem


def missing(fault: Fault) -> Told:
    """A key that must be there and is not."""
    key = fault.key
    field = fault.spot.field
    description = (field.description or "").strip() if field is not None else ""
    if fault.spot.path in fault.nothings:
        return at(fault, f"Nothing is written after `{key}`.", write_it(fault))
    do = f"Add `{key}`: {lower(description)}" if description else f"Add `{key}` and its value."
    return at(fault, f"{owner(fault)} has no `{key}`.", ended(do))


def extra(fault: Fault) -> Told:
    """A key that the model does not know, and the one that was most likely meant."""
    key = str(fault.error["loc"][-1])
    path, model = fault.spot.models[-1]
    node = node_at(fault.tree, path)
    present = frozenset(node.items) if isinstance(node, Mapping) else frozenset()
    known = _keys(model)
    what = f"`{cut(key)}` is not a key of {_the(path, model)}."
    if meant := nearest(key, (word for word in known if word not in present)):
        return at(fault, what, f"Did you mean `{meant}`?")
    for other in fault.spot.kinds:
        if key in _keys(other):
            return at(
                fault,
                f"`{key}` is not a key of {_the(path, model)}; it is one of {a(noun(other))}.",
                "Take it out, or change the `kind`.",
            )
    for _, outer in reversed(fault.spot.models[:-1]):
        if key in _keys(outer):
            return at(
                fault,
                f"`{key}` is not a key of {_the(path, model)}; it is one of "
                f"{_the((), outer) if outer is fault.spot.models[0][1] else a(noun(outer))}.",
                "Check how far the line is indented.",
            )
    left = [word for word in known if word not in present]
    if not left:
        return at(fault, what, "Take it out.")
    return at(fault, what, f"Take it out, or use one of its keys: {ticked(left)}.")


def _the(path: Path, model: type[BaseModel]) -> str:
    return a(noun(model)) if path else f"the {noun(model)}"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def no_kind(fault: Fault) -> Told:
    """A part of the deal that does not say of which kind it is."""
    key = _unquoted(fault.context.get("discriminator"))
    kinds = _tags(kinds_of(fault.spot.here), key)
    owner = f"the {ticked([fault.key])} here" if fault.key else "this"
    if isinstance(fault.spot.path[-1], int):
        what = f"This item of `{fault.key}` has no `{key}`."
    else:
        what = f"{owner[:1].upper()}{owner[1:]} has no `{key}`."
    return at(fault, what, f"Add `{key}:` and one of {ticked(kinds)}.")


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
    meant = nearest(written.text, kinds)
    guess = f"Did you mean `{meant}`? " if meant else ""
    return Told(
        path,
        Problem(
            f"There is no `{key}` {shown(written.text)} here.",
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
