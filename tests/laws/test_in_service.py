"""People in service after a first time: the forecast is what statements over its people come to."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.outcomes import Fixed, results_of
from payforsuccess.finance.people import people_of
from payforsuccess.finance.slots import Slot, slots_of
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import add_months, round_exact
from tests.laws.test_people import some
from tests.lib.assumed import ENROLMENT, a_count, assumed
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import stated

EACH = 30
HELD = {
    "kind": "days-in-state",
    "population": {"says": "Everyone served"},
    "state": "housed",
    "starts_at": "enrolment",
    "window": "2 years",
    "on_death": "stop-the-clock",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["homes"],
    "after_holding": "6 months",
}


def the_deal(counts_from: str | None) -> Deal:
    measure = None if counts_from is None else {**HELD, "counts_from": counts_from}
    days = an_outcome("days", **({} if measure is None else {"measure": measure}))
    term = a_term(price="1.23", pays_for="days", ceiling_each_period="700")
    return a_deal(payments=[term], outcomes={"days": days})


def what_is_assumed(ramp: list[int], months: int, after: int) -> Assumptions:
    steps = [{"period": str(at), "people": str(people)} for at, people in enumerate(ramp, 1)]
    steps.append({"period": str(len(ramp) + 1), "people": "0"})
    count = a_count(str(EACH), counts="in-service", **({"after": f"{after} days"} if after else {}))
    enrolment = {**ENROLMENT, "ramp": steps, "serves_for": f"{months} months"}
    return assumed(enrolment=enrolment, outcomes={"days": count})


def person_by_person(
    deal: Deal, ramp: list[int], months: int, after: int, *, from_start: bool
) -> list[int]:
    """Days by period, each person followed on their own from the middle of their first period."""
    periods = deal.schedule.all()
    days: Counter[int] = Counter()
    # those who start on the first day of a period are served to the end of the last they reach
    served = sum(1 for period in periods if period.start < add_months(periods[0].start, months))
    for first, people in enumerate(ramp):
        starts = periods[first].start + (periods[first].end - periods[first].start) // 2
        full = starts + timedelta(days=max(after - 1, 0))
        for _ in range(people):
            kept = 0
            for at in range(first, min(first + served, len(periods))):
                if full >= periods[at].end:
                    kept += EACH
                else:
                    days[at] += EACH + (kept if from_start else 0)
                    kept = 0
    return [days[at] for at in range(len(periods))]


@pytest.mark.parametrize("counts_from", [None, "qualification", "start"])
@some
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.integers(1, 30),
    st.sampled_from([0, 1, 40, 90, 183, 365, 700, 3000]),
)
def test_the_forecast_is_what_statements_over_its_people_come_to(
    counts_from: str | None, ramp: list[int], months: int, after: int
) -> None:
    deal = the_deal(counts_from)
    assumptions = what_is_assumed(ramp, months, after)
    by_hand = person_by_person(deal, ramp, months, after, from_start=counts_from == "start")
    base = forecast(DealHistory((deal,)), assumptions, cases=("base",)).cases["base"]
    values = {"days": [str(number) for number in by_hand]}
    statements = stated(deal, [values] * len(by_hand))
    assert [base.amount(each.period, "unit-price") for each in statements] == [
        each.total for each in statements
    ]
    assert [int(ticks) for ticks in base.results.ticks.values()] == by_hand


class Loose(Fixed):
    """One forecast in each world, in floating point."""

    def count(self, slot: Slot, people: Any, rate: Fraction) -> Any:
        """The expected number."""
        return people * float(rate)

    def ticks(self, value: Any, outcome: Outcome) -> Any:
        """The nearest whole number of days."""
        return np.floor(value + 0.5)


@pytest.mark.parametrize("counts_from", [None, "start"])
def test_many_worlds_count_those_in_service_as_one_does(counts_from: str | None) -> None:
    deal = the_deal(counts_from)
    assumptions = what_is_assumed([10, 20, 30], 18, 183)
    shares, slots, periods = [0.25, 0.5, 1.0], slots_of(deal), deal.schedule.all()
    many = people_of(
        assumptions,
        periods,
        case="base",
        reached=np.array(shares),
        whole=lambda number: np.floor(number + 0.5),
    )
    told: dict[str, Any] = {"case": "base"}
    found = results_of(deal, assumptions, slots, many, draws=Loose(), **told)
    for world, share in enumerate(shares):
        one = people_of(assumptions, periods, reached=Fraction(share), whole=round_exact, **told)
        exactly = results_of(deal, assumptions, slots, one, draws=Fixed(), **told)
        assert [int(np.broadcast_to(found.ticks[slot], 3)[world]) for slot in slots] == [
            exactly.ticks[slot] for slot in slots
        ]
