"""Parser events, taken one by one, to a tree; what a reader could misunderstand is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from payforsuccess.deal.reading import forbidden
from payforsuccess.deal.reading.characters import hidden_name
from payforsuccess.deal.reading.tree import Entry, Mapping, Node, Scalar, Sequence
from payforsuccess.errors import Place, Problem


@dataclass(frozen=True)
class Parsed:
    """What a file says, and what is wrong with how it is written.

    tree: None when the file could not be followed to its end, or when part of what it says had
    to be left out: checking the rest would then blame lines that are right.
    """

    tree: Mapping | None
    problems: tuple[Problem, ...] = ()


@dataclass
class _Open:
    """A mapping or a list whose end has not come yet; `key` waits for its value."""

    is_mapping: bool
    line: int
    column: int
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: Scalar | None = None
    key_is_dropped: bool = False
    expects_key: bool = True


class Builder:
    """Takes events in order and grows the tree; remembers every problem on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.is_whole = True
        self.nodes = 0
        self.documents = 0

    def stop(self, problem: Problem) -> bool:
        """Give up on the file, for this reason."""
        self.problems.append(problem)
        self.is_whole = False
        return False

    def finish(self) -> Parsed:
        """The tree, unless part of it was left out, and the problems."""
        root = self.root
        if root is None and not self.problems:
            self.stop(forbidden.nothing(Place(self.file, 1, 1)))
        elif root is not None and not isinstance(root, Mapping):
            place = Place(self.file, root.line, root.column)
            self.stop(forbidden.no_keys(place, is_list=isinstance(root, Sequence)))
        tree = root if self.is_whole and isinstance(root, Mapping) else None
        return Parsed(tree, tuple(self.problems))

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when there is no use in going on."""
        if isinstance(event, yaml.DocumentStartEvent):
            return self._document(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            return self._close()
        if isinstance(event, yaml.NodeEvent):
            return self._node(event)
        return True

    def _leave_out(self, problem: Problem) -> None:
        """Go on without a part of the file, for this reason."""
        self.problems.append(problem)
        self.is_whole = False

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents == 2:
            return self.stop(forbidden.second_document(self._place(event)))
        if event.tags:
            self.problems.append(forbidden.tag(self._place(event), "%TAG"))
        return True

    def _alias(self, event: yaml.AliasEvent) -> bool:
        self._leave_out(forbidden.alias(self._place(event), event.anchor or ""))
        return self._add(Scalar(f"*{event.anchor}", *_spot(event), plain=True))

    def _node(self, event: yaml.NodeEvent) -> bool:
        place = self._place(event)
        self.nodes += 1
        if self.nodes > forbidden.MOST_NODES:
            return self.stop(forbidden.too_many(place))
        if event.anchor is not None:
            self.problems.append(forbidden.anchor(place, event.anchor))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self.problems.append(forbidden.tag(place, str(event.tag)))
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._enter(event)

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        text, place = event.value, self._place(event)
        if len(text) > forbidden.LONGEST_SCALAR:
            self._leave_out(forbidden.long_value(place, len(text)))
            text = text[: forbidden.LONGEST_SCALAR]
        if name := hidden_name(text):
            self._leave_out(forbidden.hidden(place, name))
        # libyaml calls every unquoted scalar plain; a tag such as `!!str` was refused above.
        return self._add(Scalar(text, *_spot(event), plain=event.style in (None, "")))

    def _enter(self, event: yaml.NodeEvent) -> bool:
        if len(self.open) == forbidden.MOST_NESTED:
            return self.stop(forbidden.too_deep(self._place(event)))
        if self.open and self.open[-1].is_mapping and self.open[-1].expects_key:
            self._leave_out(forbidden.not_a_word(self._place(event)))
        self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), *_spot(event)))
        return True

    def _close(self) -> bool:
        done = self.open.pop()
        if done.is_mapping:
            return self._add(Mapping(done.entries, done.line, done.column))
        return self._add(Sequence(tuple(done.items), done.line, done.column))

    def _add(self, node: Node) -> bool:
        """Put a finished value where it belongs: top of the file, list, key or value."""
        if not self.open:
            self.root = node
            return True
        parent = self.open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.expects_key:
            parent.key_is_dropped = not self._is_good_key(parent, node)
            parent.key = node if isinstance(node, Scalar) else None
            parent.expects_key = False
        else:
            if parent.key is not None and not parent.key_is_dropped:
                key = parent.key
                parent.entries[key.text] = Entry(key.text, key.line, key.column, node)
            parent.expects_key = True
        return True

    def _is_good_key(self, parent: _Open, node: Node) -> bool:
        """Whether the key may stay; if not, why not is among the problems."""
        if not isinstance(node, Scalar):
            return False  # told when it began
        place = Place(self.file, node.line, node.column)
        if node.text in parent.entries:
            # The first stays, and nothing is left out: the rest of the file can still be checked.
            first = parent.entries[node.text].line
            self.problems.append(forbidden.twice(place, node.text, first))
            return False
        if node.text == "<<" and node.plain:
            self._leave_out(forbidden.merge(place))
        elif node.is_nothing:
            self._leave_out(forbidden.no_name(place))
        elif len(node.text) > forbidden.LONGEST_KEY:
            self._leave_out(forbidden.long_key(place, len(node.text)))
        else:
            return True
        return False

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.file, *_spot(event))


def _spot(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
