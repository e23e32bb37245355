"""A budget and a year-end schedule as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from payforsuccess.errors import Finding
from payforsuccess.finance.budget.budget import Budget
from payforsuccess.finance.budget.requests import Request
from payforsuccess.finance.budget.year_end import YearEnd
from payforsuccess.runs.columns import in_columns
from payforsuccess.units import money_text, to_minor

Rows: TypeAlias = list[tuple[str, ...]]


def budget_lines(told: Budget, currency: str) -> list[str]:
    """Liability against provision by payor and department, funds, requests, and who bears what."""

    def money(minor: int | None) -> str:
        return "unbounded" if minor is None else money_text(minor, currency)

    lines: list[str] = []
    rows: Rows
    first = ("year", "expected", "low", "high", "at most", "appropriated", "planned", "set aside")
    for payor, years in groupby(told.years, key=lambda year: year.payor):
        rows = [(*first, "coverage")]
        for year in years:
            amounts = (year.expected, year.paid["low"], year.paid["high"], year.most)
            provided = (year.appropriated, year.planned, year.set_aside)
            cover = "-" if year.coverage is None else f"{float(year.coverage):.4f}"
            rows.append((str(year.fiscal_year), *map(money, (*amounts, *provided)), cover))
        lines += _table(f"{payor}, by fiscal year", rows, first=1)
    lines.append("  Coverage is appropriated and set aside over the most that can fall due.")
    rows = [("department", "payor", "year", "appropriated", "planned", "expected", "at most")]
    rows += [
        (
            row.department,
            row.payor,
            str(row.fiscal_year),
            *map(money, (row.appropriated, row.planned, row.expected, row.most)),
        )
        for row in told.departments
    ]
    lines += _table("By department", rows, first=3)
    rows = [("fund", "year", "opening", "deposits", "interest", "paid", "released", "closing")]
    rows += [
        (
            row.fund,
            str(row.fiscal_year),
            *map(money, (row.opening, row.deposits, row.interest, row.paid, row.released)),
            money(row.closing),
        )
        for row in told.ledger
    ]
    lines += _table("Reserve ledger", rows, first=2)
    rows = [("payor", "year", "opening", "deposit", "paid", "closing")]
    rows += [
        (
            row.payor,
            str(row.fiscal_year),
            *map(money, (row.opening, row.deposit, row.paid, row.closing)),
        )
        for row in told.sinking
    ]
    lines += _table("Sinking fund that would pay the base case", rows, first=2)
    if told.streams:
        rows = [
            (
                "department",
                "source",
                "standing",
                "year",
                "dollars",
                "of the stream",
                "share",
                "to date",
            )
        ]
        rows += [
            (
                row.department,
                row.source,
                row.standing,
                str(row.fiscal_year),
                money(row.amount),
                "not stated" if row.of is None else money(row.of),
                "-" if row.share is None else f"{float(row.share):.2%}",
                money(row.to_date),
            )
            for row in told.streams
        ]
        lines += _table("Existing streams under outcomes terms", rows, first=4)
    if told.requests.rows:
        lines += _requests(told.requests.rows, currency)
        lines.append(f"  The rules: {told.rules_checked}")
    head = "Without more success than is determined" if told.risk.is_more else "Without success"
    lines += ["", head, f"  Success payments: {money(told.risk.success_payments)}"]
    lines += [
        f"  {each.who} ({each.role}) still bears {money(-each.net)}" for each in told.risk.borne
    ]
    lines += [f"  Paid besides, whatever happens: {each}" for each in told.risk.services]
    if not told.risk.borne:
        lines.append("  The public still bears its own staff, and every cost no cost line tells.")
    lines.append(
        "  People who take part bear the risk that services end, or do not work; no figure here "
        "counts that."
    )
    if told.unfunded:
        lines += ["", f"Unfunded, past the payors' ceilings: {money(told.unfunded)}"]
    return [*lines, *_findings(told.findings)]


def year_end_lines(schedule: YearEnd, findings: Sequence[Finding], currency: str) -> list[str]:
    """The schedule by fund, federal money, and receivables."""

    def money(minor: int | None) -> str:
        return "unbounded" if minor is None else money_text(minor, currency)

    heads = (
        "payor",
        "fund",
        "ends on",
        "determined",
        "earned, low",
        "base",
        "high",
        "contingent at most",
        "encumbered",
        "carried over",
        "lapses",
    )
    rows: Rows = [heads]
    for row in schedule.funds:
        earned = tuple(row.earned[case] for case in ("low", "base", "high"))
        amounts = (row.determined, *earned, row.contingent)
        amounts = (*amounts, row.encumbered, row.carried_over, row.lapses)
        rows.append((row.payor, row.fund, str(row.last_day), *map(money, amounts)))
    lines = _table("By fund; what a payor owes stands under the fund that pays first", rows, 3)
    if schedule.federal:
        told: Rows = [("assistance number", "source", "provided", "paid from its fund")]
        told += [
            (row.assistance_number, row.source, money(row.provided), money(row.paid_from_fund))
            for row in schedule.federal
        ]
        lines += _table("Federal money", told, first=2)
    if schedule.receivables:
        told = [("from", "paid for it", "paid back", "receivable")]
        told += [
            (row.payor, money(row.paid_for_it), money(row.paid_back), money(row.amount))
            for row in schedule.receivables
        ]
        lines += _table("Receivable from payors whose part another paid", told, first=1)
    return [*lines, *_findings(findings)]


def _requests(rows: Sequence[Request], currency: str) -> list[str]:
    """Each request in a line, with its votes and who has agreed below it."""
    told: Rows = [("level", "request", "source", "status", "year", "amount", "votes cast")]
    below: list[list[str]] = [[]]
    for row in rows:
        asked = row.asked
        told.append(
            (
                asked.department or asked.level,
                asked.name,
                asked.source,
                asked.status,
                str(asked.fiscal_year),
                money_text(to_minor(asked.amount, currency), currency),
                "-" if asked.votes_cast is None else str(asked.votes_cast),
            )
        )
        needs = "not known" if row.needs is None else str(row.needs)
        agreed = [f"agreed: {each.by}, {each.role}, {each.on}" for each in asked.approvals]
        below.append([f"needs: {needs}", *agreed])
    lines = ["", "Requests for appropriation"]
    for line, more in zip(in_columns(told, right=(4, 5, 6)), below, strict=True):
        lines += [f"  {line}", *(f"    {text}" for text in more)]
    return lines


def _table(title: str, rows: Sequence[Sequence[str]], first: int) -> list[str]:
    right = range(first, len(rows[0]))
    return ["", title, *(f"  {line}" for line in in_columns(rows, right=right))]


def _findings(findings: Sequence[Finding]) -> list[str]:
    return ["", "Findings", *(f"  {finding}" for finding in findings)] if findings else []
