"""A fact put into the text of a file that people keep by hand: every other line stays as it is.

Whoever writes the text back reads it first and holds it against what was there before: where a file
is written in a way that this does not understand, that reading shows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

import yaml

from payforsuccess.deal.whole_file import FieldPath

_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?: [A-Za-z0-9][A-Za-z0-9_.-]*)*", re.ASCII)
# The loader in Python counts characters as Python does, so that its marks cut a text rightly.
_LOADER = yaml.SafeLoader
Plain = object
"""A text, a truth value, or a mapping or list of such."""


class CannotAdd(Exception):
    """The file is written in a form in which nothing can be put at this place."""


def with_item(text: str, path: FieldPath, item: Mapping[str, Plain], *, tall: bool = False) -> str:
    """The text with one more item at the end of the list at `path`, which may be missing.

    tall: write each key of the item on its own line, where the list is written so. CannotAdd where
    the place is no list.
    """
    root = _root(text)
    found = _at(root, path[:-1])
    held = _value_of(found, str(path[-1]))
    if held is None:
        return _with_list(text, found, str(path[-1]), item, tall=tall)
    if not isinstance(held, yaml.SequenceNode):
        raise CannotAdd
    if held.flow_style:
        return _before_bracket(text, held, flow(item))
    return _after_line(text, _end(held), _lines(item, held.start_mark.column, tall=tall))


def with_key(text: str, path: FieldPath, key: str, value: Plain) -> str:
    """The text with one more key in the mapping at `path`; CannotAdd where the key is there."""
    found = _at(_root(text), path)
    if _value_of(found, key) is not None:
        raise CannotAdd
    return _with_key(text, found, key, value)


def flow(value: Plain) -> str:
    """A value on one line: bare where that cannot be misread, else in quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" + ", ".join(flow(each) for each in cast("Sequence[Plain]", value)) + "]"


def _root(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        raise CannotAdd from None
    if not isinstance(root, yaml.MappingNode):
        raise CannotAdd
    return root


def _at(root: yaml.MappingNode, path: FieldPath) -> yaml.MappingNode:
    node: yaml.Node = root
    for part in path:
        if isinstance(part, int) and isinstance(node, yaml.SequenceNode):
            node = node.value[part]
        elif isinstance(part, str) and (found := _value_of(node, part)) is not None:
            node = found
        else:
            raise CannotAdd
    if not isinstance(node, yaml.MappingNode):
        raise CannotAdd
    return node


def _value_of(node: yaml.Node, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        raise CannotAdd
    pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
    return next((value for name, value in pairs if name.value == key), None)


def _with_list(
    text: str, node: yaml.MappingNode, key: str, item: Mapping[str, Plain], *, tall: bool
) -> str:
    """A list that is begun; one of the whole file has a line for each item that will follow."""
    column = node.start_mark.column
    if node.flow_style or column:
        return _with_key(text, node, key, [item])
    return _after_line(text, _end(node), [f"{key}:", *_lines(item, 2, tall=tall)])


def _with_key(text: str, node: yaml.MappingNode, key: str, value: Plain) -> str:
    added = f"{key}: {flow(value)}"
    if node.flow_style:
        return _before_bracket(text, node, added)
    return _after_line(text, _end(node), [" " * node.start_mark.column + added])


def _lines(item: Mapping[str, Plain], column: int, *, tall: bool) -> list[str]:
    """An item of a list, on one line or with a line for each key."""
    indent = " " * column
    if not tall:
        return [f"{indent}- {flow(item)}"]
    lines = [f"{indent}  {key}: {flow(value)}" for key, value in item.items()]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _before_bracket(text: str, node: yaml.Node, added: str) -> str:
    at = node.end_mark.index - 1
    before = text[:at].rstrip()
    between = "" if before[-1:] in "[{" else " " if before.endswith(",") else ", "
    return _read_again(f"{before}{between}{added}{text[at:]}")


def _read_again(text: str) -> str:
    """The text; CannotAdd where a comment swallowed what was added."""
    _root(text)
    return text


def _after_line(text: str, at: int, lines: Sequence[str]) -> str:
    if at == 0 or text[at - 1] != "\n":
        line_end = text.find("\n", at)
        if line_end < 0:
            text, line_end = f"{text}\n", len(text)
        at = line_end + 1
    return text[:at] + "".join(f"{line}\n" for line in lines) + text[at:]


def _end(node: yaml.Node) -> int:
    """Where the last value of a node ends; a block's own mark stands at what follows it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return int(node.end_mark.index)
