"""A look ahead once results are determined: they stand, and words say what is left to assume."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.results import Result
from payforsuccess.errors import Refusal
from payforsuccess.finance.break_even import break_even
from payforsuccess.finance.budget.borne import public_risk
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.summary import Summary, summarise
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.forecast_tables import borne
from payforsuccess.reports.forecast_words import break_even_text, risk_sentences
from tests.lib.assumed import a_count, assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import a_result

DEAL = a_financed_deal(payments=[a_term(price="1000")])
HISTORY = DealHistory((DEAL,))
PERIODS = DEAL.schedule.count


def determined(*values: str) -> list[Result]:
    return [a_result(value=value, period=str(at)) for at, value in enumerate(values, 1)]


def told(*values: str, **changes: Any) -> Summary:
    return summarise(HISTORY, assumed(**changes), known=determined(*values))


def test_what_is_determined_is_never_called_rounded() -> None:
    few = {"outcomes": {"homes": a_count("0.04")}}
    assert any("rounded" in each.what for each in told(**few).findings)
    all_of_it = told(*["1"] * PERIODS, **few)
    assert not any("rounded" in each.what for each in all_of_it.findings)


def test_with_all_results_determined_no_break_even_is_told() -> None:
    found = told("1", *["0"] * (PERIODS - 1))
    assert found.forecast.is_determined
    assert found.break_even is None
    assert sum(amount for _, amount in found.cases["base"].risk.lost) > 0


def test_break_even_stretches_only_what_is_not_determined() -> None:
    assumptions = assumed()
    before, known = break_even(HISTORY, assumptions), determined("1")
    after = break_even(HISTORY, assumptions, known=known)
    assert before.part is not None
    assert after.part is not None
    assert after.part > before.part  # five were assumed for the first period
    for part, is_lost in ((after.part, False), (after.part - Fraction(2, 1000), True)):
        found = forecast(HISTORY, assumptions, known=known, cases=("base",), success=part)
        flows = found.cases["base"].flows
        back, drawn = (flows.total(flows.of(kind)) for kind in ("principal", "draw"))
        assert (back < drawn) is is_lost
    assert break_even_text(after, "USD").endswith("in what is not determined yet.")
    assert "determined" not in break_even_text(before, "USD")


def test_without_more_success_what_is_determined_is_still_paid() -> None:
    found = told("3")
    assert found.without_success is not None
    assert found.without_success.risk.paid == 3_000_00
    said = " ".join(risk_sentences(found))
    assert "With no more success than is determined already, success payments come to" in said
    assert "With no success at all" not in said
    assert borne(found)[0][-1] == "no more success"
    nothing = forecast(
        HISTORY, assumed(), known=determined("3"), cases=("base",), success=Fraction(0)
    )
    risk = public_risk(nothing)
    assert (risk.success_payments, risk.is_more) == (3_000_00, True)


def test_where_determined_results_break_a_rule_not_only_the_assumptions_are_named() -> None:
    deal = a_deal(payments=[a_term("milestones")])
    both = {"homes": a_count("0.5"), "kept": a_count("0.5")}
    known = [a_result(value="3", period="1"), a_result("kept", "4", period="1")]
    with pytest.raises(Refusal) as refusal:
        forecast(DealHistory((deal,)), assumed(outcomes=both), known=known)
    problem = refusal.value.problems[0]
    assert "results that are determined" in problem.what
    assert "--supersedes" in problem.do
