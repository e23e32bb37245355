"""What a comparison is drawn from, and what it refuses."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import ComparisonPool, Match, Outcomes
from payforsuccess.evaluation.comparison.pool import known_outcomes, refuse_dependent
from tests.lib.pools import outcomes_of, pool_of


def test_neither_pool_nor_match_has_a_place_for_an_outcome() -> None:
    """Matches are made where outcome columns are absent."""
    held = {field.name for kind in (ComparisonPool, Match) for field in fields(kind)}

    assert held == {
        *("keys", "treated", "names", "traits"),
        *("rule", "pool", "people", "strata", "pairs", "unmatched", "short", "alike"),
    }


def test_no_one_can_write_to_a_pool() -> None:
    pool = pool_of([1, 0], age=[30, 40])

    with pytest.raises(ValueError, match="read-only"):
        pool.traits[0, 0] = 31


def test_the_fingerprint_moves_with_people_sides_names_and_values() -> None:
    pool = pool_of([1, 0, 0], age=[30, 40, 50])
    others = [
        pool_of([1, 1, 0], age=[30, 40, 50]),
        pool_of([1, 0, 0], years=[30, 40, 50]),
        pool_of([1, 0, 0], age=[30, 40, 51]),
        ComparisonPool(np.array([0, 2, 1]), pool.treated, pool.names, pool.traits),
    ]

    assert pool.fingerprint == pool_of([1, 0, 0], age=[30, 40, 50]).fingerprint
    assert len({pool.fingerprint, *(one.fingerprint for one in others)}) == 5


@pytest.mark.parametrize(
    ("keys", "treated", "ages", "said"),
    [
        ([1, 1, 2], [1, 0, 0], [30, 40, 50], "1 rows repeat a person"),
        ([1, 2, 3], [0, 0, 0], [30, 40, 50], "holds no one who was served"),
        ([1, 2, 3], [1, 1, 1], [30, 40, 50], "holds no one to compare with"),
        ([1, 2, 3], [1, 0, 0], [30, np.nan, np.inf], "age is not known for 2 people"),
    ],
)
def test_pools_that_nothing_can_be_made_from(
    keys: list[int], treated: list[int], ages: list[float], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        ComparisonPool(
            np.array(keys), np.array(treated, dtype=bool), ("age",), np.array(ages)[:, None]
        )


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refusal) as found:
        ComparisonPool(
            np.array([1, 1]), np.array([True, True]), ("age",), np.array([[np.nan], [1.0]])
        )

    assert len(found.value.problems) == 3


def test_wrong_shapes_are_mistakes_of_the_caller() -> None:
    with pytest.raises(ValueError, match="of one length"):
        ComparisonPool(np.arange(3), np.array([1, 0, 0]), ("age",), np.zeros((3, 1)))
    with pytest.raises(ValueError, match="one column a name"):
        ComparisonPool(np.arange(2), np.array([True, False]), ("age", "age"), np.zeros((2, 2)))
    with pytest.raises(ValueError, match="no trait height"):
        pool_of([1, 0], age=[1, 2]).columns(["height"])
    with pytest.raises(ValueError, match="one a key"):
        Outcomes(np.arange(2), np.zeros(3))


def test_dependent_covariates_are_named_with_those_before_them_kept() -> None:
    a, b = np.array([0.0, 1, 0, 1, 1]), np.array([1.0, 5, 2, 2, 7])
    columns = np.column_stack([a, b, 3 * a - b + 2, np.full(5, 4.0)])

    with pytest.raises(Refusal) as found:
        refuse_dependent(columns, ("a", "b", "sum", "flat"))

    assert [str(one.what) for one in found.value.problems] == [
        "Everyone has the same value of flat.",
        "Everyone considered, these covariates follow from the others: sum.",
    ]


def test_covariates_that_are_only_much_alike_are_kept() -> None:
    age = np.linspace(18, 60, 50)

    refuse_dependent(np.column_stack([age, age**2, age**3]), ("age", "age2", "age3"))


def test_unknown_outcomes_are_counted_by_side() -> None:
    pool = pool_of([1, 1, 0, 0], age=[1, 2, 3, 4])
    used = np.array([True, True, True, False])
    outcomes = outcomes_of(pool, [np.nan, 1, np.nan, np.nan])

    with pytest.raises(Refusal, match="1 people served and 1 people they are compared with"):
        known_outcomes(outcomes, pool.people, pool.treated, used=used)


def test_outcomes_of_other_people_are_refused() -> None:
    pool = pool_of([1, 0], age=[1, 2])

    with pytest.raises(Refusal, match="other people"):
        known_outcomes(
            Outcomes(np.array([1, 0]), np.zeros(2)),
            pool.people,
            pool.treated,
            used=np.array([True, True]),
        )
