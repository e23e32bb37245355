"""Parser events, taken one by one, to a tree; what a reader could misunderstand is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import yaml

from payforsuccess.deal.reading.characters import hidden_name
from payforsuccess.deal.reading.tree import Entry, Mapping, Node, Scalar, Sequence
from payforsuccess.errors import Place, Problem

MOST_NESTED: Final = 30
MOST_NODES: Final = 50_000
LONGEST_SCALAR: Final = 20_000
LONGEST_KEY: Final = 100


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
        if self.root is None and not self.problems:
            self.stop(
                Problem(
                    "There is nothing in this file.",
                    "Begin with `format: 1` and the name of the deal, or start from a template.",
                    Place(self.file, 1, 1),
                )
            )
        elif self.root is not None and not isinstance(self.root, Mapping):
            shape = "a list" if isinstance(self.root, Sequence) else "a single value"
            self.stop(
                Problem(
                    f"The file is {shape}, where keys with values belong.",
                    "Begin each line at the left edge with a key and a colon, such as `format: 1`.",
                    Place(self.file, self.root.line, self.root.column),
                )
            )
        tree = self.root if self.is_whole and isinstance(self.root, Mapping) else None
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

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents == 2:
            return self.stop(
                Problem(
                    "A second document begins here, after the line `---`.",
                    "Keep one deal in one file: take the line `---` out, or move the rest to a "
                    "file of its own.",
                    self._place(event),
                )
            )
        if event.tags:
            return self._refuse_tag(event, "%TAG")
        return True

    def _alias(self, event: yaml.AliasEvent) -> bool:
        self.problems.append(
            Problem(
                f"`*{_short(event.anchor)}` repeats another part of the file.",
                "Write the part out here in full, so that each clause can be read where it stands.",
                self._place(event),
            )
        )
        self.is_whole = False
        return self._add(Scalar(f"*{event.anchor}", *_spot(event), plain=True))

    def _node(self, event: yaml.NodeEvent) -> bool:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            return self.stop(
                Problem(
                    f"The file holds more than {MOST_NODES:,} values. A deal file is far smaller.",
                    "Check that this is the deal file and not a file of data.",
                    self._place(event),
                )
            )
        if event.anchor is not None:
            self.problems.append(
                Problem(
                    f"`&{_short(event.anchor)}` gives this part of the file a name, to repeat it.",
                    f"Take `&{_short(event.anchor)}` out, and write the part out in full wherever "
                    "it is needed.",
                    self._place(event),
                )
            )
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self._refuse_tag(event, str(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return self._open_one(event)

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        text = event.value
        if len(text) > LONGEST_SCALAR:
            self.problems.append(
                Problem(
                    f"This value is {len(text):,} characters long; {LONGEST_SCALAR:,} is the most.",
                    "Shorten it. If it was not meant to be so long, look for a quote that is not "
                    "closed.",
                    self._place(event),
                )
            )
            text = text[:LONGEST_SCALAR]
            self.is_whole = False
        if hidden := hidden_name(text):
            self.problems.append(
                Problem(
                    f"This value holds {hidden}, which nobody can see.",
                    "Take the backslash and the code after it out of the quotes.",
                    self._place(event),
                )
            )
            self.is_whole = False
        # libyaml calls every unquoted scalar plain; a tag such as `!!str` was refused above.
        return self._add(Scalar(text, *_spot(event), plain=event.style in (None, "")))

    def _open_one(self, event: yaml.NodeEvent) -> bool:
        if len(self.open) == MOST_NESTED:
            return self.stop(
                Problem(
                    f"Keys and lists lie more than {MOST_NESTED} deep here.",
                    "Check the brackets and the indentation; no deal needs so many levels.",
                    self._place(event),
                )
            )
        if self.open and self.open[-1].is_mapping and self.open[-1].expects_key:
            self.problems.append(
                Problem(
                    "A key must be a single word or name; here a list or a set of keys stands "
                    "before the colon.",
                    "Write a name before the colon. If braces or brackets belong to a text, put "
                    "the text in quotes.",
                    self._place(event),
                )
            )
            self.is_whole = False
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
        if node.text == "<<" and node.plain:
            self.problems.append(
                Problem(
                    "`<<` copies keys from another part of the file.",
                    "Write the keys out here in full, so that each clause can be read where it "
                    "stands.",
                    place,
                )
            )
            self.is_whole = False
            return False
        if node.is_nothing:
            self.problems.append(
                Problem("A key has no name here.", "Write a name before the colon.", place)
            )
            self.is_whole = False
            return False
        if len(node.text) > LONGEST_KEY:
            self.problems.append(
                Problem(
                    f"This key is {len(node.text):,} characters long; {LONGEST_KEY} is the most.",
                    "A key is a short name before a colon. If this is a text, put it in quotes.",
                    place,
                )
            )
            self.is_whole = False
            return False
        if node.text in parent.entries:
            first = parent.entries[node.text].line
            self.problems.append(
                Problem(
                    f"`{_short(node.text)}` is written twice, here and on line {first}.",
                    "Keep one of the two.",
                    place,
                )
            )
            return False
        return True

    def _refuse_tag(self, event: yaml.Event, tag: str) -> bool:
        shown = tag.replace("tag:yaml.org,2002:", "!!")
        self.problems.append(
            Problem(
                f"`{_short(shown)}` tells a program what kind of value this is.",
                f"Take `{_short(shown)}` out: each key knows what kind of value it holds.",
                self._place(event),
            )
        )
        return True

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.file, *_spot(event))


def _spot(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 40 else f"{text[:37]}..."
