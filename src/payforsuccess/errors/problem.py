"""A problem blocks, a finding informs; both say what, where, what was found and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

EXIT_FINE = 0
EXIT_BUG = 1
EXIT_USAGE = 2
EXIT_PROBLEMS = 10


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file something stands; lines and columns count from 1, 0 means not known.

    `field` is the dotted path a person can follow, such as `payments[2].ceiling`.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        """`deal.yaml:41  payments[2].ceiling`, leaving out what is not known."""
        spot = self.file
        if spot and self.line:
            spot = f"{spot}:{self.line}"
        elif self.line:
            spot = f"line {self.line}"
        return "  ".join(part for part in (spot, self.field) if part)


@dataclass(frozen=True)
class Problem:
    """Something that must be mended before work can go on.

    `what` is a whole sentence that names the rule and what was found; `do` is a whole sentence
    that says how to mend it. Neither ever holds a person's data: counts and row numbers only.
    """

    what: str
    do: str = ""
    where: Place = Place()

    def __str__(self) -> str:
        """The three lines a person reads: place, what was wrong, what to do."""
        lines = [str(self.where) or "(no place)"]
        lines += [f"  {line}" for line in self.what.splitlines()]
        lines += [f"  {line}" for line in self.do.splitlines()]
        return "\n".join(lines)

    def at(self, where: Place) -> Problem:
        """The same problem at another place."""
        return Problem(self.what, self.do, where)


@dataclass(frozen=True)
class Finding:
    """Something a careful reader should know, which does not stop the work.

    `topic` groups findings of one sort (`ceiling`, `no-success`, `liability`, `cliff`, ...).
    """

    topic: str
    what: str
    where: Place = Place()

    def __str__(self) -> str:
        place = f"  ({self.where})" if str(self.where) else ""
        return f"{self.what}{place}"


class Proved(Finding):
    """A finding that reassures: something certain that asks for no one's attention."""


class Refusal(Exception):
    """Work stopped on purpose, with every problem that was found."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        if not self.problems:
            raise ValueError("a refusal needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))
