"""A record that was read: its values by the standard's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class IndigoPart:
    """A part of a record. What its publisher marks as private or disputed is not in it."""

    plain: Mapping[str, object]

    def _at(self, path: str) -> object:
        at: object = self.plain
        for name in path.split("."):
            at = at.get(name) if isinstance(at, Mapping) else None
        return at.get("value") if isinstance(at, Mapping) else at

    def text(self, path: str) -> str:
        """The text at a path such as `dates.notes`; empty where there is none."""
        found = self._at(path)
        return " ".join(found.split()) if isinstance(found, str) else ""

    def number(self, path: str) -> Fraction | None:
        """The number at a path."""
        found = self._at(path)
        return found if isinstance(found, Fraction) else None

    def year(self, *paths: str) -> int | None:
        """The year of the first of the dates that is given."""
        given = [text for path in paths if (text := self.text(path))]
        return int(given[0][:4]) if given else None

    def rows(self, name: str) -> tuple[IndigoPart, ...]:
        """The parts of a list; none where it is not given."""
        found = self.plain.get(name)
        if not isinstance(found, tuple):
            return ()
        return tuple(IndigoPart(row) for row in found if isinstance(row, Mapping))


@dataclass(frozen=True)
class IndigoRecord:
    """One project: its id, its fields, and the names of the organisations it refers to.

    left_out: where values stood that their publisher marks as private or disputed.
    """

    id: str
    project: IndigoPart
    organisations: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def named(self, organisation: str) -> str:
        """The name of an organisation, or its id where the file does not say its name."""
        return self.organisations.get(organisation, organisation)
