"""Whether people enrolled as they were drawn: asked of the list before an arm is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.lottery.listed import AssignmentList, arms_of, people_of

NO_PLACE = Place()


@dataclass(frozen=True)
class EnrolmentCheck:
    """How people with an arm in the records compare with the list; counts and keys, no names.

    never_assigned: in the records, not in the list. other_arm: in another arm than chance decided.
    outside: placed outside of the lottery, and so in no arm. not_enrolled: drawn, and not in the
    records yet. twice: one person in the list, and here under several keys.
    """

    never_assigned: tuple[str, ...]
    other_arm: tuple[str, ...]
    outside: tuple[str, ...]
    not_enrolled: tuple[str, ...]
    twice: tuple[str, ...] = ()

    def problems(self, where: Place = NO_PLACE) -> tuple[Problem, ...]:
        """What keeps an analysis by assignment from being made; who never enrolled does not."""
        told = (
            (
                self.never_assigned,
                "have an arm in the records and were never drawn by the lottery",
                "Draw nobody afterwards: take them out of the comparison, or correct their keys.",
            ),
            (
                self.other_arm,
                "have another arm in the records than the lottery drew",
                "Analysis goes by the draw: correct the records; what they got in fact is put on "
                "record with `pfs assign override` or `pfs assign crossover`.",
            ),
            (
                self.outside,
                "have an arm in the records and were placed outside of the lottery",
                "They belong to no arm: take them out of the comparison.",
            ),
            (
                self.twice,
                "have an arm in the records under several keys that the list knows as one",
                "Each counts once: join their records (pfs link), or take the later ones out.",
            ),
        )
        return tuple(
            Problem(_counted(len(keys), what), do, where) for keys, what, do in told if keys
        )


def check_enrolled(
    found: Mapping[str, str], listed: AssignmentList, *, keys: Mapping[str, str] | None = None
) -> EnrolmentCheck:
    """How the arms in the records, by person, compare with what the lottery drew.

    keys: the key in the records of each key in the list, where records were given keys of their
    own; those left out are the same in both. Who was drawn under two keys is one person.
    """
    own = keys or {}
    arms = {own.get(key, key): arm for key, arm in arms_of(listed).items()}
    outside = {own.get(k, k) for person in listed.outside for k in listed.keys_of(person)}
    enrolled = found.keys()
    in_records = {
        person: {own.get(key, key) for key in listed.keys_of(person)} & enrolled
        for person in people_of(listed)
    }
    return EnrolmentCheck(
        never_assigned=tuple(p for p in found if p not in arms and p not in outside),
        other_arm=tuple(p for p, arm in found.items() if p in arms and arms[p] != arm),
        outside=tuple(p for p in found if p in outside and p not in arms),
        not_enrolled=tuple(
            own.get(person, person) for person, found_as in in_records.items() if not found_as
        ),
        twice=tuple(
            own.get(person, person) for person, found_as in in_records.items() if len(found_as) > 1
        ),
    )


def _counted(count: int, what: str) -> str:
    if count == 1:
        return f"1 person {what.replace('have', 'has').replace('were', 'was')}."
    return f"{count:,} people {what}."
