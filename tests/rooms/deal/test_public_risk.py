"""No deal may say that the public bears no risk (R131)."""

from __future__ import annotations

import pytest

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.checks.budget import check_budget
from payforsuccess.deal.public_risk import said_without_risk, says_without_risk
from tests.lib.budgets import a_budget, a_request
from tests.lib.deals import a_deal


@pytest.mark.parametrize(
    "says",
    [
        "No taxpayer risk, no risk to taxpayers",
        "There is no taxpayer risk.",
        "No risk for the public.",
        "Taxpayers bear no risk.",
        "The risk is wholly held by investors.",
        "It comes without any risk to the\n taxpayer",
        "risk-free for taxpayers",
    ],
)
def test_a_deal_that_says_the_public_bears_no_risk_is_refused(says: str) -> None:
    """R131: the words of a deal stand on the public report."""
    (problem,) = check_deal(a_deal(says=says))
    assert "the public bears no risk" in problem.what
    assert "no taxpayer risk" not in problem.what.lower()


@pytest.mark.parametrize(
    "says",
    [
        "With no success the public still bears staff and evaluation.",
        "The risk to the public is named in the contract.",
        "Part of the risk is held by investors.",
        "People at no risk of harm; the public is told.",
    ],
)
def test_other_words_about_risk_may_stand(says: str) -> None:
    assert check_deal(a_deal(says=says)) == ()


def test_the_titles_of_others_are_theirs() -> None:
    assert not list(said_without_risk({"source": "No taxpayer risk"}))
    assert list(said_without_risk({"a": [{"says": "No taxpayer risk"}]})) == [("a", 0, "says")]


@pytest.mark.parametrize(
    "says", ["A risk-free deal", "no taxpayer’s risk", "No risk to the County"]
)
def test_it_is_known_in_other_words_too(says: str) -> None:
    """R131."""
    assert says_without_risk(says)


def test_the_risk_free_rate_and_a_no_are_none() -> None:
    """R131: neither a word of finance nor a denial says so."""
    assert not says_without_risk("Discounted at the risk-free rate; never risk-free.")


def test_a_budget_may_not_say_it_either() -> None:
    """R131: the budget's words stand on the letter to the Board."""
    budget = a_budget(requests=[a_request(reason="No risk to taxpayers")])
    told = check_budget(budget, a_deal())
    assert any("the public bears no risk" in each.what for each in told)
