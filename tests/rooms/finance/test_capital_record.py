"""The book that follows from what is on record: the engine's balances on actual days (R133)."""

from __future__ import annotations

from datetime import date

import pytest

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.reading.capital_record import read_capital_record
from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record import Followed, follow
from tests.lib.capital import a_financed_deal, a_tranche
from tests.lib.recorded_capital import a_record

LOAN = a_tranche(rate="5%", interest={"day_count": "actual/365", "unpaid": "compounds"})
DEAL = a_financed_deal(LOAN)


def test_interest_runs_on_actual_days_and_is_rounded_when_the_balance_changes() -> None:
    followed = follow(DEAL, a_record(), as_of=date(2026, 5, 1))
    assert followed.balance("loan").interest == round(8_000_00 * 0.05 * 120 / 365)
    assert followed.balance("loan").principal == 7_000_00
    assert followed.drawn("loan") == 8_000_00


def test_facts_after_the_day_are_left_out() -> None:
    followed = follow(DEAL, a_record(), as_of=date(2026, 4, 30))
    assert followed.balance("loan").principal == 8_000_00
    assert followed.held == 2_000_00


def test_unpaid_interest_compounds_from_a_payment_date() -> None:
    compounded = follow(DEAL, a_record(), as_of=date(2027, 5, 1)).balance("loan").interest
    first = round(8_000_00 * 0.05 * 120 / 365)
    assert compounded == first + round((7_000_00 + first) * 0.05)


def test_where_the_record_leaves_the_order_of_the_deal_the_difference_is_told() -> None:
    followed = follow(DEAL, a_record(), as_of=date(2026, 5, 1))
    told = [(d.kind, d.by_the_deal, d.recorded) for d in followed.differences]
    assert told == [("interest", 131_51, 0), ("principal", 868_49, 1_000_00)]


def test_a_record_that_follows_the_order_differs_nowhere() -> None:
    paid = [
        {"on": "2026-05-01", "kind": "interest", "tranche": "loan", "amount": "131.51"},
        {"on": "2026-05-01", "kind": "principal", "tranche": "loan", "amount": "868.49"},
    ]
    followed = follow(DEAL, a_record(distributions=paid), as_of=date(2026, 5, 1))
    assert followed.differences == ()
    assert followed.balance("loan").interest == 0


def test_more_paid_out_than_there_is_shows() -> None:
    costs = [{"on": "2026-01-15", "amount": "9000", "to": "Cedar Homes"}]
    followed = follow(DEAL, a_record(disbursements=costs), as_of=date(2026, 2, 1))
    assert followed.overdrawn == (date(2026, 1, 15), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("kind", "amount", "owed"),
    [
        ("principal", "8000.01", "8,000.00 of principal"),
        ("principal", "5000000", "8,000.00 of principal"),
        ("interest", "1000", "of interest"),
    ],
)
def test_a_tranche_cannot_be_paid_what_it_is_not_owed(kind: str, amount: str, owed: str) -> None:
    paid = [{"on": "2026-05-01", "kind": kind, "tranche": "loan", "amount": amount}]
    record = a_record(distributions=paid)
    assert follow(DEAL, record, as_of=date(2026, 4, 30)).balance("loan").principal == 8_000_00
    with pytest.raises(Refusal, match="is owed") as refusal:
        follow(DEAL, record, as_of=date(2026, 5, 1))
    assert owed in refusal.value.problems[0].what
    assert refusal.value.problems[0].where.field == "distributions[0].amount"


