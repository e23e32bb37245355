"""A contract at every share of its pay tied to outcomes: provider cash and working capital."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from payforsuccess.finance.tied import Tied, TiedCase
from payforsuccess.finance.tied import tied as at_every_share
from payforsuccess.reports import write_html
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.tied import how_base_is_paid, tied_document, tied_lines
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import exact_text, money_text


@dataclass(frozen=True, repr=False)
class TiedShown:
    """The contract at every share, in words."""

    found: Tied
    firmness: str
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        found, deal = self.found, self.found.deal
        rows = tied_lines(found)
        total = money_text(found.total, deal.currency)
        lines = [
            f"{deal.deal}: pay tied to outcomes, in {deal.currency}",
            f"The terms are {deal.standing}; what is assumed is {self.firmness}.",
            f"As the deal stands {float(found.now):.1%} of {total} is tied (base case).",
            how_base_is_paid(found),
            "",
            *in_columns(rows, right=range(len(rows[0]))),
            "",
            "Working capital is the most that providers are out of pocket on any day.",
            "",
            *(f"Kept  {path}" for path in self.written),
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, shares as exact texts."""
        return tied_plain(self.found)


def tied(path: DealPath, *, assumptions: Path | None = None) -> TiedShown:
    """Provider cash as the share of pay tied to outcomes goes from nothing to all.

    What the contract pays in all in the base case stays the same. Written under `out/tied/` as a
    page with a picture, and as numbers. Refuses what a forecast refuses, and a deal whose base
    case earns nothing for outcomes.
    """
    financed = open_financed(path, assumptions=assumptions)
    found = at_every_share(financed.history, financed.assumptions, known=financed.known)
    files = {
        "tied.html": write_html(tied_document(found, financed.assumptions)),
        "tied.json": json_bytes(tied_plain(found)),
    }
    return TiedShown(found, firmness_text(financed.assumptions), keep(financed, "tied", files))


def tied_plain(found: Tied) -> dict[str, object]:
    """Amounts as whole minor units, shares as exact texts."""
    return {
        "deal": found.deal.deal,
        "standing": found.deal.standing,
        "currency": found.deal.currency,
        "total": found.total,
        "tied_now": exact_text(found.now),
        "shares": [
            {
                "share": exact_text(one.share),
                "cases": {case: _case_plain(each) for case, each in one.cases.items()},
            }
            for one in found.at
        ],
    }


def _case_plain(case: TiedCase) -> dict[str, object]:
    return {
        "base_pay": case.base_pay,
        "success_payments": case.success,
        "working_capital": case.working_capital,
        "deepest_on": None if case.deepest_on is None else str(case.deepest_on),
        "in_the_end": case.in_the_end,
    }
