"""One line of arithmetic, as a person would write it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What was done (`says`), what came out (`gives`), and the clause it rests on.

    `gives` is decimal text with its unit (`620,978.40 USD`, `41,070 days`): steps are read, never
    computed with. `of` holds the steps this one rests on, in order.
    """

    says: str
    gives: str
    clause: str = ""
    of: tuple[Step, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """The step and all below it, deepest first, indented two spaces a level."""
        below = [line for step in self.of for line in step.lines(depth)]
        clause = f"  [{self.clause}]" if self.clause else ""
        return [*below, f"{'  ' * depth}{self.says} = {self.gives}{clause}"]

    def as_plain(self) -> dict[str, object]:
        """The step as text, lists and mappings, ready for canonical JSON."""
        plain: dict[str, object] = {"says": self.says, "gives": self.gives}
        if self.clause:
            plain["clause"] = self.clause
        if self.of:
            plain["of"] = [step.as_plain() for step in self.of]
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Step:
        """The step that `as_plain` wrote."""
        below = plain.get("of", [])
        return cls(
            says=str(plain["says"]),
            gives=str(plain["gives"]),
            clause=str(plain.get("clause", "")),
            of=tuple(cls.from_plain(step) for step in below)
            if isinstance(below, Sequence) and not isinstance(below, str)
            else (),
        )
