"""One pydantic error, what is known about its place, and the words that all problems share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import UnionType
from typing import Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from payforsuccess.deal.nearest import a, shown, ticked
from payforsuccess.deal.reading.shape import Spot, shape_of
from payforsuccess.deal.reading.tree import Mapping, Node, Path, Scalar, node_at
from payforsuccess.errors import Problem

_OR_NOT = "Write a value, or take the line away."


@dataclass(frozen=True)
class Told:
    """A problem and the path in the file where it should be shown."""

    path: Path
    problem: Problem


@dataclass(frozen=True)
class Fault:
    """One error with all that is needed to word it.

    node: what is written at the spot, or None when nothing is. owner: what the spot's key is
    written in. nothings: keys after which nothing is written.
    """

    error: ErrorDetails
    spot: Spot
    tree: Mapping
    nothings: frozenset[Path] = frozenset()

    @property
    def sort(self) -> str:
        """Pydantic's name for the sort of error."""
        return self.error["type"]

    @property
    def context(self) -> dict[str, object]:
        """What the error holds beside its message."""
        return self.error.get("ctx") or {}

    @property
    def node(self) -> Node | None:
        """What is written at the spot."""
        return node_at(self.tree, self.spot.path)

    @property
    def key(self) -> str:
        """The last key on the way to the spot."""
        return next((step for step in reversed(self.spot.path) if isinstance(step, str)), "")


def part(models: tuple[tuple[Path, type[BaseModel]], ...], at: int = -1) -> str:
    """What a part of the file is called in a sentence: `a unit price`, `the deal`, `` `periods` ``.

    models: as in Spot. An item of a list or of named things is called by what it is, and by its
    kind when it has one; anything else by its key.
    """
    path, model = models[at]
    tag = _tag(model)
    if not path:
        return f"the {_words(model)}"
    if isinstance(path[-1], str) and path[:-1] in (above for above, _ in models):
        return f"`{path[-1]}` of kind `{tag}`" if tag else f"`{path[-1]}`"
    if tag:
        return f"a `{tag}` {singular(path)}"
    return a(_words(model))


_SINGULAR = {"evaluation": "plan", "of": "measure"}
_NAMED = ("evaluation", "outcomes")


def _tag(model: type[BaseModel]) -> str:
    """The kind that tells this model apart from its neighbours, if it has one."""
    for key in ("kind", "design"):
        field = model.model_fields.get(key)
        if field is not None and get_origin(field.annotation) is Literal:
            tags = get_args(field.annotation)
            if len(tags) == 1:
                return str(tags[0])
    return ""


def _words(model: type[BaseModel]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


def at(fault: Fault, what: str, do: str) -> Told:
    """A problem at the spot of the fault."""
    return Told(fault.spot.path, Problem(what, do))


def owner(fault: Fault) -> str:
    """What lacks a key: `The unit price “housing”`, `This band`, `` `periods` `` or `The deal`."""
    above = tuple(one for one in fault.spot.models if one[0] != fault.spot.path)
    path, _ = above[-1]
    called = part(above)
    node = node_at(fault.tree, path)
    name = node.items.get("name") if isinstance(node, Mapping) else None
    if not called.startswith(("a ", "an ")):
        return called[:1].upper() + called[1:]
    called = called.split(" ", 1)[1]
    if name is not None and isinstance(name.node, Scalar) and name.node.text:
        return f"The {called} {shown(name.node.text)}"
    return f"The {called} `{path[-1]}`" if isinstance(path[-1], str) else f"This {called}"


def write_it(fault: Fault) -> str:
    """`Write what belongs here: the most this term may ever pay.`"""
    path, field = fault.spot.path, fault.spot.field
    if path and isinstance(path[-1], int):
        return "Write a value, or take the line away."
    told = purpose(fault)
    if told:
        return f"Write what belongs here: {told}"
    return "Write a value." if field is not None and field.is_required() else _OR_NOT


def purpose(fault: Fault) -> str:
    """What the key is for and which words it knows, to go on after a colon."""
    field = fault.spot.field
    if field is None or not (field.description or "").strip():
        return ""
    words = literals(field.annotation)
    told = ended(lower((field.description or "").strip()))
    verb = "Each" if shape_of(field.annotation) == "list" else "It"
    return f"{told} {verb} can be {ticked(words)}." if words else told


def literals(annotation: object) -> list[str]:
    """The words that a field, or each item of its list, can hold, when it is a choice."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    if get_origin(annotation) in (Union, UnionType, tuple):
        return [word for member in get_args(annotation) for word in literals(member)]
    return []


def singular(path: Path) -> str:
    """What one thing at `path` is called by the key it is listed under: `payment`, `measure`."""
    keys = [step for step in path if isinstance(step, str)]
    key = keys[-1] if keys else "part"
    if len(keys) > 1 and keys[0] in _NAMED and len(path) == 2:
        key = keys[0]
    return _SINGULAR.get(key, key.removesuffix("s"))


def lower(sentence: str) -> str:
    """A sentence to go on after a colon; a word all in capitals stays."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def ended(sentence: str) -> str:
    """A sentence with its full stop."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def cut(word: str) -> str:
    """A key as shown in a sentence: shortened when it is long."""
    return word if len(word) <= 40 else f"{word[:39]}…"
