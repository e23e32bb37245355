"""A payment that falls with days in jail is a put spread: its price in closed form.

Made by make_put_spread.py with QuantLib; the reading is that of Andrikopoulos and Tsekrekos (2024).
Here it is a deal like any other: a joined schedule, a level with a lognormal spread, and the same
simulation. The bound is five times the error that the scrambles themselves show.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.simulate.figures import Figure, chance, mean
from payforsuccess.finance.simulate.simulate import Simulation, simulate
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import MADE_UP, a_number, assumed
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term, an_outcome

CASES = json.loads(Path(__file__).with_name("put_spread.json").read_text())["cases"]
NUMBERS = range(len(CASES))
ERRORS = 5


def spread_deal(case: dict[str, Any]) -> Deal:
    """One quarter, in which each day below the upper strike is paid for, down to the lower one."""
    each, upper, lower = (Fraction(case[key]) for key in ("each", "upper", "lower"))
    whole = str(each * (upper - lower))
    bands = [
        {"below": case["lower"], "pays": whole},
        {"from": case["lower"], "pays": whole, "then_per_unit": f"-{case['each']}"},
        {"from": case["upper"], "pays": "0"},
    ]
    term = a_term(
        "schedule",
        pays_for="jail_days",
        shape="joined",
        bands=bands,
        may_be_negative={"pays": PROVIDER, "to": COUNTY},
    )
    days = an_outcome(
        "jail_days",
        tick="0.01",
        no_success=case["upper"],
        bounds={"value": {"least": "0", "most": "40000"}},
    )
    return a_deal(payments=[term], outcomes={"jail_days": days}, ends_on="2026-03-31")


@cache
def simulated(number: int) -> Simulation:
    case = CASES[number]
    days = {
        "kind": "level",
        **MADE_UP,
        "value": a_number(case["mean"]),
        "spread": {"shape": "lognormal", "sd": case["sd"]},
    }
    return simulate(
        DealHistory((spread_deal(case),)),
        assumed(outcomes={"jail_days": days}, costs=()),
        seed=1,
        with_rates=False,
    )


def price_of(number: int) -> Figure:
    """The mean payment in currency units, discounted as the closed form discounts it."""
    found = mean(simulated(number).columns("paid"))
    part = CASES[number]["discount"] / 100
    return Figure(found.value * part, found.error * part)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_mean_payment_is_the_price_of_the_put_spread(number: int) -> None:
    found, exact = price_of(number), CASES[number]["price"]
    a_tick = float(CASES[number]["each"]) * 0.01
    assert abs(found.value - exact) <= ERRORS * found.error + a_tick / 100


@pytest.mark.parametrize("number", NUMBERS)
def test_the_error_between_scrambles_is_small_beside_the_price(number: int) -> None:
    found = price_of(number)
    assert 0 < found.error < 0.002 * found.value


@pytest.mark.parametrize("number", NUMBERS)
def test_the_chances_of_nothing_and_of_all_are_those_of_the_two_strikes(number: int) -> None:
    case, columns = CASES[number], simulated(number).columns("paid")
    most = float(Fraction(case["each"]) * (Fraction(case["upper"]) - Fraction(case["lower"]))) * 100
    for found, exact in (
        (chance([column == 0 for column in columns]), case["pays_nothing"]),
        (chance([column == most for column in columns]), case["pays_all"]),
    ):
        assert abs(found.value - exact) <= ERRORS * found.error + 1e-4


def test_the_errors_that_scrambles_show_are_those_that_are_made() -> None:
    """Neither far too wide nor too narrow: over the cases, distances are of the size of errors."""
    apart = [
        abs(price_of(number).value - CASES[number]["price"]) / price_of(number).error
        for number in NUMBERS
    ]
    assert 0.05 < sum(apart) / len(apart) < 3
