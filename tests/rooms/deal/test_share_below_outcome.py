"""R2: a jurisdiction that lets all payments rest below outcome sets no limit to be passed."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.checks import check_deal
from payforsuccess.runs.library.files import library_deal


def test_a_limit_of_all_payments_asks_for_no_ceiling() -> None:
    deal = library_deal("fair-chance-fund").deal
    assert deal is not None
    assert deal.jurisdiction.share_below_outcome == 1
    assert deal.ceiling is None
    assert check_deal(deal) == ()


def test_a_lower_limit_still_asks_for_a_ceiling() -> None:
    deal = library_deal("fair-chance-fund").deal
    assert deal is not None
    limited = deal.jurisdiction.model_copy(update={"share_below_outcome": Fraction(1, 2)})
    problems = check_deal(deal.model_copy(update={"jurisdiction": limited}))
    assert any("no ceiling of which that is a share" in problem.what for problem in problems)
