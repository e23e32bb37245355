"""Relatives: who looks like one person for another reason is held below every threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from payforsuccess.records.link import comparisons, doubts
from payforsuccess.store import open_store

SAME_GIVEN, SAME_FAMILY, SAME_BIRTH, SAME_SSN = 5, 4, 5, 3
Highest = Callable[..., float]


@pytest.fixture(scope="module")
def highest() -> Iterator[Highest]:
    """The highest score of a pair with these levels; what is not given is missing."""
    with open_store() as store:

        def of(born: tuple[str, str] = ("1980", "1980"), **levels: int) -> float:
            names = [comparison.name for comparison in comparisons.BY_NAMES]
            columns = [f"{levels.get(name, -1)} AS level_{name}" for name in names]
            case = doubts.highest_score(doubts.BY_NAMES, comparisons.BY_NAMES)
            [(score,)] = store.backend.con.execute(
                f"SELECT {case} FROM (SELECT {', '.join(columns)}, "
                f"'{born[0]}' AS born_year_l, '{born[1]}' AS born_year_r)"
            ).fetchall()
            return float(score)

        yield of


def test_twins_are_not_one_person(highest: Highest) -> None:
    assert highest(given_name=0, family_name=SAME_FAMILY, born_on=SAME_BIRTH) < 0.5


def test_twins_whose_names_sound_alike_are_told_apart_by_their_initials(highest: Highest) -> None:
    alike = {"given_name": 2, "family_name": SAME_FAMILY, "born_on": SAME_BIRTH}

    assert highest(**alike, middle_initial=0) < 0.5
    assert highest(**alike, middle_initial=1) == 1


def test_brothers_and_sisters_are_not_one_person(highest: Highest) -> None:
    assert highest(given_name=0, family_name=SAME_FAMILY, born_on=0, address=3) < 0.05


def test_a_parent_and_a_child_of_one_name_are_not_one_person(highest: Highest) -> None:
    same = {"given_name": SAME_GIVEN, "family_name": SAME_FAMILY, "born_on": 0}

    assert highest(("1960", "1973"), **same) < 0.5
    assert highest(("1960", "1972"), **same) == 1


@pytest.mark.parametrize("ssn", [1, 2, SAME_SSN])
def test_a_number_that_agrees_takes_the_doubt_away(highest: Highest, ssn: int) -> None:
    assert highest(given_name=0, family_name=SAME_FAMILY, born_on=SAME_BIRTH, ssn=ssn) == 1


def test_a_given_name_that_is_not_on_file_raises_no_doubt(highest: Highest) -> None:
    assert highest(family_name=SAME_FAMILY, born_on=SAME_BIRTH) == 1


def test_comparisons_that_are_not_used_raise_none() -> None:
    assert doubts.highest_score(doubts.BY_NAMES, (comparisons.SEX,)) == "1.0"
