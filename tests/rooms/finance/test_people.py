"""Who starts and who is in service: exact in one world, arrays in many."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.people import People, people_of
from payforsuccess.finance.summary import summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import round_exact
from tests.lib.assumed import ENROLMENT, MADE_UP, a_count, assumed
from tests.lib.deals import a_deal, an_outcome

PERIODS = a_deal().schedule.all()


def people(
    assumptions: Assumptions, reached: Fraction = Fraction(1), ends: list[int] | None = None
) -> People:
    """The people of one world in the base case."""
    return people_of(
        assumptions, PERIODS, case="base", reached=reached, whole=round_exact, ends_before=ends
    )


def test_the_ramp_starts_people_until_its_last_step() -> None:
    assert people(assumed()).started == (10, 10, 10, 0, 0, 0, 0, 0)


def test_a_shortfall_is_rounded_to_date_so_that_none_is_lost_to_rounding() -> None:
    started = people(assumed(), Fraction(1, 4)).started
    assert started == (3, 2, 3, 0, 0, 0, 0, 0)  # 2.5, 5 and 7.5 to date, halves up


def test_people_are_served_for_their_time_and_leave_at_the_stated_share() -> None:
    leaving = {**ENROLMENT, "leave_each_period": {**MADE_UP, "base": "10%"}}
    in_service = people(assumed(enrolment=leaving)).in_service
    assert in_service[0] == 10
    assert in_service[1] == 10 + 9
    assert in_service[3] == 10 * (Fraction(9, 10) + Fraction(81, 100) + Fraction(729, 1000))
    assert in_service[6] == 0


def test_what_a_trigger_ends_starts_nobody_and_serves_nobody() -> None:
    found = people(assumed(), ends=[1, 1, 0, 0, 0, 0, 0, 0])
    assert found.started == (10, 10, 0, 0, 0, 0, 0, 0)
    assert found.in_service[:3] == (10, 20, 0)


def test_arrays_of_worlds_equal_world_by_world() -> None:
    shares = [Fraction(0), Fraction(1, 4), Fraction(9, 10), Fraction(1)]
    many = people_of(
        assumed(),
        PERIODS,
        case="base",
        reached=np.array([float(share) for share in shares]),
        whole=lambda number: np.floor(number + 0.5),
    )
    for world, share in enumerate(shares):
        one = people(assumed(), share)
        started = [int(np.broadcast_to(column, 4)[world]) for column in many.started]
        assert started == list(one.started)
        for column, exact in zip(many.in_service, one.in_service, strict=True):
            assert abs(np.broadcast_to(column, 4)[world] - float(exact)) < 1e-9


def test_those_in_service_count_once_their_first_time_is_full() -> None:
    later = a_count("1", counts="in-service", after="7 months")
    deal = a_deal(outcomes={"homes": an_outcome("homes", bounds=None)})
    found = forecast(DealHistory((deal,)), assumed(outcomes={"homes": later})).cases["base"]
    # ten start in each of three quarters, for a year: each ten count in their third and fourth
    assert list(found.results.ticks.values()) == [0, 0, 10, 20, 20, 10, 0, 0]


@pytest.mark.parametrize("counts", ["starters", "in-service"])
def test_a_count_after_the_end_of_the_deal_is_told(counts: str) -> None:
    never = a_count("1", counts=counts, after="1200 months")
    told = summarise(DealHistory((a_deal(),)), assumed(outcomes={"homes": never})).findings
    assert [str(each) for each in told if "counts nobody" in each.what]
    soon = a_count("1", counts=counts, after="6 months")
    told = summarise(DealHistory((a_deal(),)), assumed(outcomes={"homes": soon})).findings
    assert not [each for each in told if "counts nobody" in each.what]
