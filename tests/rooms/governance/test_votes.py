"""Votes are a share of the seats in force on the date, rounded up (R132)."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from payforsuccess.deal.reading import read_as
from payforsuccess.deal.votes import BudgetChange, VoteRules
from payforsuccess.errors import Refusal
from payforsuccess.governance.votes import votes_needed

FILE = files("payforsuccess.governance") / "rules" / "california-county.yaml"
ON = date(2026, 10, 6)


def rules(*seats: tuple[str, str]) -> VoteRules:
    """The shipped rules, with other seats if given."""
    read = read_as(VoteRules, FILE.read_text("utf-8"), file=FILE.name)
    if not seats:
        return read
    told = [{"from": day, "seats": number, "source": "made up"} for day, number in seats]
    return VoteRules.model_validate({**read.model_dump(by_alias=True), "seats": told})


@pytest.mark.parametrize(
    ("change", "of_five", "of_nine"),
    [
        ("within-unit", 0, 0),
        ("between-units", 3, 5),
        ("between-funds", 4, 8),
        ("from-contingencies", 4, 8),
        ("unanticipated-revenue", 4, 8),
        ("released-reserve", 4, 8),
        ("county-wide-increase", 4, 8),
        ("budget-not-adopted", 4, 8),
    ],
)
def test_each_change_needs_its_share_of_the_seats_rounded_up(
    change: BudgetChange, of_five: int, of_nine: int
) -> None:
    assert votes_needed(rules(), change, on=ON).votes == of_five
    grown = rules(("1900-01-01", "5"), ("2032-12-01", "9"))
    assert votes_needed(grown, change, on=date(2032, 11, 30)).votes == of_five
    assert votes_needed(grown, change, on=date(2032, 12, 1)).votes == of_nine


def test_what_is_needed_says_its_section_and_that_counsel_has_not_checked() -> None:
    needed = votes_needed(rules(), "between-funds", on=ON)
    assert str(needed) == "4 of 5 votes (Government Code 29125)"
    assert "Not checked by Counsel" in needed.checked
    assert str(votes_needed(rules(), "within-unit", on=ON)).startswith("no vote: delegated to")


def test_votes_are_overridden_upward_only_and_with_a_reason() -> None:
    raised = votes_needed(rules(), "between-units", on=ON, at_least=4, reason="Counsel: new debt")
    assert (raised.votes, raised.overridden) == (4, "raised from 3: Counsel: new debt")
    for votes, reason in ((2, "Counsel"), (6, "Counsel"), (4, " ")):
        with pytest.raises(Refusal, match="votes were asked for"):
            votes_needed(rules(), "between-units", on=ON, at_least=votes, reason=reason)


def test_a_change_without_a_rule_and_a_day_without_seats_are_refused() -> None:
    few = rules().model_copy(update={"rules": rules().rules[:1]})
    with pytest.raises(Refusal, match="no rule for a change of the kind `between-funds`"):
        votes_needed(few, "between-funds", on=ON)
    with pytest.raises(Refusal, match="are known from 2030-01-01 on"):
        votes_needed(rules(("2030-01-01", "5")), "between-units", on=ON)
