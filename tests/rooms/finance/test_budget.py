"""The payor's side of a forecast: who owes what when, what covers it, what is missing (R39)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.budget.borne import public_risk, risk_findings
from payforsuccess.finance.budget.budget import Budget, budget_of
from payforsuccess.finance.budget.parts import most_of, parts_of
from payforsuccess.finance.budget.provision import PayorYear
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.liability import liability_by_year
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_cost, assumed
from tests.lib.budgets import a_budget, a_fund, a_source, an_entry
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, an_outcome, two_payors
from tests.rooms.governance.test_votes import rules

NOTHING = Fraction(0)
TWO = two_payors()
CITYS = {"fiscal_years": {CITY: "01-01"}}


def told(file: BudgetFile | None = None, deal: Deal | None = None, **keys: Any) -> Budget:
    """The budget of the small deal: three quarters with 5, in the low case 4, homes at 100."""
    history = DealHistory((deal or a_deal(payments=[a_term()]),))
    assumptions = keys.pop("assumptions", assumed())
    nothing = forecast(history, assumptions, cases=("base",), success=NOTHING)
    found = forecast(history, assumptions)
    return budget_of(found, nothing, file or a_budget(), rules(), **keys)


def years(budget: Budget, payor: str = COUNTY) -> dict[int, PayorYear]:
    """A payor's years."""
    return {row.fiscal_year: row for row in budget.years if row.payor == payor}


def test_a_payor_owes_by_its_own_fiscal_year_in_cash_and_by_service() -> None:
    rows = years(told())
    # the first quarter is paid in April 2026, before the fiscal year ends; services of two are
    assert (rows[2026].paid["base"], rows[2026].earned["base"]) == (500_00, 1_000_00)
    assert (rows[2026].paid["low"], rows[2026].expected) == (400_00, 500_00)
    city = years(told(a_budget(**CITYS), a_deal(payments=[a_term()], **TWO)), CITY)
    assert city[2026].paid["base"] == 3 * 200_00  # its year is the calendar's


def test_payors_add_up_to_the_liability_of_the_deal() -> None:
    deal = a_deal(payments=[a_term(price="33.33")], **TWO)
    found = forecast(DealHistory((deal,)), assumed())
    budget = told(deal=deal)
    for year in liability_by_year(found).years:
        rows = [years(budget, name).get(year.fiscal_year) for name in (COUNTY, CITY)]
        for case in found.cases:
            assert sum(row.paid[case] for row in rows if row) == year.paid[case]
            assert sum(row.earned[case] for row in rows if row) == year.earned[case]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        TWO,
        two_payors(share="1%", ceiling="3"),
        two_payors(ceiling="500", steps_in=CITY),
        {**two_payors(ceiling="500", steps_in=CITY), "ceiling": "1200"},
        {**TWO, "payments": [a_term(price="33.33"), a_term(name="county", payors=[COUNTY])]},
    ],
)
def test_the_most_is_never_below_what_any_case_pays(changes: dict[str, Any]) -> None:
    deal = a_deal(**{"payments": [a_term(price="33.33")], **changes})
    found = forecast(DealHistory((deal,)), assumed())
    for row in told(deal=deal).years:
        assert row.most is not None
        assert all(row.most >= paid for paid in row.paid.values())
    for payor in deal.payors:
        in_all = most_of(found, a_budget(), payor.party).in_all
        for case in found.cases.values():
            parts = [part for part in parts_of(deal, case) if part.payor == payor.party]
            assert in_all is not None
            assert in_all >= sum(part.amount for part in parts)


def test_what_cannot_pass_another_payors_ceiling_is_not_counted_for_who_steps_in() -> None:
    """The county's 60% of 1,000 is within its 600: the city owes no more than its own 40%."""
    keys = two_payors(ceiling="600.50", steps_in=CITY)
    found = forecast(DealHistory((a_deal(payments=[a_term()], ceiling="1000", **keys),)), assumed())
    in_all = most_of(found, a_budget(), CITY).in_all
    assert in_all is not None
    assert 400_00 <= in_all < 401_00


