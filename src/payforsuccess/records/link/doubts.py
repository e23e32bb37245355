"""Pairs that look alike for another reason than being one person: relatives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from payforsuccess.records.link.comparisons import Comparison


@dataclass(frozen=True)
class Doubt:
    """Where this holds, a pair's score is `at_most`. `needs`: comparisons that it speaks of."""

    says: str
    when: str
    at_most: str
    needs: tuple[str, ...]


_NO_SSN = "coalesce(level_ssn, -1) <= 0"
_A_GENERATION = 13
BY_NAMES = (
    Doubt(
        "the birth dates differ, the given names are not the same, and no SSN says that it is one "
        "person: brothers and sisters share all the rest",
        f"level_born_on = 0 AND level_given_name BETWEEN 0 AND 3 AND {_NO_SSN}",
        "0.001",
        ("born_on", "given_name"),
    ),
    Doubt(
        "the given names differ, the family names do not, and no SSN says that it is one person: "
        "twins share all the rest",
        "level_given_name = 0 AND coalesce(level_family_name, -1) <> 0 AND "
        f"level_born_on >= 0 AND {_NO_SSN}",
        "0.15",
        ("given_name", "family_name", "born_on"),
    ),
    Doubt(
        "the given names sound alike at best, the middle initials differ, and no SSN says that it "
        "is one person: twins are named alike",
        f"level_given_name BETWEEN 0 AND 2 AND level_middle_initial = 0 AND {_NO_SSN}",
        "0.15",
        ("given_name", "middle_initial"),
    ),
    Doubt(
        "the birth dates lie a generation apart and no SSN says that it is one person: a parent "
        "and a child may share name and home",
        f"level_born_on = 0 AND {_NO_SSN} AND "
        f"abs(born_year_l::INTEGER - born_year_r::INTEGER) >= {_A_GENERATION}",
        "0.3",
        ("born_on",),
    ),
)
"""The comparisons take each identifier as evidence by itself; of relatives that is not true.

Three in a hundred children are twins, who share surname, birth date and home; about as many people
go by a given name that is not on file. Without an SSN the two cannot be told apart, so such pairs
fall below every threshold that a deal may state. The scores are about the shares of such pairs that
were one person in a simulated county; the first that holds is taken.
"""


def highest_score(doubts: Sequence[Doubt], comparisons: Sequence[Comparison]) -> str:
    """SQL for the highest score of a pair, from the numbers of its levels; 1 without doubt."""
    used = {comparison.name for comparison in comparisons}
    held = [doubt for doubt in doubts if used >= set(doubt.needs)]
    if not held:
        return "1.0"
    cases = " ".join(f"WHEN {doubt.when} THEN {doubt.at_most}" for doubt in held)
    case = f"CASE {cases} ELSE 1.0 END"
    # What is not compared says nothing.
    return re.sub(r"level_(\w+)", lambda at: at[0] if at[1] in used else "NULL", case)
