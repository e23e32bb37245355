"""Control charts against published worked examples, and their signs (R86)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from payforsuccess.evaluation.control_charts import (
    IN_A_ROW,
    TAIL,
    chart_of_rates,
    chart_of_shares,
    chart_of_values,
)

CANS = (
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
)
"""Nonconforming cans of orange juice concentrate, in 30 samples of 50: Montgomery, Introduction to
Statistical Quality Control, example 7.1. Published: middle 0.2313, limits 0.0524 and 0.4102;
samples 15 and 23 lie beyond."""
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
"""NIST/SEMATECH e-Handbook, 6.3.2.2. Published: middle 50.81, limits 45.8159 and 55.8041."""


def test_shares_come_out_as_montgomery_published_them() -> None:
    """R86."""
    chart = chart_of_shares([(yes, 50) for yes in CANS])
    assert round(chart.middle, 4) == 0.2313
    assert (round(chart.points[0].low, 4), round(chart.points[0].high, 4)) == (0.0524, 0.4102)
    assert [at for at, point in enumerate(chart.points, 1) if point.sign == "above"] == [15, 23]


def test_single_values_come_out_as_nist_published_them() -> None:
    chart = chart_of_values(FLOW)
    assert round(chart.middle, 2) == 50.81
    assert round(chart.points[0].low, 3) == 45.816
    assert round(chart.points[0].high, 3) == 55.804
    assert not chart.has_sign
    assert not chart.is_firm


@given(st.integers(1, 60), st.lists(st.integers(0, 60), min_size=2, max_size=12).filter(sum))
def test_exact_limits_leave_no_more_than_the_tail_beyond(people: int, counts: list[int]) -> None:
    yes = [min(count, people) for count in counts]
    chart = chart_of_shares([(each, people) for each in yes])
    if min(people * chart.middle, people * (1 - chart.middle)) >= 10:
        return
    least, most = (round(limit * people) for limit in (chart.points[0].low, chart.points[0].high))
    law = stats.binom(people, chart.middle)
    assert law.cdf(least - 1) <= TAIL + 1e-12
    assert law.sf(most) <= TAIL + 1e-9
    # and no tighter limit would do
    assert least == people or law.cdf(least) > TAIL - 1e-12
    assert most == 0 or most == least or law.sf(most - 1) > TAIL - 1e-9


def test_rare_happenings_have_exact_limits_of_poisson() -> None:
    """Four expected: at most 11 lie within, for 12 and more come with a chance of 0.00092."""
    chart = chart_of_rates([(4, 1.0)] * 9 + [(12, 3.0)])
    law = stats.poisson(4)
    assert (chart.points[0].low, chart.points[0].high) == (0, 11)
    assert law.sf(11) <= TAIL < law.sf(10)
    assert not chart.has_sign


def test_a_rate_far_off_is_a_sign() -> None:
    chart = chart_of_rates([(20, 10.0)] * 11 + [(60, 10.0)])
    assert chart.points[-1].sign == "above"
    assert chart.is_firm


def test_eight_in_a_row_on_one_side_are_a_sign() -> None:
    chart = chart_of_values([1.0, -1.0] * 4 + [0.4] * 8 + [-3.2])
    runs = [at for at, point in enumerate(chart.points) if point.sign == "run"]
    assert runs
    assert runs[0] >= IN_A_ROW - 1


@pytest.mark.parametrize("counts", [[], [(1, 0)], [(3, 2)], [(-1, 2)]])
def test_a_chart_of_nothing_is_refused(counts: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="points"):
        chart_of_shares(counts)
