"""Files of amounts beside a deal may name their currency, and it is the deal's."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.assumptions.check import check_assumptions
from payforsuccess.deal.checks.budget import check_budget
from payforsuccess.deal.checks.capital_record import check_capital_record
from payforsuccess.deal.checks.value import check_value
from payforsuccess.deal.money_file import MoneyFile
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Problem
from tests.lib.assumed import assumed
from tests.lib.budgets import a_budget
from tests.lib.capital import a_financed_deal
from tests.lib.recorded_capital import a_record
from tests.rooms.finance.test_value import LINES


def a_value_file(**changes: Any) -> ValueFile:
    """A value file with keys added."""
    return ValueFile.model_validate({"format": "1", "lines": LINES, **changes})


FILES: dict[str, tuple[Any, Any]] = {
    "assumptions.yaml": (assumed, check_assumptions),
    "budget.yaml": (a_budget, check_budget),
    "capital.yaml": (a_record, check_capital_record),
    "value.yaml": (a_value_file, check_value),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_in_another_currency_than_the_deals_is_a_problem(name: str) -> None:
    make, check = FILES[name]

    def about_currency(file: MoneyFile) -> list[Problem]:
        return [each for each in check(file, a_financed_deal()) if "are in EUR" in each.what]

    assert about_currency(make()) == []
    assert about_currency(make(currency="USD")) == []
    (problem,) = about_currency(make(currency="EUR"))
    assert problem.what == "The amounts here are in EUR, and the deal is in USD."
    assert "nothing here converts money" in problem.do
    assert problem.where.field == "currency"
