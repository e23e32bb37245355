"""The deal's ceilings over all lines stand in one list: what it says holds for every reader."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from payforsuccess.finance.summary import summarise
from payforsuccess.payments import limits
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.worlds import WorldInputs, entitlements
from payforsuccess.reports.workbook import workbook_of
from tests.lib.assumed import assumed
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import replayed
from tests.lib.workbook_deals import financed
from tests.lib.workbooks import rows_of


def a_capped_deal(**changes: Any) -> Any:
    return a_deal(payments=[a_term(price="10")], **{"ceilings": {"each_period": "30"}, **changes})


def in_a_statement(deal: Any) -> int:
    return replayed(deal, {"homes": ["6"]}).amount(1, "unit-price")


def in_many_worlds(deal: Any) -> int:
    six = {("homes", "period 1", ""): np.array([6, 6], dtype=np.int64)}
    rest = {("homes", f"period {n}", ""): np.zeros(2, dtype=np.int64) for n in range(2, 9)}
    found = entitlements(deal, WorldInputs({**six, **rest}, {}, {}, {}))
    return int(np.broadcast_to(found[(1, "unit-price")], 2)[1])


def rows_about_ceilings(**changes: Any) -> list[str]:
    """The rows of a workbook that name what is left under a ceiling, as they stand."""
    deal, assumptions = financed(a_term(price="1000"), **changes), assumed()
    made = workbook_of(summarise(DealHistory((deal,)), assumptions))
    rows = [str(row[0]) for row in rows_of(made)["Payments"].cells if row and row[0]]
    return [row for row in rows if row.startswith("left under")]


def test_a_ceiling_that_the_list_lacks_binds_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    deal = a_capped_deal()
    both = {"ceilings": {"each_period": "4000"}, "ceiling": "9000"}
    assert (in_a_statement(deal), in_many_worlds(deal)) == (30_00, 30_00)
    assert rows_about_ceilings(**both) == [
        "left under the deal's ceiling of the period",
        "left under the deal's ceiling",
    ]
    monkeypatch.setattr(limits, "ORDER", ("return", "deal"))
    assert (in_a_statement(deal), in_many_worlds(deal)) == (60_00, 60_00)
    assert rows_about_ceilings(**both) == ["left under the deal's ceiling"]


def test_the_order_of_the_list_is_the_order_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"ceilings": {"each_period": "4000"}, "ceiling": "9000"}
    deal = a_capped_deal(ceiling="20")
    told = replayed(deal, {"homes": ["6"]}).lines[(1, "unit-price")].bound_by
    assert told == ("the deal's ceiling of the period", "the deal's ceiling")
    monkeypatch.setattr(limits, "ORDER", ("deal", "return", "period"))
    told = replayed(deal, {"homes": ["6"]}).lines[(1, "unit-price")].bound_by
    assert told == ("the deal's ceiling",)
    assert rows_about_ceilings(**both)[0] == "left under the deal's ceiling"
