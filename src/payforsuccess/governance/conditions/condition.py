"""A condition of a gate: what must be so, where it comes from, and whether it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from payforsuccess.errors import Finding, Place, Problem
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.initiative import ContractType

ALL_TYPES: tuple[ContractType, ...] = (
    "with-investors",
    "without-investors",
    "part-of-existing-contract",
)


@dataclass(frozen=True)
class Met:
    """The condition holds; `by` says what shows it."""

    by: str


@dataclass(frozen=True)
class Unmet:
    """The condition does not hold: what was found, what to do, and where in the file.

    is_unknown: it could not be looked at here, so that it may hold all the same.
    """

    found: str
    do: str
    where: Place | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class Condition:
    """One condition.

    requirement: the ids it comes from, such as R43. says: what must be so, as one sentence.
    look: whether it is so. types: the kinds of contract it is asked of.
    """

    name: str
    requirement: tuple[str, ...]
    says: str
    look: Callable[[Facts], Met | Unmet]
    types: tuple[ContractType, ...] = ALL_TYPES

    def is_asked_of(self, facts: Facts) -> bool:
        """Whether it is asked of this kind of contract."""
        return facts.initiative.contract_type in self.types


@dataclass(frozen=True)
class Theme:
    """Conditions that belong together, with what else is wrong or worth saying on their subject.

    problems: what is on record and must not be, such as a chair who is not of a payor. findings:
    what a reader should know, such as an agreement that ends soon.
    """

    name: str
    conditions: tuple[Condition, ...] = ()
    problems: Callable[[Facts], Iterable[Problem]] = lambda facts: ()
    findings: Callable[[Facts], Iterable[Finding]] = lambda facts: ()
