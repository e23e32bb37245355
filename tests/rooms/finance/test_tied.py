"""The share of pay tied to outcomes against the provider's working capital (R61, R99, R103)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.summary import summarise
from payforsuccess.finance.tied import Tied, tied
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import MADE_UP, a_cost, a_count, a_number, assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term
from tests.lib.folders import a_folder
from tests.lib.pfs import pfs

HISTORY = DealHistory((a_deal(payments=[a_term(price="1000")]),))
FEE = {
    "name": "fee",
    "from_party": COUNTY,
    "to": PROVIDER,
    "kind": "fixed",
    "amount": a_number("2500"),
    **MADE_UP,
}


def found(**changes: Any) -> Tied:
    return tied(HISTORY, assumed(**changes))


def test_what_the_contract_pays_in_all_stays_the_same() -> None:
    told = found(base_pay=[FEE])
    assert told.total == 15_000_00 + 8 * 2_500_00
    for one in told.at:
        base = one.cases["base"]
        assert base.base_pay + base.success == told.total
        assert base.success == told.total * one.share


def test_as_the_deal_stands_it_is_the_forecast() -> None:
    assumptions = assumed(base_pay=[FEE])
    told = tied(HISTORY, assumptions, shares=(Fraction(15, 35),))
    assert told.now == Fraction(15, 35)
    ahead = summarise(HISTORY, assumptions).cases["base"].providers[0]
    case = told.at[0].cases["base"]
    assert (case.working_capital, case.in_the_end) == (ahead.working_capital, ahead.to_date[-1])
    assert case.success == forecast(HISTORY, assumptions).cases["base"].paid


def test_the_more_is_tied_the_more_working_capital_it_takes() -> None:
    needed = [one.cases["base"].working_capital for one in found(base_pay=[FEE]).at]
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]


def test_worse_results_cost_nothing_where_nothing_is_tied() -> None:
    low = {"homes": a_count("0.5") | {"each_person": a_number("0.5", low="0.1")}}
    enrolled = {**assumed().enrolment.model_dump(mode="json"), "reached": a_number("1")}
    told = found(base_pay=[FEE], outcomes=low, enrolment=enrolled)
    ends = [(one.cases["base"].in_the_end, one.cases["low"].in_the_end) for one in told.at]
    assert ends[0][0] == ends[0][1]
    gaps = [base - worse for base, worse in ends]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 0


def test_without_base_pay_what_is_not_tied_follows_the_costs() -> None:
    told = found(costs=[a_cost(amount="500")])
    assert (told.now, told.spreads_base) == (1, True)
    assert told.at[0].cases["base"].base_pay == told.total


def test_nothing_can_be_tied_to_outcomes_that_earn_nothing() -> None:
    with pytest.raises(Refusal, match="no pay can be tied"):
        found(outcomes={"homes": a_count("0")})


def test_a_deal_that_investors_finance_is_refused() -> None:
    history = DealHistory((a_financed_deal(),))
    with pytest.raises(Refusal, match="they carry its working"):
        tied(history, assumed())


def test_the_command_writes_a_page_with_a_picture(tmp_path: Path) -> None:
    a_folder(tmp_path, HISTORY.latest)
    plain = assumed(base_pay=[FEE]).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (tmp_path / "assumptions.yaml").write_text(yaml.safe_dump(plain))
    done = pfs("tied", tmp_path)
    assert done.code == 0
    assert "42.9% of 35,000.00 is tied" in done.out
    page = next((tmp_path / "out/tied").rglob("tied.html")).read_text()
    assert "<svg" in page
