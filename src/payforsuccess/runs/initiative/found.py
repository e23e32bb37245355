"""What other files beside the initiative say, as far as its gates have to know."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.facts import MoneyFound, NotLookedAhead, ReadinessFound
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.finance.budget_files import has_budget, open_budget
from payforsuccess.runs.finance.files import FILE as ASSUMPTIONS
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.selection.assess import FILE as CONCEPT
from payforsuccess.runs.selection.assess import read_readiness
from payforsuccess.selection.concept import ConceptFile

DEAL = "deal.yaml"
EXTRA = "analysis"
OF_THE_EXTRA = {"numpy", "scipy"}
"""Packages that a forecast needs and the plain install does without."""


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


def money_found(root: Path) -> MoneyFound | NotLookedAhead | None:
    """What forecast and budget say of the deal in the folder; None before it can be looked ahead.

    Works both out anew and keeps nothing. Rates of return need numpy: for a deal whose jurisdiction
    limits them, the plain install says what is missing instead. Refuses all that is wrong in their
    files.
    """
    if not (root / DEAL).is_file() or not (root / ASSUMPTIONS).is_file():
        return None
    financed = open_financed(root)
    files = open_budget(financed.folder, financed.deal) if has_budget(financed.folder) else None
    try:
        # Loads finance, which a gate without a deal to look ahead does without.
        from payforsuccess.runs.initiative.money import looked_ahead

        return looked_ahead(financed, files)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in OF_THE_EXTRA:
            raise
        return NotLookedAhead(EXTRA)
