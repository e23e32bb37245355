"""What forecast and budget say of the deal: money set aside, returns, pay without success."""

from __future__ import annotations

from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts, NotLookedAhead

_NOT_LOOKED_AHEAD = Unmet(
    "No forecast of the deal can be made yet.",
    "Put deal.yaml and assumptions.yaml beside the initiative.",
)


def _lacking(lacks: NotLookedAhead) -> Unmet:
    return Unmet(
        f"The forecast was not made because the extra `{lacks.extra}` is not installed.",
        f"Install it: pip install 'payforsuccess[{lacks.extra}]'.",
        is_unknown=True,
    )


def _set_aside(facts: Facts) -> Met | Unmet:
    money = facts.money
    if isinstance(money, NotLookedAhead):
        return _lacking(money)
    if money is None or money.shortfalls is None:
        return Unmet(
            "No budget is on file against which payments can be held.",
            "Put deal.yaml, assumptions.yaml and budget.yaml beside the initiative.",
        )
    if money.shortfalls:
        return Unmet(
            " ".join(money.shortfalls),
            "Provide for it: `pfs budget` shows set-asides against what may fall due, by year.",
        )
    return Met("what is set aside reaches the most that can fall due, in every fiscal year")


def _within_limit(facts: Facts) -> Met | Unmet:
    money = facts.money
    if isinstance(money, NotLookedAhead):
        return _lacking(money)
    if money is None:
        return _NOT_LOOKED_AHEAD
    if money.is_return_within_limit is None:
        return Unmet(
            "The jurisdiction has set no limit on investors' return.",
            "State `return_rate_limit` or `return_multiple_limit` in the deal.",
        )
    if not money.is_return_within_limit:
        return Unmet(
            "A return passes the limit and no waiver lifts it.",
            "Change the terms, or record the waiver in the deal; `pfs forecast` shows the returns.",
        )
    return Met("no case of the forecast passes the limit")


def _nothing_without_success(facts: Facts) -> Met | Unmet:
    money = facts.money
    if isinstance(money, NotLookedAhead):
        return _lacking(money)
    if money is None:
        return _NOT_LOOKED_AHEAD
    if money.pays_without_success is None:
        return Unmet(
            "It cannot be told what is paid without success.",
            "State bounds of the outcomes in the deal that allow for none.",
        )
    if money.pays_without_success:
        return Unmet(
            "The deal pays for success at outcomes of no success.",
            "Change the payment terms; `pfs budget` shows what is paid and borne without success.",
        )
    return Met("success payments are zero at no success; other public costs are not")


THEME = Theme(
    "money",
    (
        Condition(
            "funds-set-aside",
            ("R39",),
            "What is set aside reaches the most that can fall due.",
            _set_aside,
        ),
        Condition(
            "returns-within-limit",
            ("R7",),
            "Investors' returns stay within the jurisdiction's limit.",
            _within_limit,
            types=("with-investors",),
        ),
        Condition(
            "no-pay-without-success",
            ("R6", "R131"),
            "Success payments are zero where there is no success.",
            _nothing_without_success,
        ),
    ),
)
