"""Rates, multiples and losses: what a flow of money is worth to the one who gave it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import isnan

import numpy
import pytest

from payforsuccess.finance.returns import present_value, stake_of, xirr, xirr_of
from payforsuccess.finance.tranches import tranche_returns
from payforsuccess.finance.waterfall import Worlds
from payforsuccess.reports.forecast_words import rate_text
from payforsuccess.units import add_months
from tests.lib.capital import (
    SECOND,
    a_calendar,
    a_financed_deal,
    a_step,
    a_tranche,
    flows_of,
)

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


def test_what_is_lost_is_principal_that_nobody_repaid_or_made_good() -> None:
    """Interest and guarantees are money back, and repay nothing."""
    deal = a_financed_deal(
        a_tranche("senior-loan", amount="100", rate="50%", order="1"),
        a_tranche("junior-loan", amount="100", party=SECOND, order="2"),
        a_tranche("grant", amount="100"),
        a_tranche("guarantee", guarantees=["junior-loan"], covers="50%", amount="100"),
    )
    flows = flows_of(deal, costs={"2026-01-01": 30_000}, pays={(FIRST, "unit-price"): 14_000})
    told = {one.name: one for one in tranche_returns(deal, a_calendar(deal), flows, digits=100)}
    senior, junior, grant = told["senior-loan"], told["junior-loan"], told["grant"]
    guarantee, everyone = told["guarantee"], told["all"]
    assert (senior.came_back, senior.unpaid, senior.loss) == (11_667, 0, 0)
    assert (junior.stake.repaid, junior.unpaid) == (2_333, 7_667)
    assert (junior.stake.made_good, junior.loss) == (3_834, 3_833)
    assert (guarantee.drawn, guarantee.came_back, guarantee.loss) == (3_834, 0, 3_834)
    assert (grant.unpaid, grant.loss) == (0, 0)
    assert (everyone.drawn, everyone.came_back) == (30_000, 14_000)
    assert everyone.unpaid == everyone.loss == 7_667
    assert everyone.multiple == Fraction(14, 30)


def test_interest_that_came_back_does_not_make_up_for_principal() -> None:
    """Paid interest first, a lender may have all its money back and principal unpaid."""
    deal = a_financed_deal(a_tranche(amount="100", rate="100%"))
    pays = {(FIRST, "unit-price"): 3_000, ("2027-02-01", "unit-price"): 8_000}
    flows = flows_of(deal, costs={"2026-01-01": 10_000}, pays=pays)
    (one,) = tranche_returns(deal, a_calendar(deal), flows, digits=100)
    assert one.came_back == 11_000 > one.drawn
    assert one.unpaid == one.loss == 10_000 - (11_000 - one.stake.interest) > 0


def test_recycled_principal_is_neither_lost_nor_money_back() -> None:
    deal = a_financed_deal(
        a_tranche("recyclable-grant", amount="100"),
        a_tranche("loan", amount="100", recyclable="true"),
        waterfall=(a_step("principal", "recyclable-grant", "loan"),),
    )
    flows = flows_of(deal, costs={"2026-01-01": 20_000}, pays={(FIRST, "unit-price"): 15_000})
    grant, loan, _ = tranche_returns(deal, a_calendar(deal), flows, digits=100)
    for one in (grant, loan):
        assert (one.came_back, one.stake.recycled, one.unpaid) == (0, 7_500, 2_500)
        assert one.multiple is None
        assert rate_text(one) == "recycled"


def test_a_stake_over_arrays_is_that_of_each_world() -> None:
    deal = a_financed_deal(
        a_tranche("senior-loan", amount="100"),
        a_tranche("guarantee", guarantees=["senior-loan"], covers="50%", amount="20"),
    )
    pays = numpy.array([0.0, 5000.0, 10_000.0])
    costs = {"2026-01-01": 10_000}
    many = flows_of(deal, costs=costs, pays={(FIRST, "unit-price"): pays}, numbers=Worlds())
    for tranche in deal.capital:
        together = stake_of(tranche, many)
        for world, amount in enumerate(pays):
            alone = flows_of(deal, costs=costs, pays={(FIRST, "unit-price"): int(amount)})
            one = stake_of(tranche, alone)
            for name in ("given", "came_back", "repaid", "made_good", "unpaid", "lost"):
                column = numpy.broadcast_to(getattr(together, name), 3)
                assert column[world] == getattr(one, name), name
