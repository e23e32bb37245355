"""How a comparison group is chosen, in words that someone who signs can follow."""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.words.plans import plan_in_words
from tests.lib.compared import a_matched_plan


def said(**changes: Any) -> str:
    return " ".join(plan_in_words(a_matched_plan(**changes)))


def test_a_match_says_its_whole_rule() -> None:
    words = said(
        estimator="matching", matches_each=2, caliper="0.2", exact_on=["county"], distance="logit"
    )

    assert (
        "Each is compared with 2 others whose log-odds of being served are nearest, no one twice; "
        "whoever had the largest chance of being served chooses first. Both are the same in "
        "“county”. No one stands farther off than 0.2 standard deviations of that log-odds; who "
        "finds nobody is left out and counted. Of several equally near, the first in the file is "
        "taken. The match is made where no outcome can be seen."
    ) in words


def test_a_match_with_replacement_waits_for_nobody() -> None:
    words = said(
        estimator="matching",
        with_replacement=True,
        ties="all",
        bias_adjusted=True,
        standard_errors="abadie-imbens",
    )

    assert "nearest, one other can be compared with several." in words
    assert "All who are equally near share the place." in words
    assert "taken out by a regression among the matched" in words
    assert "chooses first" not in words


def test_weights_say_what_is_trimmed_and_folded() -> None:
    trimmed = said(estimator="inverse-probability", trimmed_at="5%")
    folded = said(estimator="doubly-robust", folds=5)

    assert "below 5 percent or above 95 percent are left out" in trimmed
    assert "Each of 5 folds is foretold by models of the other folds." in folded
    assert "The weights are made where no outcome can be seen." in said()
