"""A model that is a whole file: it knows where each of its values stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from pydantic import PrivateAttr

from payforsuccess.deal.model import Model
from payforsuccess.errors import Place
from payforsuccess.trail import fingerprint

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """Where a file was read from: its name and the place of every value in it."""

    file: str = ""
    places: dict[FieldPath, Place] = field(default_factory=dict)

    def place_of(self, *path: str | int) -> Place:
        """The place of a value, or of the nearest part that holds it, with the whole path named."""
        shown = path_text(path)
        for length in range(len(path), -1, -1):
            found = self.places.get(tuple(path[:length]))
            if found is not None:
                return Place(found.file, found.line, found.column, shown)
        return Place(self.file, field=shown)


def path_text(path: FieldPath) -> str:
    """`payments[2].ceiling` for ("payments", 2, "ceiling"); lists count from 0 as in the file."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


class WholeFile(Model):
    """What one file states."""

    _source: Source = PrivateAttr(default_factory=Source)

    def with_source(self, source: Source) -> Self:
        """The same, remembering where each value stands."""
        self._source = source
        return self

    def place_of(self, *path: str | int) -> Place:
        """Where a value stands in the file."""
        return self._source.place_of(*path)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what is stated, whatever the file's spelling, order or comments."""
        return fingerprint(self.as_plain())
