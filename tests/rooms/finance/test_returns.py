"""Rates, multiples and losses: what a flow of money is worth to the one who gave it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import isnan

import numpy
import pytest

from payforsuccess.finance.returns import (
    present_value,
    returns_in_worlds,
    returns_of,
    xirr,
    xirr_of,
)
from payforsuccess.finance.waterfall import Worlds
from payforsuccess.units import add_months
from tests.lib.capital import SECOND, a_calendar, a_financed_deal, a_tranche, flows_of
from tests.lib.deals import PROVIDER

START = date(2026, 1, 1)
YEARS = [date(2026 + n, 1, 1) for n in range(7)]
FIRST = "2026-05-01"


def test_a_bullet_loan_returns_its_rate() -> None:
    found = xirr_of([START, date(2027, 1, 1)], [-10_000, 10_500])
    assert found.rate == pytest.approx(0.05, abs=1e-14)
    assert (found.roots, found.lost) == ("one", False)


def test_money_that_comes_back_whole_returns_nothing() -> None:
    assert xirr_of(YEARS[:3], [-300, 100, 200]).rate == pytest.approx(0, abs=1e-14)


def test_money_that_never_comes_back_is_lost_whole_and_has_no_root() -> None:
    found = xirr_of(YEARS[:2], [-300, -5])
    assert (found.rate, found.roots, found.lost) == (-1.0, "none", True)


@pytest.mark.parametrize("flow", [[0, 0], [0, 500]])
def test_who_gave_nothing_has_no_rate(flow: list[int]) -> None:
    found = xirr_of(YEARS[:2], flow)
    assert (found.rate, found.roots, found.lost) == (None, "none", False)


def test_of_several_rates_the_one_nearest_to_zero_is_told_and_that_there_are_more() -> None:
    # (1.10 - q)(1.50 - q) = 0: rates of 10 and 50 percent.
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    found = xirr_of(days, [-100, 260, -165])
    assert found.roots == "several"
    assert found.rate == pytest.approx(0.1, abs=1e-12)


def test_flows_of_both_signs_may_have_no_rate() -> None:
    found = xirr_of(YEARS[:3], [100, -150, 100])
    assert (found.rate, found.roots, found.lost) == (None, "none", False)


@pytest.mark.parametrize("rate", [-0.9999, -0.99, -0.5, -0.02, 0.001, 0.3, 4.0, 900.0])
def test_far_rates_are_found_too(rate: float) -> None:
    found = xirr_of([START, date(2027, 1, 1)], [-1e9, 1e9 * (1 + rate)])
    assert found.rate == pytest.approx(rate, rel=1e-10)


@pytest.mark.parametrize("rate", [-1 + 1e-7, 1e9])
def test_rates_beyond_the_grid_are_looked_for_outward(rate: float) -> None:
    found = xirr_of([START, date(2026, 7, 1)], [-1e9, 1e9 * (1 + rate) ** (181 / 365)])
    assert found.roots == "one"
    assert found.rate is not None
    assert 1 + found.rate == pytest.approx(1 + rate, rel=1e-8)


def test_a_day_without_money_changes_nothing() -> None:
    with_gap = xirr_of([START, date(2026, 5, 5), *YEARS[1:3]], [0, -100, 0, 120])
    assert with_gap == xirr_of([date(2026, 5, 5), YEARS[2]], [-100, 120])


def test_a_matrix_of_flows_gives_each_the_rate_it_has_alone() -> None:
    rng = numpy.random.default_rng(11)
    days = [add_months(START, 3 * number) for number in range(28)]
    flows = rng.normal(0, 100, (300, 28)).round()
    flows[:150, :8] = -numpy.abs(flows[:150, :8])
    flows[:150, 8:] = numpy.abs(flows[:150, 8:])
    flows[::37] = -numpy.abs(flows[::37])
    many = xirr(days, flows)
    for row, flow in enumerate(flows):
        one = xirr_of(days, flow.tolist())
        assert ("none", "one", "several")[many.roots[row]] == one.roots
        assert bool(many.lost[row]) == one.lost
        if one.rate is None:
            assert isnan(many.rate[row])
        else:
            assert many.rate[row] == pytest.approx(one.rate, rel=1e-11, abs=1e-12)
        if one.roots != "none":
            worth = present_value(days, flow, many.rate[row])
            size = present_value(days, numpy.abs(flow), many.rate[row])
            assert abs(worth) < 1e-11 * size


def test_present_value_at_a_target_says_whether_a_flow_reaches_it() -> None:
    worth = present_value(YEARS[:2], [[-100, 104], [-100, 106]], 0.05)
    assert list(worth > 0) == [False, True]


def test_returns_of_tranches_tell_given_received_lost_and_the_multiple() -> None:
    deal = a_financed_deal(
        a_tranche("senior-loan", amount="100"),
        a_tranche("junior-loan", amount="100", party=SECOND),
        a_tranche("deferred-fee", amount="10", party=PROVIDER),
        a_tranche("guarantee", guarantees=["senior-loan"], amount="10"),
    )
    flows = flows_of(deal, costs={"2026-01-01": 20_000}, pays={(FIRST, "unit-price"): 14_000})
    senior, junior, fee, guarantee = returns_of(deal, a_calendar(deal), flows)
    assert (senior.given, senior.received, senior.lost, senior.multiple) == (10_000, 10_000, 0, 1)
    assert (senior.is_repaid, senior.rate.rate) == (True, pytest.approx(0, abs=1e-14))
    assert (junior.lost, junior.multiple, junior.is_repaid) == (6000, Fraction(2, 5), False)
    assert (fee.given, fee.multiple, fee.rate.rate) == (0, None, None)
    assert guarantee.given == 0


def test_returns_in_worlds_are_those_of_each_world() -> None:
    deal = a_financed_deal(a_tranche("senior-loan", amount="100"))
    pays = numpy.array([0.0, 5000.0, 10_000.0])
    flows = flows_of(
        deal, costs={"2026-01-01": 10_000}, pays={(FIRST, "unit-price"): pays}, numbers=Worlds()
    )
    (found,) = returns_in_worlds(deal, a_calendar(deal), flows, worlds=3)
    assert found.lost.tolist() == [10_000, 5000, 0]
    assert found.multiple.tolist() == [0, 0.5, 1]
    assert found.is_repaid.tolist() == [False, False, True]
    assert found.share_repaid == pytest.approx(1 / 3)
    assert found.rates is not None
    assert found.rates.lost.tolist() == [True, False, False]
    for world, amount in enumerate(pays):
        alone = flows_of(
            deal, costs={"2026-01-01": 10_000}, pays={(FIRST, "unit-price"): int(amount)}
        )
        (one,) = returns_of(deal, a_calendar(deal), alone)
        assert found.rates.rate[world] == pytest.approx(one.rate.rate, abs=1e-12)


def test_worlds_in_which_all_was_lost_are_kept_out_of_the_mean_rate() -> None:
    deal = a_financed_deal(a_tranche("senior-loan", amount="100"))
    pays = numpy.array([0.0, 10_000.0])
    flows = flows_of(
        deal, costs={"2026-01-01": 10_000}, pays={(FIRST, "unit-price"): pays}, numbers=Worlds()
    )
    (found,) = returns_in_worlds(deal, a_calendar(deal), flows, worlds=2)
    assert found.mean_rate == pytest.approx(0, abs=1e-12)
    (without,) = returns_in_worlds(deal, a_calendar(deal), flows, worlds=2, with_rates=False)
    assert without.mean_rate is None
