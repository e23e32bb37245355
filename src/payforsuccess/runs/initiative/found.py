"""What other files beside the initiative say, as far as its gates have to know."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.finance.budget.budget import budget_of
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.summary import summarise
from payforsuccess.governance.facts import MoneyFound, ReadinessFound
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.finance.budget_files import has_budget, open_budget
from payforsuccess.runs.finance.files import FILE as ASSUMPTIONS
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.selection.assess import FILE as CONCEPT
from payforsuccess.runs.selection.assess import read_readiness
from payforsuccess.selection.concept import ConceptFile

DEAL = "deal.yaml"


def readiness_found(root: Path) -> ReadinessFound | None:
    """How the concept in the folder was assessed; None without one, or before anyone assessed it.

    Refuses all that is wrong in the concept's file.
    """
    path = root / CONCEPT
    if not path.is_file():
        return None
    if not read_whole(ConceptFile, read_bytes(path), file=str(path)).assessments:
        return None
    found = read_readiness(root)
    concept = found.concept
    return ReadinessFound(
        is_suitable=found.is_suitable,
        band=found.band.title,
        score=f"{float(found.total):.1f}",
        knock_outs=found.knock_outs,
        criteria=f"{found.criteria.name}, version {found.criteria.version}",
        assessed_on=max(each.on for each in concept.assessments),
        is_priority=concept.is_priority,
    )


def money_found(root: Path) -> MoneyFound | None:
    """What forecast and budget say of the deal in the folder; None before it can be looked ahead.

    Works both out anew and keeps nothing. Refuses all that is wrong in their files.
    """
    if not (root / DEAL).is_file() or not (root / ASSUMPTIONS).is_file():
        return None
    financed = open_financed(root)
    told = summarise(financed.history, financed.assumptions, known=financed.known)
    limits = financed.deal.jurisdiction
    has_limit = limits.return_rate_limit is not None or limits.return_multiple_limit is not None
    nothing = _without_success(financed)
    return MoneyFound(
        shortfalls=_shortfalls(financed),
        is_return_within_limit=not told.stopped if has_limit else None,
        pays_without_success=nothing,
    )


def _without_success(financed: Financed) -> bool | None:
    """Whether the terms pay at no success, whatever is determined already."""
    try:
        found = forecast(
            financed.history, financed.assumptions, cases=("base",), success=Fraction(0)
        )
    except Refusal:
        return None
    return found.cases["base"].paid > 0


def _shortfalls(financed: Financed) -> tuple[str, ...] | None:
    if not has_budget(financed.folder):
        return None
    files = open_budget(financed.folder, financed.deal)
    told = budget_of(
        forecast(financed.history, financed.assumptions, known=financed.known),
        forecast(financed.history, financed.assumptions, cases=("base",), success=Fraction(0)),
        files.budget,
        files.rules,
        value=files.value,
        payments=financed.folder.paid(),
    )
    return tuple(each.what for each in told.findings if each.topic == "shortfall")
