"""What forecast and budget say of a deal, as far as the gates of its initiative have to know."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.errors import Refusal
from payforsuccess.finance.budget.budget import budget_of
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.summary import summarise
from payforsuccess.governance.facts import MoneyFound
from payforsuccess.runs.finance.budget_files import BudgetFiles
from payforsuccess.runs.finance.files import Financed


def looked_ahead(financed: Financed, files: BudgetFiles | None) -> MoneyFound:
    """Shortfalls, the limit on returns, and pay without success. files: None without a budget."""
    limits = financed.deal.jurisdiction
    has_limit = limits.return_rate_limit is not None or limits.return_multiple_limit is not None
    return MoneyFound(
        shortfalls=None if files is None else _shortfalls(financed, files),
        is_return_within_limit=_within_limit(financed) if has_limit else None,
        pays_without_success=_without_success(financed),
    )


def _within_limit(financed: Financed) -> bool:
    return not summarise(financed.history, financed.assumptions, known=financed.known).stopped


def _without_success(financed: Financed) -> bool | None:
    """Whether the terms pay at no success, whatever is determined already."""
    try:
        found = forecast(
            financed.history, financed.assumptions, cases=("base",), success=Fraction(0)
        )
    except Refusal:
        return None
    return found.cases["base"].paid > 0


def _shortfalls(financed: Financed, files: BudgetFiles) -> tuple[str, ...]:
    told = budget_of(
        forecast(financed.history, financed.assumptions, known=financed.known),
        forecast(financed.history, financed.assumptions, cases=("base",), success=Fraction(0)),
        files.budget,
        files.rules,
        value=files.value,
        payments=financed.folder.paid(),
    )
    return tuple(each.what for each in told.findings if each.topic == "shortfall")