def test_what_passes_a_payors_ceiling_is_shown_as_unfunded() -> None:
    deal = a_deal(payments=[a_term()], **two_payors(ceiling="500"))
    assert told(deal=deal).unfunded == 3 * 300_00 - 500_00


def test_only_appropriated_and_held_money_covers_a_liability() -> None:
    planned = a_source(
        "later", standing="planned", years=[{"fiscal_year": "2027", "amount": "900"}]
    )
    rows = years(told(a_budget(sources=[a_source(), planned])))
    assert (rows[2026].available, rows[2026].short_of_expected) == (1_000_00, 0)
    assert (rows[2027].planned, rows[2027].short_of_expected) == (900_00, 1_000_00)
    assert rows[2026].coverage == Fraction(1_000_00, rows[2026].most or 1)
    assert (rows[2026].coverage or 0) < 1


def test_what_a_sinking_fund_keeps_is_there_the_year_after_and_an_appropriation_is_not() -> None:
    def next_year(kind: str, **keys: Any) -> PayorYear:
        file = a_budget(funds=[a_fund(kind=kind)], as_of="2026-01-31", **keys)
        return years(told(file))[2027]

    assert next_year("sinking").set_aside == 500_00  # 1,000 in, 500 expected out
    assert next_year("appropriation").set_aside == 0


def test_up_to_the_files_day_the_ledger_says_what_is_held() -> None:
    entries = [an_entry("2026-05-01", "deposit", "700"), an_entry("2026-06-01", "paid", "450.50")]
    budget = told(a_budget(funds=[a_fund(kind="trust", opening="100")], entries=entries))
    assert years(budget)[2027].set_aside == 349_50
    ledger = {row.fiscal_year: row for row in budget.ledger}
    assert (ledger[2026].opening, ledger[2026].closing) == (100_00, 349_50)
    assert ledger[2028].closing == 349_50  # the file runs to December 2027


def test_shortfalls_are_flagged_with_the_worse_said_first() -> None:
    said = [finding.what for finding in told().findings if finding.topic == "shortfall"]
    assert f"{COUNTY}, 2027: 1,000.00 short of what is expected." in said
    assert any(text.startswith(f"{COUNTY}, 2026") and "the most" in text for text in said)


def test_a_sinking_fund_ends_at_nothing_and_says_where_a_trusts_cap_is_passed() -> None:
    file = a_budget(funds=[a_fund(kind="trust", most="499.99")])
    budget = told(file)
    assert budget.sinking[-1].closing == 0
    assert budget.sinking[0].closing == 500_00
    (finding,) = (each for each in budget.findings if each.topic == "cap")
    assert "at the end of 2026" in finding.what


def test_what_the_deal_says_is_provided_is_held_against_the_sources() -> None:
    provided = [
        {"fiscal_year": "2026", "amount": "1000", "kind": "appropriation"},
        {"fiscal_year": "2027", "amount": "5", "kind": "set-aside"},
    ]
    budget = told(deal=a_deal(payments=[a_term()], budget={"provided": provided}))
    (finding,) = (each for each in budget.findings if each.topic == "provided")
    assert finding.what.startswith("2027: the deal says that 5.00 is provided")


def test_new_money_is_said_with_its_reason_and_the_streams_there_are() -> None:
    """R98: existing streams come first."""
    new = a_source("new", kind="new-appropriation", reason="None fits.", considered=["The old one"])
    budget = told(a_budget(sources=[a_source(), new]))
    (finding,) = (each for each in budget.findings if each.topic == "new-money")
    assert "None fits. Considered: The old one. Existing streams" in finding.what
    assert finding.what.endswith("in this file: stream.")


