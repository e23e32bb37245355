"""Balance by the What Works Clearinghouse's measures, on worked numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from payforsuccess.evaluation.balance import balance_of, cox_index, hedges_g, reading_of
from payforsuccess.evaluation.decimals import decimal_of


def test_hedges_g_has_the_small_sample_factor() -> None:
    treated, control = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0])

    # pooled standard deviation 1, six people: 1 - 3 / (24 - 9) = 0.8
    assert hedges_g(treated, control) == pytest.approx(-0.8)


def test_the_cox_index_is_the_log_odds_ratio_over_1_65() -> None:
    assert cox_index(0.5, 0.25) == pytest.approx(math.log(3) / 1.65)


def test_a_share_of_nothing_or_everything_has_no_odds() -> None:
    assert cox_index(1.0, 0.5) is None
    assert cox_index(1.0, 1.0) == 0


@pytest.mark.parametrize(
    ("size", "reading"),
    [
        (0.05, "at most 0.05"),
        (-0.0501, "0.05 to 0.25"),
        (0.25, "0.05 to 0.25"),
        (-0.26, "above 0.25"),
        (None, "not defined"),
    ],
)
def test_effect_sizes_fall_into_the_clearinghouses_classes(
    size: float | None, reading: str
) -> None:
    assert reading_of(size) == reading


def test_a_trait_of_0_and_1_is_compared_by_odds_and_others_by_means() -> None:
    yes_no = balance_of(np.array([1.0, 0.0]), np.array([1.0, 0.0, 0.0, 0.0]))
    ages = balance_of(np.array([20.0, 30.0]), np.array([25.0, 25.0]))

    assert yes_no.effect_size == pytest.approx(cox_index(0.5, 0.25))
    assert ages.effect_size == 0


def test_missing_values_are_left_out_and_counted() -> None:
    found = balance_of(np.array([20.0, np.nan]), np.array([np.nan, np.nan]))

    assert (found.missing, found.control_mean, found.reading) == (3, None, "not defined")


def test_arms_without_spread_differ_by_nothing_or_by_no_defined_amount() -> None:
    same = balance_of(np.array([2.0, 2.0]), np.array([2.0, 2.0]))
    other = balance_of(np.array([2.0, 2.0]), np.array([3.0, 3.0]))

    assert same.standardised_difference == same.effect_size == 0
    assert other.standardised_difference is None
    assert other.reading == "not defined"


def test_numbers_are_handed_over_with_12_significant_digits() -> None:
    assert str(float(decimal_of(1 / 3))) == "0.333333333333"
    assert decimal_of(-1e-20) == 0
    with pytest.raises(ValueError, match="not a finite number"):
        decimal_of(math.nan)
