"""The names that rows by person may use: outcomes, cohorts and subgroups of the deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payforsuccess.errors import Place, Problem
from payforsuccess.payments.history import DealHistory


@dataclass(frozen=True)
class PeopleNames:
    """What each named column may hold; nothing is asked of a column the deal has no names for."""

    outcomes: frozenset[str]
    cohorts: frozenset[str]
    subgroups: frozenset[str]

    def problems(self, cells: Mapping[str, str], place: Place) -> list[Problem]:
        """What is wrong with a row; says the column and what it may hold, never what it holds."""
        problems: list[Problem] = []
        cohort = cells.get("cohort", "")
        groups = {part for part in cells.get("groups", "").split(";") if part}
        if cells.get("outcome", "") not in self.outcomes:
            problems.append(_unknown("outcome", self.outcomes, place))
        if cohort and self.cohorts and cohort not in self.cohorts:
            problems.append(_unknown("cohort", self.cohorts, place))
        if self.subgroups and not groups <= self.subgroups:
            problems.append(_unknown("groups", self.subgroups, place))
        return problems


def names_of(history: DealHistory) -> PeopleNames:
    """The names of all versions of a deal."""
    versions = history.versions
    return PeopleNames(
        frozenset(name for version in versions for name in version.outcomes),
        frozenset(cohort.name for version in versions for cohort in version.people.cohorts),
        frozenset(name for version in versions for name in version.people.subgroups),
    )


def _unknown(column: str, names: frozenset[str], place: Place) -> Problem:
    return Problem(
        f"The cell under `{column}` holds no name that the deal has for it.",
        f"Write one of: {', '.join(sorted(names))}.",
        place,
    )
