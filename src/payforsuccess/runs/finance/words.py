"""Simulated figures in words and as plain values: money in whole units, each with its error."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.simulate.odds import TrancheOdds
from payforsuccess.units import CURRENCY_DIGITS

NONE = "-"


def units_text(minor: float, currency: str) -> str:
    """An amount of a simulation in whole currency units: it is not exact to the cent."""
    return _unsigned(f"{minor / 10 ** CURRENCY_DIGITS[currency]:,.0f}")


def money_figure(found: Figure, currency: str) -> str:
    """`1,234 ± 5`: an amount and how far it moves between scrambles."""
    return _with_error(units_text(found.value, currency), found, units_text(found.error, currency))


def share_figure(found: Figure | None) -> str:
    """`93.1% ± 0.2%`."""
    if found is None or isnan(found.value):
        return NONE
    return _with_error(_unsigned(f"{found.value:.2%}"), found, f"{found.error:.2%}")


def repaid_figure(one: TrancheOdds) -> str:
    """The chance that all principal is repaid, or that nobody owes it back."""
    return share_figure(one.repaid) if one.is_owed_back else "not owed back"


def ratio_figure(found: Figure | None) -> str:
    """`1.0512 ± 0.0003`."""
    if found is None or isnan(found.value):
        return NONE
    return _with_error(f"{found.value:.4f}", found, f"{found.error:.4f}")


def _unsigned(text: str) -> str:
    """The text without a minus sign before nothing but zeros."""
    return text.removeprefix("-") if not text.strip("-0.%") else text


def _with_error(text: str, found: Figure, error: str) -> str:
    return text if isnan(found.error) else f"{text} ± {error}"


def money_plain(found: Figure) -> dict[str, int | None]:
    """Whole minor units."""
    return {
        "value": round(found.value),
        "error": None if isnan(found.error) else round(found.error),
    }


def number_plain(found: Figure | None) -> dict[str, str | None] | None:
    """Decimal texts of 9 places; nothing where there is no number."""
    if found is None or isnan(found.value):
        return None
    error = None if isnan(found.error) else f"{found.error:.9f}"
    return {"value": f"{found.value:.9f}", "error": error}


def findings_plain(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Findings as a program reads them."""
    return [{"topic": one.topic, "what": one.what} for one in findings]


def problems_plain(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as a program reads them."""
    return [{"what": one.what, "do": one.do} for one in problems]
