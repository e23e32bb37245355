"""Several tests at once, and several outcomes as one index (R84)."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.chance import (
    anderson_index,
    benjamini_hochberg,
    bonferroni,
    holm,
    simple_index,
)

CONTROL = np.array([False, False, True, True, True, True])
OUTCOMES = np.array([[3.0, 10.0], [4.0, 30.0], [1.0, 20.0], [2.0, 40.0], [3.0, 10.0], [2.0, 10.0]])


def test_each_adjustment_by_hand() -> None:
    p_values = np.array([0.04, 0.01, 0.03])
    assert bonferroni(p_values) == pytest.approx([0.12, 0.03, 0.09])
    assert holm(p_values) == pytest.approx([0.06, 0.03, 0.06])
    assert benjamini_hochberg(p_values) == pytest.approx([0.04, 0.03, 0.04])


@pytest.mark.parametrize("p_values", [[], [0.5, 1.5], [-0.1], [np.nan], [[0.5]]])
def test_what_is_not_a_p_value_is_a_mistake_of_the_program(p_values: list[float]) -> None:
    for adjust in (bonferroni, holm, benjamini_hochberg):
        with pytest.raises(ValueError, match="p-values"):
            adjust(np.array(p_values, float))


def test_the_simple_index_is_the_mean_of_standardised_outcomes() -> None:
    found = simple_index(OUTCOMES, CONTROL, np.array([1.0, -1.0]))

    first = (OUTCOMES[:, 0] - 2) / np.std([1, 2, 3, 2], ddof=1)
    second = (OUTCOMES[:, 1] - 20) / np.std([20, 40, 10, 10], ddof=1)
    assert found.values == pytest.approx((first - second) / 2)
    assert found.values[CONTROL].mean() == pytest.approx(0.0)


def test_outcomes_that_repeat_one_another_count_less() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    shared, alone = rng.standard_normal((2, 500))
    near = shared[:, None] + 0.1 * rng.standard_normal((500, 2))
    control = np.arange(500) % 2 == 0

    found = anderson_index(np.column_stack([near, alone]), control, np.ones(3))

    assert found.weights == pytest.approx([0.25, 0.25, 0.5], abs=0.1)


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        (np.where(OUTCOMES == 30, np.nan, OUTCOMES), "1 values of the outcomes"),
        (np.where(CONTROL[:, None], 1.0, OUTCOMES), "2 of the outcomes do not vary"),
    ],
)
def test_an_index_is_refused_for_missing_or_constant_outcomes(
    outcomes: np.ndarray, says: str
) -> None:
    for index in (simple_index, anderson_index):
        with pytest.raises(Refusal, match=says):
            index(outcomes, CONTROL, np.ones(2))


def test_an_index_of_an_outcome_that_follows_from_others_is_refused() -> None:
    with pytest.raises(Refusal, match="follows from the others"):
        anderson_index(np.column_stack([OUTCOMES, OUTCOMES.sum(axis=1)]), CONTROL, np.ones(3))


def test_directions_are_one_or_minus_one() -> None:
    with pytest.raises(ValueError, match="better"):
        simple_index(OUTCOMES, CONTROL, np.array([1.0, 0.5]))
