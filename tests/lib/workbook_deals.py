"""Small deals of every sort, with assumptions: what a workbook has to get right."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from tests.lib.assumed import ENROLMENT, MADE_UP, a_cost, a_count, a_number, an_effect, assumed
from tests.lib.deals import (
    CITY,
    COUNTY,
    EVALUATOR,
    INVESTOR,
    PARTIES,
    PROVIDER,
    a_deal,
    a_term,
    an_outcome,
    two_payors,
)

LOAN: dict[str, Any] = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "10000",
    "order": "1",
    "rate": "4%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
JUNIOR: dict[str, Any] = {
    **LOAN,
    "name": "junior",
    "kind": "junior-loan",
    "amount": "4321.05",
    "order": "2",
    "rate": "7.25%",
    "interest": {"day_count": "30/360", "unpaid": "waits"},
}
BACKED: dict[str, Any] = {
    "name": "backing",
    "party": INVESTOR,
    "kind": "guarantee",
    "amount": "3000",
    "covers": "50%",
    "guarantees": ["loan", "junior"],
}
BANDED = {
    "pays_for": "homes",
    "bands": [
        {"below": "3", "pays": "0"},
        {"from": "3", "pays": "1000.50", "then_per_unit": "333.33"},
        {"from": "5", "pays": "2700"},
    ],
}


BLOCKS = [
    {"from": "0", "to": "4", "then_per_unit": "3.33"},
    {"from": "5", "then_per_unit": "2.5"},
]
FINE = [{"outcome": "homes", "price": "100.0013"}, {"outcome": "kept", "price": "250.0013"}]
"""Prices of fractions of a cent: rounded once, after they are added up."""
SHARED = {"hurdle": "100", "until_paid": "500", "then_share": "10%", "reads": "to-date"}
GROWS = {"yearly": "1.03"}
POINTS = [
    {"name": "early", "determined_by": "2026-11-30"},
    {"name": "late", "determined_by": "2026-12-15"},
]
GATE: dict[str, Any] = {
    "name": "gate",
    "says": "Twenty people by the middle of the year",
    "on": "2026-06-30",
    "enrolled_at_least": "20",
}


def falling(*values: str) -> dict[str, Any]:
    """Values listed by period."""
    told = [{"period": str(at), "value": a_number(value)} for at, value in enumerate(values, 1)]
    return {"kind": "listed", **MADE_UP, "values": told}


def financed(*payments: Any, capital: Any = (LOAN,), **changes: Any) -> Any:
    """The small deal with capital."""
    parties = [*changes.pop("parties", PARTIES), {"name": INVESTOR, "roles": ["investor"]}]
    return a_deal(payments=[*payments], parties=parties, capital=[*capital], **changes)


DEALS: dict[str, tuple[Any, Assumptions]] = {
    "unit price, one loan": (financed(a_term(price="1000")), assumed()),
    "milestones, two tranches": (
        financed(
            a_term("milestones", milestones=FINE),
            a_term(name="more", price="987.65"),
            capital=(LOAN, JUNIOR),
        ),
        assumed(outcomes={"homes": a_count("0.55"), "kept": a_count("0.35", after="6 months")}),
    ),
    "people in service after a first year": (
        financed(a_term(price="1000")),
        assumed(
            enrolment={**ENROLMENT, "leave_each_period": a_number("10%")},
            outcomes={"homes": a_count("0.5", counts="in-service", after="7 months")},
        ),
    ),
    "schedule with bands, guarantee": (
        financed(a_term("schedule", **BANDED), capital=(LOAN, JUNIOR, BACKED)),
        assumed(outcomes={"homes": a_count("0.4")}),
    ),
    "ceilings": (
        financed(
            a_term(price="1000.01", ceiling="9000", ceiling_each_period="4000"),
            a_term(name="second", price="333.33"),
            ceiling="12345.67",
        ),
        assumed(outcomes={"homes": a_count("0.55")}),
    ),
    "an effect, no investor": (
        a_deal(payments=[a_term("effect-price")]),
        assumed(outcomes={"reduction": an_effect("25"), "served": a_count("1")}),
    ),
    "fee, reserve, return shared": (
        financed(
            a_term(price="2000.01"),
            capital=(
                {**LOAN, "interest": {"day_count": "actual/360", "unpaid": "lapses"}},
                JUNIOR,
            ),
            waterfall=(
                {"pays": "fee", "to": [EVALUATOR], "each_date": "99.99", "at_most": "250"},
                {"pays": "interest", "to": ["loan"]},
                {"pays": "reserve", "each_date": "500"},
                {"pays": "principal", "to": ["loan", "junior"], "clause": "7.2"},
                {"pays": "interest", "to": ["junior"]},
                {"pays": "return", "to": ["junior", PROVIDER], "shares": ["1/3", "1/3"]},
                {"pays": "release", "to": [COUNTY], "if_met": "gate"},
            ),
            triggers=[GATE],
        ),
        assumed(outcomes={"homes": a_count("0.55")}),
    ),
    "two payors, one with a ceiling": (
        financed(
            a_term(price="777.77"),
            a_term(name="other", price="333.33", payors=[CITY]),
            ceilings={"each_period": "4321.09", "cut": "pro-rata"},
            **two_payors(share="62%", ceiling="5000.55", steps_in=CITY),
        ),
        assumed(outcomes={"homes": a_count("0.55")}),
    ),
    "conditions, carried and held": (
        financed(
            a_term(
                price="1000",
                ceiling_each_period="3000",
                carry_until="2026-12-31",
                conditions=[
                    {"outcome": "kept", "at_least": "1", "held": "once-met", "otherwise": "held"}
                ],
            ),
            a_term(
                "unit-price",
                name="after",
                price="10.005",
                conditions=[{"after": "unit-price", "otherwise": "lost"}],
                floor_each_period="12.34",
            ),
            outcomes={"kept": an_outcome("kept")},
        ),
        assumed(outcomes={"homes": a_count("0.55"), "kept": a_count("0.3", after="4 months")}),
    ),
    "to date, with money taken back": (
        financed(
            a_term(price="500", reads="to-date", claws_back="true"),
            a_term("milestones"),
            outcomes={"homes": an_outcome("homes", reported_as="to-date")},
            overpayment="credit",
        ),
        assumed(outcomes={"homes": falling("5", "9", "3", "4"), "kept": a_count("0.2")}),
    ),
    "every other kind": (
        financed(
            a_term("pot"),
            a_term("coupon", balance="1234.56"),
            a_term("withhold"),
            a_term(
                "savings-share", hurdle="100", until_paid="500", then_share="10%", reads="to-date"
            ),
            a_term("share-threshold", amount=None, price="55.55"),
            a_term("schedule", shape="marginal", pays_for="served", bands=BLOCKS, index=GROWS),
        ),
        assumed(
            outcomes={
                "homes": a_count("0.7"),
                "reduction": an_effect("12.5"),
                "served": a_count("1"),
                "saved": a_count("123.456"),
            }
        ),
    ),
    "points, rounded once": (
        a_deal(
            payments=[
                a_term("effect-price", reads="points", points=POINTS, price="1.005", treated=None),
            ],
            outcomes={"reduction": an_outcome("reduction", reported_as="point", tick="0.1")},
        ),
        assumed(outcomes={"reduction": an_effect("12.34")}),
    ),
    "draws that a trigger stops, services that end": (
        financed(
            a_term(price="900"),
            capital=(LOAN, {**JUNIOR, "draws_if": "gate"}),
            triggers=[
                GATE,
                {**GATE, "name": "stop", "enrolled_at_least": "25", "not_met": "ends-services"},
            ],
        ),
        assumed(),
    ),
    "planned draws, fees put off, base pay, money that comes round": (
        financed(
            a_term(price="1500"),
            capital=(
                LOAN,
                {"name": "late", "party": PROVIDER, "kind": "deferred-fee", "amount": "600"},
                {**JUNIOR, "name": "again", "kind": "recyclable-grant", "rate": None},
            ),
        ),
        assumed(
            costs=[
                a_cost(amount="100.05", deferred="10%", deferred_to="late"),
                a_cost("office", kind="fixed", amount="333.335"),
                a_cost("start", kind="once", amount="1000", on="2025-11-03"),
                a_cost("study", kind="each-enrolment", amount="7.77", borne_by="payor"),
            ],
            base_pay=[
                {
                    "name": "base",
                    "from_party": COUNTY,
                    "to": PROVIDER,
                    "kind": "each-slot",
                    "amount": a_number("12.5"),
                    "paid_after": "1 month",
                    **MADE_UP,
                }
            ],
            draws=[
                {"tranche": "loan", "on": "2025-11-03", "amount": "4000", **MADE_UP},
                {"tranche": "loan", "on": "2026-04-01", "amount": "7000", **MADE_UP},
                {"tranche": "again", "on": "2026-07-01", "amount": "900", **MADE_UP},
            ],
            enrolment={
                **ENROLMENT,
                "leave_each_period": {**MADE_UP, "base": "3%"},
                "reached": {**MADE_UP, "base": "0.87"},
            },
        ),
    ),
    "groups and a fact": (
        financed(
            a_term(
                price="100",
                subgroups=[{"group": "veterans", "times": "1.25"}],
                share_caps=[{"group": "walk-ins", "at_most": "20%"}],
                conditions=[{"fact": "audited", "otherwise": "lost"}],
            )
        ),
        assumed(
            outcomes={"homes": a_count("0.75")},
            facts=[{"name": "audited", "holds": {**MADE_UP, "base": "0.8"}, **MADE_UP}],
            groups=[
                {"outcome": "homes", "group": "veterans", "share": "0.3", **MADE_UP},
                {"outcome": "homes", "group": "walk-ins", "share": "0.4", **MADE_UP},
            ],
        ),
    ),
    "tied lenders": (
        financed(
            a_term(price="300.01"),
            a_term(name="other", price="222.22"),
            capital=(
                {**LOAN, "repaid_from": ["unit-price"]},
                {**JUNIOR, "order": "1"},
            ),
        ),
        assumed(outcomes={"homes": a_count("0.55")}),
    ),
}
"""By what they show."""
KNOWN = [Result.model_validate({"outcome": "homes", "period": "1", "value": "9"})]
"""A result that is determined already, in the first period."""


def changed(deal: Deal, assumptions: Assumptions) -> tuple[Deal, Assumptions]:
    """The same deal and assumptions with other numbers in them, and nothing else changed."""
    payments = [
        term.model_copy(
            update={
                name: value * Fraction(7, 5)
                for name in ("price", "ceiling")
                if (value := getattr(term, name, None)) is not None
            }
        )
        for term in deal.payments
    ]
    capital = [
        each.model_copy(
            update={
                "amount": each.amount * Fraction(4, 5),
                "rate": each.rate and each.rate * Fraction(3, 2),
            }
        )
        for each in deal.capital
    ]
    ceiling = None if deal.ceiling is None else deal.ceiling * Fraction(7, 5)
    update = {"payments": tuple(payments), "capital": tuple(capital), "ceiling": ceiling}
    enrolment = assumptions.enrolment
    reached = enrolment.reached.model_copy(update={"base": Fraction(6, 10)})
    costs = [
        line.model_copy(
            update={"amount": line.amount.model_copy(update={"base": line.amount.base * 2})}
        )
        for line in assumptions.costs
    ]
    return deal.model_copy(update=update), assumptions.model_copy(
        update={
            "enrolment": enrolment.model_copy(update={"reached": reached}),
            "costs": tuple(costs),
        }
    )
