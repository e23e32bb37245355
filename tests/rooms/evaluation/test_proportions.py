"""Two proportions: exact where counts allow it, and the identities any method must keep."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation.no_effect import COMPUTED_TESTS, run_test
from payforsuccess.evaluation.proportions import (
    TwoByTwo,
    difference,
    interval_of_difference,
    interval_of_reduction,
    interval_of_share,
    percent_reduction,
    standard_error_of_difference,
)

FAST_TESTS = [test for test in COMPUTED_TESTS if test not in ("barnard", "boschloo")]


@st.composite
def tables(draw: st.DrawFn, least: int = 2) -> TwoByTwo:
    treated, control = draw(st.integers(least, 60)), draw(st.integers(least, 60))
    return TwoByTwo(draw(st.integers(0, treated)), treated, draw(st.integers(0, control)), control)


def swapped(table: TwoByTwo) -> TwoByTwo:
    return TwoByTwo(
        table.control_events, table.control_people, table.treated_events, table.treated_people
    )


@given(tables())
def test_swapping_the_arms_turns_the_difference_round(table: TwoByTwo) -> None:
    here = interval_of_difference(table, "unpooled", confidence=0.95)
    there = interval_of_difference(swapped(table), "unpooled", confidence=0.95)

    assert difference(swapped(table)) == -difference(table)
    assert there.low == pytest.approx(-here.high, abs=1e-12)


@given(tables())
def test_the_interval_holds_the_estimate_and_grows_with_confidence(table: TwoByTwo) -> None:
    narrow = interval_of_difference(table, "unpooled", confidence=0.8)
    wide = interval_of_difference(table, "unpooled", confidence=0.99)
    middle = float(difference(table))

    assert wide.low <= narrow.low <= middle + 1e-12
    assert middle - 1e-12 <= narrow.high <= wide.high


@given(tables(least=1))
def test_hc2_errors_are_never_smaller(table: TwoByTwo) -> None:
    if min(table.treated_people, table.control_people) > 1:
        unpooled = standard_error_of_difference(table, "unpooled")
        assert standard_error_of_difference(table, "hc2") >= unpooled


@given(tables())
def test_a_reduction_and_its_interval_follow_from_the_ratio(table: TwoByTwo) -> None:
    if not table.control_events:
        with pytest.raises(ZeroDivisionError):
            percent_reduction(table)
        return
    reduction = percent_reduction(table)
    interval = interval_of_reduction(table, "unpooled", confidence=0.95)

    assert reduction == 100 - 100 * table.treated_share / table.control_share
    assert (interval is None) == (table.treated_events == 0)
    if interval is not None:
        assert interval.low - 1e-9 <= float(reduction) <= interval.high + 1e-9
        assert interval.high <= 100


@given(tables())
def test_wilsons_interval_stays_inside_nothing_and_everyone(table: TwoByTwo) -> None:
    interval = interval_of_share(table.treated_events, table.treated_people, confidence=0.95)

    assert 0 <= interval.low <= float(table.treated_share) + 1e-12
    assert float(table.treated_share) - 1e-12 <= interval.high <= 1


@pytest.mark.parametrize("test", FAST_TESTS)
@given(table=tables())
def test_a_p_value_lies_in_0_to_1_and_the_arms_can_be_swapped(test: str, table: TwoByTwo) -> None:
    here, there = run_test(test, table), run_test(test, swapped(table))

    assert 0 <= here.p_value <= 1 + 1e-9
    assert there.p_value == pytest.approx(here.p_value, rel=1e-9, abs=1e-12)


@given(tables())
def test_the_pooled_z_squared_is_pearsons_statistic(table: TwoByTwo) -> None:
    z, chi = run_test("z-pooled", table), run_test("pearson", table)

    assert z.p_value == pytest.approx(chi.p_value, rel=1e-9)
    if z.statistic is not None and chi.statistic is not None:
        assert z.statistic**2 == pytest.approx(chi.statistic, rel=1e-9, abs=1e-12)


@given(tables())
def test_yates_correction_never_lowers_the_p_value(table: TwoByTwo) -> None:
    plain, corrected = run_test("pearson", table), run_test("pearson-continuity", table)

    assert corrected.p_value >= plain.p_value - 1e-12


@pytest.mark.parametrize("test", COMPUTED_TESTS)
@pytest.mark.parametrize("table", [TwoByTwo(0, 5, 0, 7), TwoByTwo(5, 5, 7, 7)])
def test_nothing_can_be_told_apart_when_no_one_or_everyone_has_an_event(
    test: str, table: TwoByTwo
) -> None:
    assert run_test(test, table).p_value == 1


def test_shares_are_exact() -> None:
    table = TwoByTwo(48, 216, 66, 216)

    assert difference(table) == Fraction(-1, 12)
    assert percent_reduction(table) == Fraction(300, 11)
    assert math.isclose(standard_error_of_difference(table, "hc2"), 0.04231833206573395)


@pytest.mark.parametrize("counts", [(6, 5, 0, 5), (-1, 5, 0, 5), (0, 0, 0, 5)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no more events than people"):
        TwoByTwo(*counts)