def test_what_nothing_bounds_is_said_to_be_unbounded() -> None:
    homes = an_outcome(says="Nights", unit="night", bounds=None)
    rows = told(deal=a_deal(payments=[a_term()], outcomes={"homes": homes})).years
    assert {row.most for row in rows if row.expected} == {None}
    assert all(row.coverage is None and row.short_of_most is None for row in rows if row.expected)


def test_departments_bear_what_their_sources_provide_for() -> None:
    sources = [
        a_source("health", department="Health"),
        a_source(
            "justice", department="Justice", years=[{"fiscal_year": "2026", "amount": "3000"}]
        ),
    ]
    rows = {
        (row.department, row.fiscal_year): row
        for row in told(a_budget(sources=sources)).departments
    }
    assert rows[("Health", 2026)].expected == 125_00
    assert rows[("Justice", 2026)].expected == 375_00
    assert rows[("no department", 2027)].expected == 1_000_00


def test_funds_pay_in_the_order_of_the_file_in_every_table() -> None:
    """500 falls due in 2026 and 1,000 in 2027."""
    reserve = a_source("old", department="Justice", fund="Reserve", years=EACH_YEAR[:1])
    plain = a_source("health", department="Health", fund="Appropriation", years=EACH_YEAR)

    def in_order(*kinds: str) -> tuple[PayorYear, dict[tuple[str, int], int]]:
        names = {"sinking": "Reserve", "appropriation": "Appropriation"}
        funds = [a_fund(names[kind], kind=kind) for kind in kinds]
        budget = told(a_budget(funds=funds, sources=[reserve, plain], as_of="2026-01-31"))
        parts = {(row.department, row.fiscal_year): row.expected for row in budget.departments}
        return years(budget)[2027], parts

    next_year, parts = in_order("sinking", "appropriation")
    assert (next_year.set_aside, next_year.available) == (300_00, 1_100_00)
    assert (parts["Justice", 2026], parts["Health", 2026]) == (500_00, 0)
    assert (parts["Justice", 2027], parts["Health", 2027]) == (300_00, 700_00)
    next_year, parts = in_order("appropriation", "sinking")
    assert (next_year.set_aside, next_year.available) == (800_00, 1_600_00)
    assert (parts["Justice", 2026], parts["Health", 2026]) == (0, 500_00)
    assert (parts["Justice", 2027], parts["Health", 2027]) == (200_00, 800_00)


EACH_YEAR = [
    {"fiscal_year": "2026", "amount": "800"},
    {"fiscal_year": "2027", "amount": "800"},
]


def test_money_under_outcomes_terms_is_counted_by_department_year_and_source() -> None:
    """R66 and R100: its share of the stream and the running total; new money was not moved."""
    stream = [
        {"fiscal_year": "2026", "amount": "1000", "of": "8000"},
        {"fiscal_year": "2027", "amount": "500"},
    ]
    new = a_source("new", kind="new-appropriation", reason="None fits", considered=["The old one"])
    rows = told(a_budget(sources=[a_source(years=stream, department="Health"), new])).streams
    assert [(row.department, row.fiscal_year, row.share, row.to_date) for row in rows] == [
        ("Health", 2026, Fraction(1, 8), 1_000_00),
        ("Health", 2027, None, 1_500_00),
    ]


def test_with_no_success_nothing_is_paid_and_the_public_still_bears_the_rest() -> None:
    """R131: never without risk."""
    costs = [a_cost(), a_cost("staff", "30", to=COUNTY, borne_by="payor")]
    history = DealHistory((a_deal(payments=[a_term()]),))
    nothing = forecast(history, assumed(costs=costs), cases=("base",), success=NOTHING)
    risk = public_risk(nothing)
    assert risk.success_payments == 0
    assert [(each.who, each.net < 0) for each in risk.borne] == [(COUNTY, True)]
    said = " ".join(finding.what for finding in risk_findings(nothing, risk))
    assert "What it costs (a payor)" in said
    assert "Dogwood University, paid by Alder County," in said
