"""What a document would say and no file tells: left visibly open, never filled in by a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from payforsuccess.reports.document import Block, Heading, ItemList, paragraph
from payforsuccess.reports.inline import Content, Strong
from payforsuccess.reports.table import Cell

OPEN = "Not known yet."


@dataclass
class OpenItems:
    """Gathers what is open while a document is put together, so that its end can list it."""

    items: list[str] = field(default_factory=list)

    def say(self, do: str) -> Content:
        """Words for the place where it belongs; `do` says who fills it in, and with what."""
        self.items.append(do)
        return (Strong(OPEN), f" {do}")

    def cell(self, do: str) -> Cell:
        """The same in a table."""
        return Cell(self.say(do))

    def text(self, told: str | None, do: str) -> Content:
        """What is told, or that it is open."""
        return (told,) if told else self.say(do)

    def block(self, told: Sequence[str] | str | None, do: str) -> Block:
        """A paragraph or list of what is told, or that it is open."""
        if not told:
            return paragraph(*self.say(do))
        if isinstance(told, str):
            return paragraph(told)
        return ItemList(tuple((each,) for each in told))

    def section(self, level: int = 2) -> tuple[Block, ...]:
        """The list of all that is open, under a heading of its own; nothing where nothing is."""
        if not self.items:
            return ()
        items = tuple((each,) for each in dict.fromkeys(self.items))
        return (Heading(level, "Still open", "open"), ItemList(items))
