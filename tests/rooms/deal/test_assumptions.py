"""Assumptions beside a deal: cases, and what they must agree on with the deal."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.assumptions import Assumptions, Spread
from payforsuccess.deal.assumptions.check import check_assumptions, planned_people
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_assumptions
from payforsuccess.errors import Refusal
from tests.lib.assumed import ENROLMENT, MADE_UP, a_cost, a_count, a_number, an_effect, assumed
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, PROVIDER, a_deal, a_term, an_outcome
from tests.lib.settling import an_amendment

LOAN = {"name": "loan", "party": INVESTOR, "kind": "loan", "amount": "1000"}


def deal(**changes: Any) -> Deal:
    """The small deal with a loan."""
    parties = [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}]
    return a_deal(**{"parties": parties, "capital": [LOAN], **changes})


def test_sound_assumptions_have_no_problem() -> None:
    assert check_assumptions(assumed(), deal()) == ()


def test_a_case_left_out_is_the_base_case() -> None:
    reached = assumed().enrolment.reached
    assert [reached.in_case(case) for case in ("low", "base", "high")] == [Fraction(4, 5), 1, 1]


def test_the_ramp_counts_people_to_the_next_step() -> None:
    assert planned_people(assumed(), deal()) == 30


def with_draws(*draws: tuple[str, str, str]) -> Assumptions:
    """Assumptions with planned draws: tranche, day, amount."""
    rows = [{**MADE_UP, "tranche": t, "on": on, "amount": a} for t, on, a in draws]
    return assumed(draws=rows)


def correlated(*values: str) -> Assumptions:
    """Assumptions in which three drivers move together, pair by pair."""
    drivers = (("enrolment", "homes"), ("enrolment", "jail"), ("homes", "jail"))
    return assumed(
        outcomes={"homes": a_count(), "jail": an_effect("20")},
        correlations=[
            {**MADE_UP, "between": [*pair], "is": value}
            for pair, value in zip(drivers, values, strict=True)
        ],
    )


def base_pay(amount: str, **changes: Any) -> dict[str, Any]:
    """Base pay from the payor to the provider in each period."""
    return {
        **MADE_UP,
        "name": "fee",
        "from_party": COUNTY,
        "to": PROVIDER,
        "kind": "fixed",
        "amount": a_number(amount),
        **changes,
    }


def test_base_pay_is_never_below_zero() -> None:
    with pytest.raises(ValueError, match="cannot be below zero"):
        assumed(base_pay=[base_pay("-1")])


POINT = {"name": "final", "determined_by": "2027-12-31"}
AT_A_POINT = {
    "payments": [a_term("schedule", reads="points", points=[POINT])],
    "outcomes": {"reduction": an_outcome("reduction", reported_as="point")},
}
LISTED = {"kind": "listed", **MADE_UP}


@pytest.mark.parametrize(
    ("assumptions", "changes", "said"),
    [
        (assumed(discount_rate=a_number("-1")), {}, "The discount rate is -100 percent"),
        (assumed(discount_rate=a_number("3")), {}, "The discount rate is 300 percent"),
        (assumed(stated_after_days="100000000"), {}, "100,000,000 days are more than 3,660"),
        (assumed(as_of="2040-01-01"), {}, "after the deal ends on 2027-12-31"),
        (assumed(outcomes={}), {}, "Nothing is assumed for the outcome `homes`"),
        (
            assumed(outcomes={"homes": a_count(), "hones": a_count()}),
            {},
            "`hones` is not the name of an outcome",
        ),
        (
            assumed(outcomes={"homes": a_count("5")}),
            {},
            "`homes` counts 5 for each person, and the unit person counts each person once",
        ),
        (
            assumed(
                outcomes={"homes": a_count(spread={"shape": "uniform", "least": "0", "most": "5"})}
            ),
            {},
            "its spread goes up to 5 for each person",
        ),
        (
            assumed(
                outcomes={
                    "homes": {**a_count(), "each_person": a_number("0.5", low="0.3")},
                    "kept": a_count("0.4"),
                }
            ),
            {"payments": [a_term("milestones")]},
            "In the low case 0.4 for each person reach `kept`, and 0.3 reach `homes`",
        ),
        (assumed(outcomes={"reduction": a_count()}), AT_A_POINT, "a count falls into periods"),
        (
            assumed(
                outcomes={"homes": {**LISTED, "values": [{"period": "9", "value": a_number("1")}]}}
            ),
            {},
            "there is no period 9",
        ),
        (
            assumed(
                outcomes={
                    "reduction": {**LISTED, "values": [{"point": "end", "value": a_number("1")}]}
                }
            ),
            AT_A_POINT,
            "`end` is not the name of a measurement point",
        ),
        (
            assumed(outcomes={"reduction": an_effect(standard_error="-1")}),
            AT_A_POINT,
            "cannot be below zero; found -1",
        ),
        (
            assumed(enrolment={**ENROLMENT, "ramp": [{"period": "1", "people": "10"}]}),
            {},
            "enrols 80 people in all, and the deal can serve at most 40",
        ),
        (
            assumed(enrolment={**ENROLMENT, "reached": a_number("-1")}),
            {},
            "cannot be below zero; found -1",
        ),
        (
            assumed(enrolment={**ENROLMENT, "ramp": [{"period": "9", "people": "1"}]}),
            {},
            "nobody can start in period 9",
        ),
        (assumed(costs=[a_cost(to="Nobody")]), {}, "`Nobody` is not the name of a party"),
        (assumed(costs=[a_cost(**{"from": "9"})]), {}, "runs from period 9 to 8"),
        (assumed(costs=[a_cost(amount="0.001", kind="fixed")]), {}, "no whole number of minor"),
        (
            assumed(costs=[a_cost(deferred="10%", deferred_to="loan")]),
            {},
            "`loan` is not the name of a deferred-fee tranche",
        ),
        (with_draws(("lone", "2026-01-01", "1")), {}, "`lone` is not the name of a tranche"),
        (
            with_draws(("loan", "2026-01-01", "900"), ("loan", "2026-02-01", "200")),
            {},
            "add up to 1,100, more than its 1,000",
        ),
        (
            with_draws(("loan", "2026-02-01", "1"), ("loan", "2026-01-01", "1")),
            {},
            "The draw on 2026-01-01 is listed after the one on 2026-02-01",
        ),
        (with_draws(("loan", "2031-01-01", "1")), {}, "comes after the deal ends"),
        (
            with_draws(("loan", "2025-12-31", "1")),
            {},
            "before the deal is in force, from 2026-01-01",
        ),
        (
            with_draws(("loan", "2026-01-01", "1.005")),
            {},
            "1.005 is no whole number of minor units",
        ),
        (
            assumed(costs=[a_cost(kind="once", on="2019-01-01")]),
            {},
            "falls on 2019-01-01, far from the deal",
        ),
        (
            assumed(costs=[a_cost(kind="once", on="2039-01-01")]),
            {},
            "falls on 2039-01-01, far from the deal",
        ),
        (
            assumed(base_pay=[base_pay("1.005")]),
            {},
            "1.005 is no whole number of minor units",
        ),
        (
            assumed(base_pay=[base_pay("1", from_party=PROVIDER)]),
            {},
            "paid by the party that receives it",
        ),
        (
            assumed(facts=[{**MADE_UP, "name": "open", "holds": {**MADE_UP, "base": "50%"}}]),
            {},
            "`open` is not the name of a fact",
        ),
        (
            assumed(correlations=[{**MADE_UP, "between": ["homes", "weather"], "is": "0.5"}]),
            {},
            "`weather` is not the name of a driver",
        ),
        (
            correlated("0.9", "0.9", "-0.9"),
            {},
            "cannot all hold together: their matrix is not positive semi-definite",
        ),
    ],
)
def test_what_does_not_fit_the_deal_is_a_problem(
    assumptions: Assumptions, changes: dict[str, Any], said: str
) -> None:
    problems = check_assumptions(assumptions, deal(**changes))
    assert any(said in problem.what for problem in problems), [p.what for p in problems]


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        (("1", "1", "1"), True),
        (("1", "0.5", "0.5"), True),
        (("1", "0.5", "0.4"), False),
        (("-1", "1", "-1"), True),
        (("-1", "1", "1"), False),
        (("0.6", "0.8", "0.96"), True),
        (("0.6", "0.8", "0.970"), False),
        (("0.6", "0", "0.8"), True),
        (("0.6", "0", "0.81"), False),
    ],
)
def test_correlations_at_the_edge_of_what_can_hold_together(
    values: tuple[str, ...], holds: bool
) -> None:
    problems = check_assumptions(correlated(*values), deal())
    assert any("hold together" in problem.what for problem in problems) is not holds


def test_a_draw_may_come_before_the_last_amendment_is_in_force() -> None:
    parties = [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}]
    amended = an_amendment(parties=parties, capital=[LOAN])
    assert str(amended.in_force_from) == "2026-07-01"
    assert check_assumptions(with_draws(("loan", "2026-01-01", "1")), amended) == ()


@pytest.mark.parametrize(
    "spread",
    [
        {"shape": "normal"},
        {"shape": "uniform", "least": "1"},
        {"shape": "uniform", "least": "2", "most": "1"},
        {"shape": "beta", "sd": "0.1", "most": "1"},
    ],
)
def test_a_spread_that_is_not_complete_is_refused(spread: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"spread|least"):
        Spread.model_validate(spread)


def test_problems_of_a_file_name_its_line() -> None:
    text = f"""\
format: 1
as_of: 2025-12-01
discount_rate: {{base: 0.03, source: a guess, standing: estimate}}
enrolment:
  source: the plan
  standing: estimate
  ramp: [{{period: 1, people: 10}}, {{period: 4, people: 0}}]
  reached: {{base: 1, source: a guess, standing: estimate}}
  serves_for: 12 months
costs:
  - name: services
    says: Case management
    to: {PROVIDER}s
    kind: each-slot
    amount: {{base: 100, source: a guess, standing: estimate}}
    source: the budget
    standing: estimate
outcomes: {{}}
determined_after_days: 20
"""
    with pytest.raises(Refusal) as refused:
        read_assumptions(text, deal())
    told = [(p.where.line, p.where.field) for p in refused.value.problems]
    assert told == [(13, "costs[0].to"), (18, "outcomes")]
