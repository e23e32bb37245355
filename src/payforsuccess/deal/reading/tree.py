"""A YAML file as a tree of text, with the line and column of every key and value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from payforsuccess.errors import Place

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of the file to a value: keys, and positions in lists from 0."""

# How plain YAML writes "no value"; in quotes these are ordinary words.
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written; `plain` means without quotes and not a block of text."""

    text: str
    line: int
    column: int
    plain: bool

    @property
    def is_nothing(self) -> bool:
        """No value at all: an empty place, `~` or `null` without quotes."""
        return self.plain and self.text in _NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, where it stands, and what is written under it."""

    key: str
    line: int
    column: int
    node: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of the file; no key comes twice."""

    items: dict[str, Entry]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values, in the order of the file."""

    items: tuple[Node, ...]
    line: int
    column: int


Node: TypeAlias = Scalar | Mapping | Sequence
Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"] | None


def plain(node: Node) -> Plain:
    """The tree as text, lists and dicts; a place where nothing is written is None."""
    if isinstance(node, Scalar):
        return None if node.is_nothing else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.node) for key, entry in node.items.items()}


def node_at(tree: Node, path: Path) -> Node | None:
    """What is written at `path`, or None when the file does not reach that far."""
    here: Node = tree
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str):
            entry = here.items.get(step)
            if entry is None:
                return None
            here = entry.node
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
        else:
            return None
    return here


def dotted(path: Path) -> str:
    """A path as people write it: `payments[2].ceiling`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def places_of(tree: Node, file: str) -> dict[Path, Place]:
    """The place of every value in the file, by its path; for a tree whose keys are known good."""
    places: dict[Path, Place] = {(): Place(file, tree.line, tree.column)}
    for path, line, column in _spots(tree, ()):
        places[path] = Place(file, line, column, dotted(path))
    return places


def place_at(tree: Node, path: Path, file: str) -> Place:
    """The place of `path`, or of the closest thing above it that is written in the file.

    A place is where a value begins when that is on the line of its key, else where the key is.
    The field named is always the whole of `path`, so that an absent key is still called by name.
    """
    here: Node = tree
    line, column = tree.line, tree.column
    for step in path:
        if isinstance(here, Mapping) and isinstance(step, str) and step in here.items:
            entry = here.items[step]
            here = entry.node
            line, column = _spot(entry)
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            line, column = here.line, here.column
        else:
            break
    return Place(file, line, column, dotted(path))


def _spot(entry: Entry) -> tuple[int, int]:
    value = entry.node
    return entry.line, value.column if value.line == entry.line else entry.column


def _spots(node: Node, path: Path) -> Iterator[tuple[Path, int, int]]:
    if isinstance(node, Mapping):
        for key, entry in node.items.items():
            yield (*path, key), *_spot(entry)
            yield from _spots(entry.node, (*path, key))
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            yield (*path, at), item.line, item.column
            yield from _spots(item, (*path, at))
