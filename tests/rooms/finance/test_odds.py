"""What a simulation tells: bands, chances, shortfalls and rates, held to what is known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy
import pytest

from payforsuccess.finance.simulate.bands import OUTSIDE, band_text, bands_in_worlds
from payforsuccess.finance.simulate.differences import differences
from payforsuccess.finance.simulate.odds import (
    chances_told,
    left_told,
    mean_returns,
    payments_told,
    pockets_told,
    tranches_told,
)
from payforsuccess.finance.simulate.simulate import Simulation, simulate
from payforsuccess.finance.slots import Slot
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_cost, a_count, assumed
from tests.lib.deals import INVESTOR, PARTIES, PROVIDER, a_deal, a_term

LOAN = {"name": "loan", "party": INVESTOR, "kind": "loan", "amount": "20000", "order": "1"}
STEPS = [{"pays": "principal", "to": ["loan"]}, {"pays": "return", "to": ["loan"]}]
BANDS = [
    {"from": "0", "below": "4", "pays": "0"},
    {"from": "4", "to": "6", "pays": "1000"},
    {"above": "6", "pays": "3000"},
]


def history(**changes: Any) -> DealHistory:
    """The small deal with a loan that also gets what is left."""
    usual = {
        "parties": [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        "capital": [LOAN],
        "waterfall": STEPS,
        "payments": [a_term(price="1000")],
    }
    return DealHistory((a_deal(**{**usual, **changes}),))


def simulated(each: str = "0.5", *, chance: str = "binomial", **changes: Any) -> Simulation:
    """64 worlds in each of 4 scrambles."""
    count = a_count(each, chance=chance)
    costs = [a_cost(amount="500")]
    return simulate(
        history(**changes),
        assumed(outcomes={"homes": count}, costs=costs),
        seed=5,
        worlds=64,
        scrambles=4,
    )


def test_a_result_falls_in_the_band_that_holds_it_and_an_edge_in_one() -> None:
    deal = a_deal(payments=[a_term("schedule", bands=BANDS)])
    name = deal.payments[0].name
    slot = Slot(deal.payments[0].outcomes_read()[0], "period 1", 0)
    found = bands_in_worlds(deal, {slot: numpy.array([0, 3, 4, 6, 7, -1])}, 6)
    assert found[f"band:{name}:period 1"].tolist() == [0, 0, 1, 1, 2, OUTSIDE]


def test_a_band_is_told_by_its_edges() -> None:
    deal = a_deal(payments=[a_term("schedule", bands=BANDS)])
    assert [band_text(band) for band in deal.payments[0].bands] == [  # type: ignore[union-attr]
        "from 0 below 4",
        "from 4 to 6",
        "above 6",
    ]


def test_the_chances_of_all_bands_of_a_result_add_up_to_one() -> None:
    term = a_term("schedule", pays_for="homes", bands=BANDS)
    told = chances_told(simulated(payments=[term]))
    for of in {one.of for one in told}:
        assert sum(one.chance.value for one in told if one.of == of) == pytest.approx(1)


def test_repaid_and_lost_are_all_worlds_and_the_worst_lose_more_than_the_mean() -> None:
    (loan,) = tranches_told(simulated())
    assert loan.repaid.value + loan.loses.value == pytest.approx(1)
    assert 0 < loan.loses.value < 1
    assert loan.shortfall.value >= loan.drawn.value - loan.back.value
    assert loan.low_multiple.value < loan.multiple.value


def test_without_success_all_is_lost_and_no_rate_is_averaged() -> None:
    (loan,) = tranches_told(simulated("0", chance="none"))
    assert (loan.repaid.value, loan.loses.value) == (0, 1)
    assert loan.lost is not None and loan.lost.value == 1
    assert loan.mean_rate is not None and numpy.isnan(loan.mean_rate.value)
    assert loan.rate_of_mean.value == -1
    assert loan.shortfall.value == pytest.approx(loan.drawn.value)


def test_where_nothing_varies_mean_and_percentiles_are_the_forecasts() -> None:
    found = simulated(chance="none")
    (whole, *_) = payments_told(found)
    told = {each.value for each in (*whole.percentiles, whole.mean, whole.worst)}
    assert told == {15_000_00.0}
    assert whole.mean.error == 0


def test_fiscal_years_add_up_to_all_that_is_paid() -> None:
    whole, *years = payments_told(simulated())
    assert sum(year.mean.value for year in years) == pytest.approx(whole.mean.value)


def test_what_all_are_left_with_is_what_services_cost_below_zero() -> None:
    found = simulated()
    spent = 0.0
    for sample in found.samples:
        names = [name for name in sample.columns if name.startswith("net:")]
        net = sum(sample.columns[name] for name in names) + sample.columns["left"]
        net = net + sample.columns["back:loan"] - sample.columns["drawn:loan"]
        spent += float(net.mean()) / len(found.samples)
    people_in_service = 10 + 20 + 30 + 30 + 20 + 10
    assert spent == pytest.approx(-people_in_service * 500_00, rel=0.01)
    assert {row.says for row in left_told(found)} >= {"Alder County"}


def test_a_provider_paid_when_costs_fall_is_never_out_of_pocket() -> None:
    (pocket,) = pockets_told(simulated(capital=[{**LOAN, "amount": "200000"}]))
    assert (pocket.says, pocket.worst.value) == (PROVIDER, 0)


def test_mean_flows_take_the_shape_that_the_limit_is_tested_in() -> None:
    (one,) = mean_returns(simulated())
    assert one.multiple is not None
    assert one.multiple == Fraction(one.came_back, one.drawn)
    assert one.rate is not None


def test_the_error_of_a_difference_is_that_of_the_difference() -> None:
    first, second = simulated(), simulated(payments=[a_term(price="1001")])
    paid = next(differences(first, second))
    assert paid.difference.value == pytest.approx(first.columns("paid")[0].mean() / 1000, rel=0.05)
    assert paid.difference.error < paid.first.error / 100