def test_all_that_is_owed_may_be_paid_and_a_bank_may_round_interest_its_own_way() -> None:
    owed = follow(DEAL, a_record(distributions=None), as_of=date(2026, 5, 1)).balance("loan")
    interest = f"{int(owed.interest) // 100 + 1}"
    paid = [
        {"on": "2026-05-01", "kind": "interest", "tranche": "loan", "amount": interest},
        {"on": "2026-05-01", "kind": "principal", "tranche": "loan", "amount": "8000"},
    ]
    followed = follow(DEAL, a_record(distributions=paid), as_of=date(2026, 5, 1))
    assert followed.balance("loan").principal == 0
    again = [*paid, {**paid[0], "amount": "1"}]
    with pytest.raises(Refusal, match=r"as interest, and is owed USD 0\.00|is owed 0\.00"):
        follow(DEAL, a_record(distributions=again), as_of=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "distributions: [{on: 2026-05-01, kind: fee, to: Nobody Known, amount: 1}]",
            "not the name of a party",
        ),
        (
            "calls: [{name: a, tranche: lone, asked_on: 2026-01-01, due_on: 2026-01-02, "
            "amount: 1}]",
            "Did you mean `loan`?",
        ),
        (
            "payments: [{on: 2026-01-01, amount: 1.005, term: unit-price, from: Alder County}]",
            "smallest unit",
        ),
        ("bank: [{account: x, on: 2026-01-01, balance: 1}]", "not the name of an account"),
        ("tests: [{trigger: x, on: 2026-01-01, met: true, by: Me}]", "not the name of a trigger"),
        (
            "distributions: [{on: 2026-05-01, kind: recycle, tranche: loan, amount: 1}]",
            "goes back to its party and is not recycled",
        ),
        ("put_off: [{tranche: loan, on: 2026-01-01, amount: 10001}]", "gives at most 10,000"),
        (
            "disbursements: [{on: 2026-01-15, to: Cedar Home, amount: 1}]",
            "Did you mean `Cedar Homes`? Who is no party stands under `says`",
        ),
        (
            "disbursements: [{on: 2019-01-15, to: Cedar Homes, amount: 1}]",
            "more than 24 months before the deal's first period, which starts on 2026-01-01",
        ),
        (
            "disbursements: [{on: 2082-01-15, to: Cedar Homes, amount: 1}]",
            "more than 24 months after the deal's corrections end",
        ),
        ("payment_dates: [2019-12-31]", "more than 24 months before"),
    ],
)
def test_a_record_that_does_not_hold_against_the_deal_is_refused(written: str, told: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_capital_record(f"format: 1\n{written}\n", DEAL)
    assert told in str(refusal.value)


def test_what_is_refused_says_where_it_stands() -> None:
    written = "format: 1\ndisbursements:\n  - {on: 2019-01-15, to: Nobody, amount: 1}\n"
    with pytest.raises(Refusal) as refusal:
        read_capital_record(written, DEAL)
    places = [(each.where.line, each.where.field) for each in refusal.value.problems]
    assert places == [(3, "disbursements[0].on"), (3, "disbursements[0].to")]


def test_what_was_closed_may_have_been_done_long_before() -> None:
    closed = "closing: [{item: Study, by: Alder County, done_on: 2019-01-15}]"
    assert read_capital_record(f"format: 1\n{closed}\n", DEAL).closing[0].done_on is not None


def test_days_out_of_order_are_refused() -> None:
    call = {
        "name": "a",
        "tranche": "loan",
        "asked_on": "2026-02-01",
        "due_on": "2026-01-01",
        "amount": "1",
    }
    with pytest.raises(ValueError, match="due before it was made"):
        CapitalRecord.model_validate({"format": "1", "calls": [call]})


def recycled(**changes: str) -> Followed:
    """A grant that is used again, and a record that uses 1,000 of it so."""
    deal = a_financed_deal(a_tranche("recyclable-grant", name="loan"))
    again = {"on": "2026-05-01", "kind": "recycle", "tranche": "loan", "amount": "1000", **changes}
    return follow(deal, a_record(distributions=[again]), as_of=date(2026, 5, 1))


def test_what_is_recycled_stays_with_the_project_and_is_owed_no_more() -> None:
    found = recycled()
    assert (found.recycled("loan"), int(found.balance("loan").principal)) == (1_000_00, 7_000_00)
    # 8,000 drawn, 6,000 spent, 1,000 of success payments that fund more service
    assert (found.held, int(found.book.cash)) == (3_000_00, 3_000_00)
    assert found.differences == ()


def test_what_is_recycled_into_another_deal_leaves_the_project() -> None:
    found = recycled(to="Example Deal Two", says="Homes of the second deal")
    assert (found.recycled("loan"), found.held) == (1_000_00, 2_000_00)
    assert found.differences == ()


@pytest.mark.parametrize("days", [["2027-12-31", "2027-06-30"], ["2027-06-30", "2027-06-30"]])
def test_payment_dates_stand_in_order_and_once(days: list[str]) -> None:
    with pytest.raises(ValueError, match="not in order, each once"):
        CapitalRecord.model_validate({"format": "1", "payment_dates": days})
