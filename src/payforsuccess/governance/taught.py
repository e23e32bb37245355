"""Who was taught how outcomes contracts work: coverage by department (R55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.governance.initiative.initiative import Initiative


@dataclass(frozen=True)
class Taught:
    """A department: people taught at least one lesson, out of how many; by lesson, too.

    should: how many should be; None where nobody said, so that there is no coverage.
    """

    department: str
    people: int
    should: int | None
    by_module: tuple[tuple[str, int], ...]

    @property
    def coverage(self) -> Fraction | None:
        """The share taught; more people on record than the department is said to have is all."""
        return None if self.should is None else min(Fraction(self.people, self.should), Fraction(1))


def taught(initiative: Initiative, *, on: date) -> tuple[Taught, ...]:
    """Every department that has people to teach or who were taught. A person counts once."""
    done = [each for each in initiative.training if each.on <= on]
    should = {each.department: each.people for each in initiative.headcounts}
    modules = dict.fromkeys(each.module for each in done)
    return tuple(
        Taught(
            department,
            len({each.person.casefold() for each in done if each.department == department}),
            should.get(department),
            tuple(
                (
                    module,
                    len(
                        {
                            each.person.casefold()
                            for each in done
                            if each.department == department and each.module == module
                        }
                    ),
                )
                for module in modules
            ),
        )
        for department in dict.fromkeys((*should, *(each.department for each in done)))
    )
