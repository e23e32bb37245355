"""The votes that a change of an adopted budget needs on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.votes import BudgetChange, VoteRule, VoteRules
from payforsuccess.errors import Problem, Refusal


@dataclass(frozen=True)
class VotesNeeded:
    """How many of how many seats must agree, by which rule; 0 where the body has delegated it.

    `overridden` is Counsel's reason where more votes are asked for than the rule needs.
    """

    votes: int
    seats: int
    rule: VoteRule
    checked: str
    overridden: str = ""

    def __str__(self) -> str:
        if not self.votes:
            said = f"no vote: delegated to {self.rule.delegated_to}"
        else:
            said = f"{self.votes} of {self.seats} votes"
        why = f"; {self.overridden}" if self.overridden else ""
        return f"{said} ({self.rule.section}{why})"


def votes_needed(
    rules: VoteRules,
    change: BudgetChange,
    *,
    on: date,
    at_least: int | None = None,
    reason: str = "",
) -> VotesNeeded:
    """A share of the seats in force on the day, rounded up; a majority is more than half of them.

    `at_least` overrides the rule, upward only and with Counsel's `reason`. Refuses a kind of change
    without a rule, and a day before the first seats.
    """
    rule = next((rule for rule in rules.rules if rule.change == change), None)
    if rule is None:
        known = ", ".join(each.change for each in rules.rules)
        raise Refusal(
            Problem(
                f"{rules.jurisdiction} has no rule for a change of the kind `{change}`.",
                f"Use one of: {known}; or add the rule, once Counsel has said what it is.",
            )
        )
    seats = _seats(rules, on)
    votes = _votes(rule, seats)
    if at_least is None:
        return VotesNeeded(votes, seats, rule, rules.checked)
    if at_least < votes or at_least > seats or not reason.strip():
        raise Refusal(
            Problem(
                f"{at_least} votes were asked for where the rule needs {votes} of {seats}"
                + ("." if reason.strip() else ", without a reason."),
                "Ask for more than the rule needs, no more than there are seats, with Counsel's "
                "reason.",
            )
        )
    return VotesNeeded(at_least, seats, rule, rules.checked, f"raised from {votes}: {reason}")


def _seats(rules: VoteRules, on: date) -> int:
    known = [each for each in rules.seats if each.from_ <= on]
    if not known:
        raise Refusal(
            Problem(
                f"The seats of {rules.jurisdiction} are known from {rules.seats[0].from_} on, and "
                f"the vote is on {on}.",
                "Correct the day, or add the seats then in force.",
            )
        )
    return known[-1].seats


def _votes(rule: VoteRule, seats: int) -> int:
    match rule.needs:
        case "delegated":
            return 0
        case "majority":
            return seats // 2 + 1
        case "share":
            assert rule.share is not None
            needed = rule.share * seats
            return int(-(-needed // Fraction(1)))
