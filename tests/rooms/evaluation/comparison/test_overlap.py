"""Overlap, weights and standardised differences."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.evaluation.comparison import differences, overlap_of, spread_of


def test_common_support_and_counts_by_side() -> None:
    score = np.array([0.2, 0.5, 0.9, 0.1, 0.2, 0.3, 0.6])
    treated = np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool)

    found = overlap_of(score, treated, bins=2)

    assert (found.low, found.high) == (0.2, 0.6)
    assert (found.treated_outside, found.control_outside) == (1, 1)
    assert found.edges == (0.0, 0.5, 1.0)
    assert (found.treated_counts, found.control_counts) == ((1, 2), (3, 1))


def test_scores_that_no_one_shares_have_no_support() -> None:
    found = overlap_of(np.array([0.8, 0.9, 0.1, 0.2]), np.array([True, True, False, False]))

    assert (found.low, found.high) == (None, None)
    assert (found.treated_outside, found.control_outside) == (2, 2)


def test_effective_people_and_the_largest_share() -> None:
    found = spread_of(np.array([3.0, 1.0, 0.0]))

    assert (found.people, found.total, found.largest_share) == (2, 4.0, 0.75)
    assert found.effective == pytest.approx(16 / 10)
    for bad in ([-1.0, 2.0], [0.0, 0.0]):
        with pytest.raises(ValueError, match="0 or more"):
            spread_of(np.array(bad))


def test_differences_divide_by_the_spread_of_the_people_served() -> None:
    treated = np.array([1, 1, 1, 1, 0, 0], dtype=bool)
    columns = np.column_stack(
        [
            [1.0, 0, 0, 0, 1, 1],  # yes or no: root of p (1 - p)
            [1.0, 2, 3, 4, 1, 2],  # with n - 1
            [7.0, 7, 7, 7, 7, 8],  # no spread among people served
        ]
    )

    yes, other, flat = differences(columns, ("yes", "other", "flat"), treated)
    (_, weighted, level) = differences(
        columns, ("yes", "other", "flat"), treated, np.array([1.0, 1, 1, 1, 3, 0])
    )

    assert yes.standardised == pytest.approx((0.25 - 1) / np.sqrt(0.25 * 0.75))
    assert other.standardised == pytest.approx(1 / np.std([1, 2, 3, 4], ddof=1))
    assert flat.standardised is None
    assert (weighted.control_mean, level.standardised) == (1.0, 0.0)
