"""The tables of a budget: liability and provision, departments, funds, streams, requests."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.finance.budget.budget import Budget
from payforsuccess.finance.budget.provision import PayorYear
from payforsuccess.reports.numbers import amount_text, counted, day_text, number_text, percent_text
from payforsuccess.reports.table import Column, Table, cell

NONE = "nothing can fall due"


def liability_table(payor: str, years: Sequence[PayorYear], currency: str) -> Table:
    """What may fall due for a payor, one row a fiscal year."""
    return _table(
        f"{payor}: what may fall due ({currency})",
        ("Fiscal year",),
        ("Expected", "Low", "High", "At most"),
        [
            (
                str(year.fiscal_year),
                _money(year.expected, currency),
                _money(year.paid["low"], currency),
                _money(year.paid["high"], currency),
                _money(year.most, currency),
            )
            for year in years
        ],
    )


def provision_table(payor: str, years: Sequence[PayorYear], currency: str) -> Table:
    """What is provided for it, what is missing, and how much of the most it covers."""
    return _table(
        f"{payor}: what is provided for it ({currency})",
        ("Fiscal year",),
        ("Appropriated", "Set aside", "Planned", "Short of expected", "Covers of the most"),
        [
            (
                str(year.fiscal_year),
                _money(year.appropriated, currency),
                _money(year.set_aside, currency),
                _money(year.planned, currency),
                _money(year.short_of_expected, currency),
                (NONE if year.most == 0 else "not bounded")
                if year.coverage is None
                else percent_text(float(year.coverage)),
            )
            for year in years
        ],
    )


def departments_table(told: Budget, currency: str) -> Table:
    """Each department's sources and its part of the liability."""
    return _table(
        f"By department and fiscal year ({currency})",
        ("Department", "Payor", "Fiscal year"),
        ("Appropriated", "Planned", "Expected", "At most"),
        [
            (
                row.department,
                row.payor,
                str(row.fiscal_year),
                _money(row.appropriated, currency),
                _money(row.planned, currency),
                _money(row.expected, currency),
                _money(row.most, currency),
            )
            for row in told.departments
        ],
    )


def ledger_table(told: Budget, currency: str) -> Table:
    """Each fund's years: opening, what moved, closing."""
    return _table(
        f"Each fund from opening to closing balance ({currency})",
        ("Fund", "Fiscal year"),
        ("Opening", "Deposits", "Interest", "Paid", "Released", "Closing"),
        [
            (
                row.fund,
                str(row.fiscal_year),
                *(
                    _money(amount, currency)
                    for amount in (
                        row.opening,
                        row.deposits,
                        row.interest,
                        row.paid,
                        row.released,
                        row.closing,
                    )
                ),
            )
            for row in told.ledger
        ],
    )


def sinking_table(told: Budget, currency: str) -> Table:
    """The schedule: accrual in by service year, cash out by payment year."""
    return _table(
        f"Deposits by year of service, payments by year of payment, base case ({currency})",
        ("Payor", "Fiscal year"),
        ("Opening", "Deposit", "Paid", "Closing"),
        [
            (
                row.payor,
                str(row.fiscal_year),
                *(
                    _money(amount, currency)
                    for amount in (row.opening, row.deposit, row.paid, row.closing)
                ),
            )
            for row in told.sinking
        ],
    )


def streams_table(told: Budget, currency: str) -> Table:
    """Existing streams under outcomes terms, by department, source and year."""
    return _table(
        f"Existing streams under outcomes terms ({currency})",
        ("Department", "Source", "Standing", "Fiscal year"),
        ("Under outcomes terms", "Of the whole stream", "Share", "Running total"),
        [
            (
                row.department,
                row.source,
                row.standing,
                str(row.fiscal_year),
                _money(row.amount, currency),
                "not stated" if row.of is None else _money(row.of, currency),
                "not known" if row.share is None else percent_text(float(row.share)),
                _money(row.to_date, currency),
            )
            for row in told.streams
        ],
    )


def requests_table(told: Budget, currency: str) -> Table:
    """Requests by level, with source, approvals, votes and status."""
    rows = []
    for row in told.requests.rows:
        asked = row.asked
        agreed = "; ".join(f"{a.by}, {a.role}, {day_text(a.on)}" for a in asked.approvals)
        rows.append(
            (
                asked.department or "county-wide",
                asked.name,
                f"{asked.source}: {asked.reason}",
                asked.status,
                agreed or "no one yet",
                "not known" if row.needs is None else str(row.needs),
                str(asked.fiscal_year),
                number_text(asked.amount),
                "not cast" if asked.votes_cast is None else counted(asked.votes_cast, "vote"),
            )
        )
    return _table(
        f"Requests for appropriation, county-wide first ({currency})",
        ("Level", "Request", "Source and reason", "Status", "Agreed so far", "Votes needed"),
        ("Fiscal year", "Amount", "Cast"),
        rows,
    )


def _money(minor: int | None, currency: str) -> str:
    return "unbounded" if minor is None else amount_text(minor, currency)


def _table(
    caption: str,
    words: Sequence[str],
    numbers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Table:
    columns = [Column(title) for title in words]
    columns += [Column(title, is_number=True) for title in numbers]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(tuple(cell(text) for text in row) for row in rows),
    )
