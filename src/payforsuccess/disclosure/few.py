"""Whether a result tells of so few people that it is not for every reader."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.disclosure.cells import LEAST_THRESHOLD

_PEOPLE = {
    *("person", "people", "participant", "client", "household", "family", "home"),
    *("child", "student", "tenant", "member"),
}


def counts_people(unit: str) -> bool:
    """Whether a unit is one of people, or of their homes."""
    return any(word.rstrip("s") in _PEOPLE for word in unit.casefold().split())


def tells_of_few(
    value: Fraction | int, unit: str, people: int | None, *, threshold: int = LEAST_THRESHOLD
) -> bool:
    """Whether the value is a count of few people, or rests on few; nobody at all is not few."""
    is_few = counts_people(unit) and 0 < value <= threshold
    return is_few or 0 < (people or 0) <= threshold
