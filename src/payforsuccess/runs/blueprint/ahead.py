"""The forecast of the deal beside a blueprint, as far as its report shows it."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.blueprint.facts import Ahead
from payforsuccess.reports.charts.liability import Year
from payforsuccess.runs.finance.files import FILE, open_financed
from payforsuccess.runs.initiative.found import EXTRA, OF_THE_EXTRA

NO_DEAL = "there is no deal with prices yet, so nobody can say what may fall due."
NO_ASSUMPTIONS = f"there is no {FILE} beside the deal, so nothing is expected yet."
NO_EXTRA = f"it needs the extra `{EXTRA}` of this program."


def looked_ahead(root: Path, deal: Deal | None) -> tuple[Ahead | None, str]:
    """What payors may owe by fiscal year, or in words why that was not worked out.

    Refuses all that is wrong in the assumptions.
    """
    if deal is None:
        return None, NO_DEAL
    if not (root / FILE).is_file():
        return None, NO_ASSUMPTIONS
    financed = open_financed(root)
    try:
        # Loads finance, which a blueprint without a deal does without.
        from payforsuccess.finance.summary import summarise
        from payforsuccess.reports.forecast_words import firmness_text

        told = summarise(financed.history, financed.assumptions, known=financed.known)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in OF_THE_EXTRA:
            raise
        return None, NO_EXTRA
    years = tuple(
        Year(
            str(year.fiscal_year),
            year.paid.get("low", 0),
            year.paid.get("base", 0),
            year.paid.get("high", 0),
            year.most,
            None,
        )
        for year in told.liability.years
    )
    return (
        Ahead(
            years,
            told.liability.most_in_all,
            deal.currency,
            firmness_text(financed.assumptions),
            financed.assumptions.as_of,
            financed.assumptions.fingerprint,
        ),
        "",
    )
