"""One pydantic error, what is known about its place, and the words that all problems share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from payforsuccess.deal.reading.nearest import shown
from payforsuccess.deal.reading.shape import Spot
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
    def context(self) -> dict[str, Any]:
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


def noun(model: type[BaseModel]) -> str:
    """What a part of a deal is called in a sentence: `unit price`."""
    called = getattr(model, "called", "")
    if isinstance(called, str) and called:
        return called
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


def a(word: str) -> str:
    """The word with its article."""
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


def at(fault: Fault, what: str, do: str) -> Told:
    """A problem at the spot of the fault."""
    return Told(fault.spot.path, Problem(what, do))


def owner(fault: Fault) -> str:
    """`The unit price “housing”`, or `This unit price` when it has no name, or `The deal`."""
    path, model = fault.spot.models[-1]
    node = node_at(fault.tree, path)
    name = node.items.get("name") if isinstance(node, Mapping) else None
    if name is not None and isinstance(name.node, Scalar) and name.node.text:
        return f"The {noun(model)} {shown(name.node.text)}"
    if path and isinstance(path[-1], str) and len(path) > 1:
        return f"The {noun(model)} `{path[-1]}`" if noun(model) != path[-1] else f"This {path[-1]}"
    return f"This {noun(model)}" if path else f"The {noun(model)}"


def write_it(fault: Fault) -> str:
    """`Write what belongs here: the most this term may ever pay.`"""
    path, field = fault.spot.path, fault.spot.field
    if path and isinstance(path[-1], int):
        return "Write a value, or take the line away."
    told = (field.description or "").strip() if field is not None else ""
    if told:
        return ended(f"Write what belongs here: {lower(told)}")
    return "Write a value." if field is not None and field.is_required() else _OR_NOT


def lower(sentence: str) -> str:
    """A sentence to go on after a colon; a word all in capitals stays."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def ended(sentence: str) -> str:
    """A sentence with its full stop."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def cut(word: str) -> str:
    """A key as shown in a sentence: shortened when it is long."""
    return word if len(word) <= 40 else f"{word[:39]}…"
