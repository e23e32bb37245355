"""One case of a forecast written as a workbook with live formulas, for people who audit it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.results import Result
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.finance.summary import Summary
from payforsuccess.runs.files import write_whole

ENDING = ".xlsx"


def refuse_other_endings(file: Path) -> None:
    """Refuse a name that spreadsheet programs would not take for a workbook."""
    if file.suffix.lower() != ENDING:
        raise Refusal(
            Problem(
                "The workbook's file does not end in .xlsx.",
                "Give it a name such as forecast.xlsx.",
                Place(str(file)),
            )
        )


def write_workbook(summary: Summary, file: Path, *, case: Case, known: Sequence[Result]) -> Path:
    """A case as a workbook: inputs marked, all else formulas; gives where it was written.

    `known` are the results that the forecast took as determined. Refuses payment terms that a
    workbook cannot write as formulas; then nothing is written.
    """
    from payforsuccess.reports.workbook import workbook_of  # a spreadsheet library takes its time

    refuse_other_endings(file)
    write_whole(file, workbook_of(summary, case=case, known=known))
    return file
