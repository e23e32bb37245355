"""The payor's side of a deal: liability against money provided, and the year-end schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.results import Result
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.budget.budget import Budget, budget_of
from payforsuccess.finance.budget.paid import paid_by_payors
from payforsuccess.finance.budget.provision import PayorYear
from payforsuccess.finance.budget.year_end import KnownBy, YearEnd, year_end
from payforsuccess.finance.forecast import forecast
from payforsuccess.reports import write_html
from payforsuccess.reports.budget import budget_document
from payforsuccess.runs.finance.budget_files import BudgetFiles, open_budget
from payforsuccess.runs.finance.budget_text import budget_lines, year_end_lines
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.folder import DealFolder, DealPath
from payforsuccess.runs.statement.money_moved import money_moved

KIND = "budget"


@dataclass(frozen=True, repr=False)
class Budgeted:
    """The budget of a deal in words; amounts in minor units."""

    deal: str
    standing: str
    currency: str
    budget_standing: str
    as_of: date
    told: Budget
    written: tuple[Path, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops it: votes, sums of departments, federal money above the value."""
        return self.told.problems

    def __str__(self) -> str:
        lines = [
            f"{self.deal}, the payors' budget as of {self.as_of}, in {self.currency}",
            f"The terms are {self.standing}; the budget is {self.budget_standing}.",
            *budget_lines(self.told, self.currency),
            "",
            *(f"Kept  {path}" for path in self.written),
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, ratios as exact texts."""
        told = self.told
        return {
            "deal": self.deal,
            "standing": self.standing,
            "currency": self.currency,
            "budget_standing": self.budget_standing,
            "as_of": self.as_of,
            "years": [_year_plain(year) for year in told.years],
            "departments": told.departments,
            "ledger": [{**vars(row), "closing": row.closing} for row in told.ledger],
            "sinking": [{**vars(row), "closing": row.closing} for row in told.sinking],
            "streams": [{**vars(row), "share": row.share} for row in told.streams],
            "requests": told.requests.rows,
            "rules_checked": told.rules_checked,
            "without_success": told.risk,
            "unfunded": told.unfunded,
            "problems": told.problems,
            "findings": told.findings,
            "written": self.written,
        }


@dataclass(frozen=True, repr=False)
class ScheduledYearEnd:
    """The year-end schedule in words."""

    deal: str
    standing: str
    currency: str
    budget_standing: str
    schedule: YearEnd
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.deal}, fiscal year {self.schedule.fiscal_year} at its end, in "
                f"{self.currency}",
                f"The terms are {self.standing}; the budget is {self.budget_standing}.",
                *year_end_lines(self.schedule, self.findings, self.currency),
            ]
        )

    __repr__ = __str__


def budget(path: DealPath, *, assumptions: Path | None = None) -> Budgeted:
    """What each payor may owe by its fiscal year, against appropriations, set-asides and reserves.

    Reads `budget.yaml` beside the deal, its assumptions, `value.yaml` where there is one, and what
    was determined, stated and paid so far. Writes a page. Refuses what is wrong in a file; votes
    too few, departments that do not net, and federal money above an outcome's value are among the
    `problems` of what comes back.
    """
    financed = open_financed(path, assumptions=assumptions)
    files = open_budget(financed.folder, financed.deal)
    told = budget_told(financed, files)
    document = budget_document(financed.deal, files.budget, told)
    written = keep(financed, KIND, {"budget.html": write_html(document)}, also=files.inputs)
    deal = financed.deal
    return Budgeted(
        deal.deal,
        deal.standing,
        deal.currency,
        files.budget.standing,
        files.budget.as_of,
        told,
        written,
    )


def budget_told(financed: Financed, files: BudgetFiles) -> Budget:
    """All that a budget tells, without a page of it."""
    found = forecast(financed.history, financed.assumptions, known=financed.known)
    nothing = forecast(
        financed.history,
        financed.assumptions,
        known=financed.known,
        cases=("base",),
        success=Fraction(0),
    )
    told = budget_of(
        found,
        nothing,
        files.budget,
        files.rules,
        value=files.value,
        payments=financed.folder.paid(),
    )
    return replace(told, findings=(*told.findings, *_moved(financed.folder)))


def _moved(folder: DealFolder) -> Iterator[Finding]:
    """Money that moved on a statement without approval, or beyond what it asks for."""
    for statement in folder.statements():
        for said in money_moved(folder, statement):
            yield Finding("payments", said)


def budget_year_end(
    path: DealPath, fiscal_year: int, *, assumptions: Path | None = None
) -> ScheduledYearEnd:
    """The schedule of a fiscal year at its end, by fund, from what was known on its last day.

    Determined, earned and not determined in each case, contingent at most, encumbered, carried
    over, federal money, and what payors still owe to those who paid for them.
    """
    financed = open_financed(path, assumptions=assumptions)
    files = open_budget(financed.folder, financed.deal)
    deal, file = financed.deal, files.budget
    schedule = year_end(deal, file, fiscal_year, lambda day: _known_by(financed, files, day))
    late = (
        Finding(
            "year-end",
            f"The entries of the budget are complete to {file.as_of} only.",
        )
        if any(row.last_day > file.as_of for row in schedule.funds)
        else None
    )
    return ScheduledYearEnd(
        deal.deal,
        deal.standing,
        deal.currency,
        file.standing,
        schedule,
        () if late is None else (late,),
    )


def _known_by(financed: Financed, files: BudgetFiles, day: date) -> KnownBy:
    signed = _signed_by(financed, day)
    statements = tuple(each for each in financed.folder.statements() if each.as_of <= day)
    return KnownBy(
        forecast(financed.history, financed.assumptions, known=signed),
        statements,
        frozenset(result.slot for result in signed),
        paid_by_payors(
            financed.deal, files.budget, statements, financed.folder.paid(), through=day
        ),
    )


def _signed_by(financed: Financed, day: date) -> tuple[Result, ...]:
    """Every result signed by a day and not superseded by then."""
    then = [each for each in financed.determinations if each.on <= day]
    superseded = {each.supersedes for each in then}
    return tuple(
        result for each in then if each.number not in superseded for result in each.results
    )


def _year_plain(year: PayorYear) -> dict[str, object]:
    return {
        **vars(year),
        "available": year.available,
        "coverage": year.coverage,
        "short_of_expected": year.short_of_expected,
        "short_of_most": year.short_of_most,
    }
