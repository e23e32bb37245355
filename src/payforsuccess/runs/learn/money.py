"""The money of many initiatives: up-front capital, and dollars under outcomes terms."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.governance.portfolio import OnFile, capital_by_sector
from payforsuccess.reports.learning import Part
from payforsuccess.reports.numbers import whole_money_text
from payforsuccess.runs.learn.held import StreamOnFile
from payforsuccess.units import grouped


def capital_part(held: Sequence[OnFile]) -> Part:
    """Up-front capital by sector and instrument (R11)."""
    sums = capital_by_sector(held)
    if not sums:
        return Part("Up-front capital", says=("No deal on file states any.",))
    return Part(
        "Up-front capital",
        caption="Capital by sector and instrument",
        says=("The most that each gives, by the deals on file; currencies are never added up.",),
        columns=("Sector", "Instrument", "Currency", "Amount"),
        rows=tuple(
            (sector, kind.replace("-", " "), currency, grouped(amount))
            for (sector, kind, currency), amount in sums.items()
        ),
        numbers=("Amount",),
    )


def dollars_part(streams: Sequence[StreamOnFile]) -> Part:
    """What hangs on outcomes, of all dollars, by department and fiscal year (R66, R100)."""
    from payforsuccess.finance.stream import (  # it loads numpy, which the rest does without
        by_department_and_year,
        contract_ahead,
        moved_by_source,
    )

    rows, running = [], []
    for one in streams:
        currency = one.terms.currency
        contracts = [contract_ahead(one.terms, each, None) for each in one.stream.contracts]
        for (department, year), dollars in by_department_and_year(contracts).items():
            share = "none" if dollars.share is None else f"{float(dollars.share):.1%}"
            money = [_money(amount, currency) for amount in (dollars.under_terms, dollars.total)]
            rows.append((one.stream.name, department, str(year), *money, share))
        for source, totals in moved_by_source(one.terms, contracts).items():
            year, amount = max(totals.items())
            running.append(
                f"{one.stream.name}, {source.replace('-', ' ')}: "
                f"{_money(amount, currency)} moved to outcomes terms up to {year}"
            )
    return Part(
        "Dollars under outcomes terms",
        caption="By stream, department and fiscal year",
        says=("What hangs on outcomes, and all the dollars of the programme, by fiscal year.",),
        columns=("Stream", "Department", "Year", "Under outcomes terms", "In all", "Share"),
        rows=tuple(rows),
        numbers=("Year", "Under outcomes terms", "In all", "Share"),
        points=tuple(running),
    )


def _money(minor: int, currency: str) -> str:
    return f"{whole_money_text(minor, currency)} {currency}"
