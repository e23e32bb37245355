"""A value computed in floating point never decides money by its last digits."""

from __future__ import annotations

from datetime import date

import pytest

from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.history import put_in_order
from payforsuccess.payments.statement import Facts, make_statement
from tests.lib.deals import a_deal, a_term, an_outcome

REDUCTION = an_outcome("reduction", tick="0.1", rounding="half-up")


def total(value: str, *, is_approximate: bool) -> int:
    """What a schedule with an edge at 20 percent pays."""
    bands = [{"below": "20", "pays": "0"}, {"from": "20", "pays": "1000"}]
    deal = a_deal(outcomes={"reduction": REDUCTION}, payments=[a_term("schedule", bands=bands)])
    result = Result(outcome="reduction", period=1, value=value, is_approximate=is_approximate)
    facts = Facts(put_in_order([deal]), Results(results=(result,)))
    return make_statement(facts, period=1, as_of=date(2027, 1, 1), program="1").statement.total


@pytest.mark.parametrize(
    "value", ["20", "19.9999999999", "20.0000000001", "31.25", "31.2500000001"]
)
def test_an_approximate_value_on_an_edge_or_tie_is_refused(value: str) -> None:
    """Within 1e-9 of a band's edge or of a rounding tie."""
    with pytest.raises(Refusal, match="floating point"):
        total(value, is_approximate=True)


def test_a_stated_value_on_the_edge_is_paid() -> None:
    """What a person stated in digits is exact."""
    assert total("20", is_approximate=False) == 1000_00


def test_an_approximate_value_away_from_every_edge_is_paid() -> None:
    """No edge, no tie, no doubt."""
    assert total("23.4567", is_approximate=True) == 1000_00
    assert total("12.3456", is_approximate=True) == 0
