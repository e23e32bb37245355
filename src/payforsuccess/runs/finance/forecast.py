"""A deal looked ahead: its cases in text, as a page with pictures, and as numbers for a program."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.by_period import COLUMNS
from payforsuccess.finance.summary import CaseSummary, Summary, summarise
from payforsuccess.finance.tranches import TrancheReturn
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import money_text


@dataclass(frozen=True, repr=False)
class Forecasted:
    """What was looked ahead, in words."""

    deal: str
    standing: str
    currency: str
    summary: Summary
    written: tuple[Path, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops it: returns above the limit without a waiver."""
        return self.summary.stopped

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a reader must know."""
        return self.summary.findings

    def __str__(self) -> str:
        assumptions = self.summary.forecast.assumptions
        lines = [
            f"{self.deal}, looked ahead as of {assumptions.as_of}, in {self.currency}",
            f"The terms are {self.standing}; what is assumed is {_firmness(self.summary)}.",
        ]
        for one in self.summary.cases.values():
            lines += ["", *self._case(one)]
        lines += ["", *self._liability()]
        if self.summary.break_even is not None:
            lines += ["", _even(self.summary, self.currency)]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        lines += [f"Page  {path}" for path in self.written]
        return "\n".join(lines)

    __repr__ = __str__

    def _case(self, one: CaseSummary) -> list[str]:
        people = sum(one.forecast.people.started)
        lines = [
            f"{one.case.capitalize()} case: {people:,} people start; success payments "
            f"{self._money(one.forecast.paid)}, worth {self._money(one.present_value)} at the "
            "start",
            "  Sources and uses",
        ]
        rows = [(entry.says, self._money(entry.amount), "") for entry in one.sources.sources]
        rows += [(entry.says, "", self._money(entry.amount)) for entry in one.sources.uses]
        total = self._money(one.sources.total)
        rows.append(("Total" if one.sources.closes else "DOES NOT CLOSE", total, total))
        lines += [f"    {line}" for line in in_columns(rows, right=(1, 2))]
        if one.sources.outside:
            lines.append("  Outside the project's own money")
            rows = [(entry.says, self._money(entry.amount), "") for entry in one.sources.outside]
            lines += [f"    {line}" for line in in_columns(rows, right=(1,))]
        lines += ["  Cash by period", *self._periods(one)]
        if one.returns:
            lines += ["  Capital", *self._returns(one)]
        for cash in one.providers:
            lines.append(
                f"  {cash.party}: out of pocket by up to {self._money(cash.working_capital)}, "
                f"{self._money(cash.to_date[-1])} in the end"
            )
        lines.append("  Left with, after all: who bears what")
        rows = [(each.who, each.role, self._money(each.net)) for each in one.borne]
        lines += [f"    {line}" for line in in_columns(rows, right=(2,))]
        return lines

    def _periods(self, one: CaseSummary) -> list[str]:
        used = [at for at in range(len(COLUMNS)) if any(row.amounts[at] for row in one.periods)]
        heads = ["period", *(COLUMNS[at][0] for at in used), "left"]
        rows = [heads]
        for row in one.periods:
            amounts = [self._money(row.amounts[at]) for at in used]
            rows.append([row.says, *amounts, self._money(row.left)])
        return [f"    {line}" for line in in_columns(rows, right=range(1, len(heads)))]

    def _returns(self, one: CaseSummary) -> list[str]:
        rows = [("tranche", "drawn", "came back", "lost", "multiple", "rate a year")]
        rows += [
            (
                each.name,
                self._money(each.drawn),
                self._money(each.came_back),
                self._money(each.loss),
                ratio_text(each.multiple),
                rate_text(each),
            )
            for each in one.returns
        ]
        lines = [f"    {line}" for line in in_columns(rows, right=(1, 2, 3, 4, 5))]
        for cover in one.coverage:
            lines.append(
                f"    {cover.tranche}: success payments cover what is owed "
                f"{ratio_text(cover.ratio)} times"
            )
        return lines

    def _liability(self) -> list[str]:
        cases = tuple(self.summary.cases)
        rows = [
            ("fiscal year", *(f"paid, {case}" for case in cases), "at most", "provided"),
            *(
                (
                    str(year.fiscal_year),
                    *(self._money(year.paid[case]) for case in cases),
                    "unbounded" if year.most is None else self._money(year.most),
                    self._money(year.provided),
                )
                for year in self.summary.liability.years
            ),
        ]
        lines = in_columns(rows, right=range(1, len(cases) + 3))
        return ["Liability of the payors by fiscal year", *(f"  {line}" for line in lines)]

    def _money(self, minor: int) -> str:
        return money_text(minor, self.currency)


def forecast(path: DealPath, *, assumptions: Path | None = None) -> Forecasted:
    """The deal under the assumptions beside it, case by case; results determined so far stand.

    Reads `assumptions.yaml`, or the file named. Refuses what is wrong in either file. A return
    above the jurisdiction's limit is among the `problems` of what comes back.
    """
    financed = open_financed(path, assumptions=assumptions)
    told = summarise(financed.history, financed.assumptions, known=financed.known)
    deal = financed.deal
    return Forecasted(deal.deal, deal.standing, deal.currency, told)


def ratio_text(ratio: Fraction | None) -> str:
    """A ratio to four decimals, or a dash."""
    return "-" if ratio is None else f"{float(ratio):.4f}"


def rate_text(one: TrancheReturn) -> str:
    """A rate in percent, and what must be said with it."""
    if one.drawn == 0:
        return "not drawn"
    if one.lost:
        return "all lost"
    if one.rate is None:
        return "no rate"
    many = ", one of several" if one.roots == "several" else ""
    return f"{one.rate:.2%}{many}"


def _firmness(summary: Summary) -> str:
    """What the assumptions rest on, the weakest named first."""
    assumptions = summary.forecast.assumptions
    told = {
        assumptions.enrolment.standing,
        assumptions.discount_rate.standing,
        *(line.standing for line in assumptions.costs),
        *(line.amount.standing for line in assumptions.costs),
        *(each.standing for each in assumptions.outcomes.values()),
    }
    order = ("illustrative", "estimate", "published", "contract")
    return ", ".join(each for each in order if each in told)


def _even(summary: Summary, currency: str) -> str:
    even = summary.break_even
    assert even is not None
    case: Case = even.case
    if even.part is None:
        return (
            f"Break-even ({case} case): none. Even at the most success looked at, "
            f"{money_text(even.lost_at_most, currency, code=True)} of capital does not come back."
        )
    return (
        f"Break-even ({case} case): all capital comes back from {float(even.part):.1%} of the "
        "assumed success on."
    )
