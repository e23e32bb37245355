"""A deal looked ahead: its cases in text, as a page with pictures, and as numbers for a program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.summary import Summary, summarise
from payforsuccess.reports import write_html
from payforsuccess.reports.forecast import forecast_document
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.forecast_plain import forecast_plain
from payforsuccess.runs.finance.forecast_text import forecast_lines
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.workbook import refuse_other_endings, write_workbook
from payforsuccess.runs.folder import DealPath


@dataclass(frozen=True, repr=False)
class Forecasted:
    """What was looked ahead, in words; `is_full` prints every table of every case."""

    deal: str
    standing: str
    currency: str
    summary: Summary
    written: tuple[Path, ...] = ()
    is_full: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops it: returns above the limit without a waiver."""
        return self.summary.stopped

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a reader must know."""
        return self.summary.findings

    def __str__(self) -> str:
        lines = forecast_lines(self.summary, is_full=self.is_full)
        return "\n".join([*lines, "", *(f"Kept  {path}" for path in self.written)])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, ratios as exact texts."""
        return forecast_plain(self.summary)


def forecast(
    path: DealPath,
    *,
    assumptions: Path | None = None,
    is_full: bool = False,
    xlsx: Path | None = None,
    case: Case = "base",
) -> Forecasted:
    """The deal under the assumptions beside it, case by case; results determined so far stand.

    Reads `assumptions.yaml`, or the file named, and writes a page and its numbers under
    `out/forecast/`. Refuses what is wrong in either file. A return above the jurisdiction's limit
    is among the `problems` of what comes back. With `xlsx`, a case is also written there as a
    workbook of formulas, unless there are problems; see `write_workbook` for what that refuses.
    """
    if xlsx is not None:
        refuse_other_endings(xlsx)
    financed = open_financed(path, assumptions=assumptions)
    told = summarise(financed.history, financed.assumptions, known=financed.known)
    files = {
        "forecast.html": write_html(forecast_document(told)),
        "forecast.json": json_bytes(forecast_plain(told)),
    }
    written = keep(financed, "forecast", files)
    if xlsx is not None and not told.stopped:
        written = (*written, write_workbook(told, xlsx, case=case, known=financed.known))
    deal = financed.deal
    return Forecasted(deal.deal, deal.standing, deal.currency, told, written, is_full)
