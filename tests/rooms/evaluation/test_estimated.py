"""A value with its error: interval and test, by the normal distribution or by Student's t."""

from __future__ import annotations

import pytest

from payforsuccess.evaluation.estimated import Estimated


def test_95_percent_of_a_normal_lie_within_1_96_errors() -> None:
    found = Estimated(2.0, 0.5, 100, "mean").interval(0.95)
    assert (found.low, found.high) == pytest.approx((2 - 0.97998, 2 + 0.97998), abs=1e-5)


def test_few_degrees_of_freedom_widen_the_interval() -> None:
    # the 0.975 quantile of t with 8 degrees of freedom is 2.306004
    found = Estimated(0.0, 1.0, 10, "mean", freedom=8).interval(0.95)
    assert found.high == pytest.approx(2.306004, abs=1e-6)


def test_the_p_value_of_1_96_errors_is_5_percent() -> None:
    assert Estimated(1.959964, 1.0, 10, "mean").p_value == pytest.approx(0.05, abs=1e-6)
    assert Estimated(-2.306004, 1.0, 10, "mean", freedom=8).p_value == pytest.approx(0.05, abs=1e-6)


def test_no_error_and_no_effect_is_no_evidence() -> None:
    assert Estimated(0.0, 0.0, 10, "mean").p_value == 1.0
    assert Estimated(1.0, 0.0, 10, "mean").p_value == 0.0
