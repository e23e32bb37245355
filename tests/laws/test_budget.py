"""Laws of the payor's side: ledgers chain and close, a sinking fund is never overdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.finance.budget.ledger import balance_on, ledger_of
from payforsuccess.finance.budget.order import departments_that_pay, purses_of
from payforsuccess.finance.budget.paid import _owed
from payforsuccess.finance.budget.parts import most_of_ceiling, parts_of
from payforsuccess.finance.budget.payable import left_in, payable
from payforsuccess.finance.budget.provision import years_of_payors
from payforsuccess.finance.budget.sinking import sinking_schedule
from payforsuccess.finance.forecast import forecast
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.payors import split_line
from tests.lib.assumed import a_count, assumed
from tests.lib.budgets import a_budget, a_fund, a_source, an_entry
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, two_payors
from tests.lib.settling import a_statement

DEAL = a_deal(payments=[a_term()])
KINDS = ("deposit", "interest", "paid", "released")
SIGN = {"deposit": 1, "interest": 1, "paid": -1, "released": -1}


@st.composite
def entries(draw: Any) -> list[dict[str, Any]]:
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        day = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 1000)))
        cents = draw(st.integers(0, 10**9))
        kind = draw(st.sampled_from(KINDS))
        rows.append(an_entry(str(day), kind, f"{cents // 100}.{cents % 100:02}"))
    return rows


@given(entries(), st.integers(0, 10**6), st.sampled_from(["01-01", "07-01", "10-01"]))
def test_a_ledger_opens_with_what_it_closed_and_closes_with_all_that_moved(
    moved: list[dict[str, Any]], opening: int, starts: str
) -> None:
    deal = a_deal(payments=[a_term()], fiscal_year_starts=starts)
    file = a_budget(funds=[a_fund(kind="reserve", opening=str(opening))], entries=moved)
    rows = ledger_of(deal, file)
    assert rows[0].opening == opening * 100
    for row, after in pairwise(rows):
        assert after.fiscal_year == row.fiscal_year + 1
        assert after.opening == row.closing
    for row in rows:
        assert row.opening + row.deposits + row.interest - row.paid - row.released == row.closing
    whole = sum(SIGN[entry.kind] * int(entry.amount * 100) for entry in file.entries)
    assert rows[-1].closing == opening * 100 + whole
    assert rows[-1].closing == balance_on(deal, file, file.funds[0], file.as_of)


@given(
    st.integers(1, 20),
    st.sampled_from(["0", "0.3", "1"]),
    st.integers(0, 400),
    st.sampled_from(["50%", "67%"]),
    st.sampled_from(["01-01", "07-01"]),
)
def test_a_sinking_fund_pays_all_it_took_in_and_is_never_overdrawn(
    price: int, each_person: str, after: int, share: str, starts: str
) -> None:
    deal = a_deal(
        payments=[a_term(price=str(price))], fiscal_year_starts=starts, **two_payors(share=share)
    )
    assumptions = assumed(
        outcomes={"homes": a_count(each_person)}, determined_after_days=str(after)
    )
    found = forecast(DealHistory((deal,)), assumptions)
    parts = {case: parts_of(deal, one) for case, one in found.cases.items()}
    years = years_of_payors(found, a_budget(), parts)
    for case in found.cases:
        rows = sinking_schedule(years, case)
        assert all(row.closing >= 0 for row in rows)
        for payor in deal.payors:
            own = [row for row in rows if row.payor == payor.party]
            assert own[0].opening == own[-1].closing == 0
            assert sum(row.deposit for row in own) == sum(row.paid for row in own)
    for year in years:
        assert year.most is not None
        assert all(year.most >= paid for paid in year.paid.values())


@given(
    st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 600)), min_size=1, max_size=6),
)
def test_what_is_payable_on_all_statements_together_is_what_the_payor_owes(
    stated: list[tuple[int, int]],
) -> None:
    """However often earlier statements are credited by later ones, no voucher pays twice.

    Of each statement: the payor's part, and what it paid on that statement.
    """
    unpaid = [part - paid for part, paid in stated]
    found = [_owed(COUNTY, part, unpaid, at) for at, (part, _) in enumerate(stated)]
    assert sum(owed.payable for owed in found) == max(sum(unpaid), 0)
    for at, owed in enumerate(found):
        assert 0 <= owed.payable <= max(unpaid[at], 0)
        assert owed.before == sum(one.payable for one in found[:at])
    if min(unpaid) >= 0:
        assert [owed.payable for owed in found] == unpaid


@given(
    st.lists(
        st.tuples(st.sampled_from(["appropriation", "trust"]), st.integers(0, 900)),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 12),
    st.integers(0, 500),
)
def test_no_voucher_goes_beyond_what_is_appropriated_or_held(
    held: list[tuple[str, int]], homes: int, paid: int
) -> None:
    """It asks for all that is payable, or for nothing and says what is missing."""
    funds, sources = [], []
    for at, (kind, amount) in enumerate(held):
        opening = "0" if kind == "appropriation" else str(amount)
        funds.append(a_fund(f"F{at}", kind=kind, opening=opening))
        if kind == "appropriation":
            years = [{"fiscal_year": "2026", "amount": str(amount)}]
            sources.append(a_source(f"s{at}", fund=f"F{at}", years=years))
    file = a_budget(funds=funds, sources=sources)
    on = date(2026, 5, 1)
    statement = a_statement(DEAL, {"homes": [str(homes)]})
    found = payable(DEAL, file, [statement], 1, {COUNTY: {1: paid * 100}}, on=on)
    needed = max(homes * 100_00 - paid * 100, 0)
    there = sum(amount for _, amount in held) * 100
    assert bool(found.problems) == (needed > there)
    if not found.problems:
        assert sum(line.amount for line in found.lines) == needed
    for line in found.lines:
        (fund,) = (each for each in file.funds if each.name == line.fund)
        assert 0 < line.amount <= left_in(DEAL, file, fund, 2026, on)


@given(entries(), st.sampled_from(["appropriation", "trust"]), st.integers(2025, 2028))
def test_what_is_left_is_never_below_nothing(
    moved: list[dict[str, Any]], kind: str, year: int
) -> None:
    deal = a_deal(payments=[a_term()])
    file = a_budget(funds=[a_fund(kind=kind)], entries=moved)
    assert left_in(deal, file, file.funds[0], year, file.as_of) >= 0


@st.composite
def funded(draw: Any) -> tuple[Any, dict[int, int]]:
    """Funds in some order, with sources of departments, and what falls due by year."""
    funds, sources = [], []
    for number in range(draw(st.integers(1, 3))):
        name = f"fund {number}"
        kind = draw(st.sampled_from(["appropriation", "reserve", "sinking"]))
        opening = "0" if kind == "appropriation" else str(draw(st.integers(0, 500)))
        funds.append(a_fund(name, kind=kind, opening=opening))
        for at in range(draw(st.integers(0, 2))):
            years = [
                {"fiscal_year": str(year), "amount": str(draw(st.integers(1, 900)))}
                for year in range(2026, 2026 + draw(st.integers(1, 4)))
            ]
            department = draw(st.sampled_from(["Health", "Justice", None]))
            of = {} if department is None else {"department": department}
            sources.append(a_source(f"s{number}-{at}", fund=name, years=years, **of))
    due = {year: draw(st.integers(0, 100_000)) for year in range(2026, 2030)}
    return a_budget(funds=funds, sources=sources, as_of="2025-12-31"), due


@given(funded())
def test_funds_pay_in_the_order_of_the_file_and_no_money_is_made_or_lost(
    case: tuple[Any, dict[int, int]],
) -> None:
    file, due = case
    purses = purses_of(DEAL, file, COUNTY, range(2026, 2030), due)
    for year, amount in due.items():
        has = [sum(purse.by_department.values()) for purse in purses[year]]
        paid, missing = departments_that_pay(purses[year], amount)
        assert sum(paid.values()) + missing == amount
        assert missing == max(amount - sum(has), 0)
        rest = amount
        for number, purse in enumerate(purses[year]):
            takes = min(rest, has[number])
            rest -= takes
            later = purses.get(year + 1, ())
            if later and purse.fund.kind != "appropriation":
                held = later[number].held
                assert sum(held.values()) == has[number] - takes
                assert all(part >= 0 for part in held.values())


@given(
    st.lists(st.integers(1, 50_000), min_size=1, max_size=8),
    st.integers(1, 99),
    st.integers(0, 1_000),
    st.booleans(),
)
def test_no_payors_parts_pass_its_part_of_the_ceiling(
    lines: list[int], share: int, own: int, steps_in: bool
) -> None:
    """Some cents of rounding apart, whatever is due line by line under the deal's ceiling."""
    first = {"ceiling": str(own)} | ({"steps_in": CITY} if steps_in else {})
    whole = sum(lines)
    deal = a_deal(
        payments=[a_term()],
        ceiling=f"{whole // 100}.{whole % 100:02}",
        **two_payors(share=f"{share}%", **first),
    )
    used: dict[str, int] = {}
    for line in lines:
        for part in split_line(line, term=deal.payments[0], deal=deal, used=used):
            used[part.payor] = used.get(part.payor, 0) + part.amount
    for payor, amount in used.items():
        most = most_of_ceiling(deal, payor)
        assert most is not None
        assert amount <= most + len(lines)
