"""The made-up deal of `lifetimes.py`: 28 quarters, four tranches, three outcomes, 38 drivers.

Days out of jail are paid by the day, homes kept by the home, a reduction by steps and a line. Each
line has a ceiling, homes one in each quarter as well, and there is one over all. A senior loan at 5
percent, a junior one at 2, a recoverable grant, and a fee that is put off; half of what is left
goes to the junior lender. Nothing here is anybody's contract. More loans or quarters for curves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.capital import Tranche
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import add_months
from tests.lib.assumed import ENROLMENT, MADE_UP, a_cost, a_number, an_effect, assumed
from tests.lib.capital import SECOND, a_financed_deal, a_step, a_tranche
from tests.lib.deals import COUNTY, EVALUATOR, INVESTOR, PROVIDER, a_term, an_outcome

STARTS_ON = date(2026, 1, 1)
RULE = {"day_count": "30/360", "unpaid": "compounds"}
SENIOR, OTHER = Fraction(5, 100), Fraction(2, 100)
GRANT, FEE = 1_000_000, 500_000
BANDS: list[dict[str, str]] = [
    {"below": "5", "pays": "0"},
    {"from": "5", "pays": "100000", "then_per_unit": "10000"},
    {"from": "20", "pays": "350000", "then_per_unit": "7500"},
    {"from": "40", "pays": "700000"},
]


@dataclass(frozen=True)
class Size:
    """How large the deal is: the claim is about 28 quarters and 4 tranches."""

    quarters: int = 28
    tranches: int = 4

    @property
    def loans(self) -> dict[str, int]:
        """Amounts in whole dollars; the first is the senior one."""
        others = self.tranches - 3
        rest = {f"junior-{number}": 2_000_000 // others for number in range(1, others + 1)}
        return {"senior": 8_000_000 - sum(rest.values()), **rest}

    @property
    def enrols(self) -> int:
        """Quarters in which people start."""
        return self.quarters - 8

    @property
    def points(self) -> dict[str, int]:
        """The end of each year at which the reduction is measured, and its quarter, from 0."""
        return {f"year-{1 + at // 4}": at for at in range(3, self.quarters, 4)}

    @property
    def drivers(self) -> int:
        """Enrolment, two truths, a level for each quarter, an error for each year."""
        return 3 + self.quarters + len(self.points)


def ends_on(quarter: int) -> date:
    """The last day of a quarter, from 0."""
    return add_months(STARTS_ON, 3 * quarter + 3) - timedelta(days=1)


def the_deal(size: Size) -> DealHistory:
    """The deal."""
    points = [{"name": name, "determined_by": str(ends_on(at))} for name, at in size.points.items()]
    value = {"least": "0", "most": "20000"}
    deal = a_financed_deal(
        *_capital(size),
        ends_on=str(ends_on(size.quarters - 1)),
        finality={
            "look_back": "12 months",
            "materiality": "0",
            "final_on": str(add_months(ends_on(size.quarters - 1), 12)),
        },
        people={
            "says": "Adults leaving jail without a home",
            "start_event": "the day of release",
            "head_count": {"least": "0", "most": "4000"},
        },
        outcomes={
            "days": an_outcome("days", bounds={"value": value}),
            "kept": an_outcome("kept", bounds={"value": {"least": "0", "most": "200"}}),
            "reduction": an_outcome("reduction", reported_as="point", tick="0.1"),
        },
        payments=[
            a_term(name="days", pays_for="days", price="12.5", ceiling="3500000"),
            a_term(
                name="kept",
                pays_for="kept",
                price="10500",
                ceiling="6000000",
                ceiling_each_period="400000",
            ),
            a_term(
                "schedule",
                name="reduction",
                bands=BANDS,
                reads="points",
                points=points,
                ceiling="2500000",
            ),
        ],
        ceiling="11000000",
        waterfall=list(_steps(size)),
    )
    return DealHistory((deal,))


def _capital(size: Size) -> Iterator[Tranche]:
    for number, (name, amount) in enumerate(size.loans.items()):
        yield a_tranche(
            "junior-loan" if number else "senior-loan",
            name=name,
            amount=str(amount),
            rate=str(float(OTHER if number else SENIOR)),
            interest=RULE,
            party=SECOND if number else INVESTOR,
        )
    yield a_tranche("recoverable-grant", name="grant", amount=str(GRANT), party=SECOND)
    yield a_tranche("deferred-fee", name="fee", amount=str(FEE), party=PROVIDER)


def _steps(size: Size) -> Iterator[Any]:
    for name in size.loans:
        yield a_step("interest", name)
        yield a_step("principal", name)
    yield a_step("principal", "grant")
    yield a_step("deferred-fee", "fee")
    yield a_step("return", list(size.loans)[-1], shares=["0.5"])
    yield a_step("release", COUNTY)


def what_is_assumed(size: Size) -> Assumptions:
    """People, costs and outcomes, each with a spread."""
    return assumed(
        enrolment={
            **ENROLMENT,
            "ramp": [
                {"period": "1", "people": "20"},
                {"period": "3", "people": "40"},
                {"period": str(size.enrols + 1), "people": "0"},
            ],
            "reached": a_number("1"),
            "spread": {"shape": "normal", "sd": "0.1"},
            "leave_each_period": a_number("0.02"),
        },
        costs=[
            a_cost("services", "2500", deferred="0.06", deferred_to="fee"),
            a_cost("evaluation", "20000", kind="fixed", to=EVALUATOR),
        ],
        outcomes={
            "days": {
                "kind": "level",
                **MADE_UP,
                "value": a_number("9000"),
                "spread": {"shape": "normal", "sd": "3000"},
            },
            "kept": {
                "kind": "counted",
                **MADE_UP,
                "each_person": a_number("0.7"),
                "after": "12 months",
                "spread": {"shape": "normal", "sd": "0.15"},
            },
            "reduction": an_effect("22", standard_error="6", spread={"shape": "normal", "sd": "8"}),
        },
    )
