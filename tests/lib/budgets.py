"""Budget files for the small deal, and ways to change them: amounts given as text.

a_budget()                                           one appropriation fund and its source
a_budget(funds=[a_fund(kind="trust", most="100")])   another fund
"""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.budget import BudgetFile
from tests.lib.deals import COUNTY

CODING = {"fund": "A01", "unit": "Housing", "account": "5500", "vendor": "V-1"}


def a_fund(name: str = "Main", **changes: Any) -> dict[str, Any]:
    """A fund of the county, coded, with nothing in it."""
    usual = {"name": name, "payor": COUNTY, "kind": "appropriation", "opening": "0"}
    return {**usual, "coding": dict(CODING), **changes}


def a_source(name: str = "stream", **changes: Any) -> dict[str, Any]:
    """An existing stream that puts 1,000 into the main fund in the fiscal year 2026."""
    usual = {
        "name": name,
        "says": "Money that was there",
        "kind": "existing-stream",
        "payor": COUNTY,
        "fund": "Main",
        "standing": "appropriated",
        "years": [{"fiscal_year": "2026", "amount": "1000"}],
    }
    return {**usual, **changes}


def an_entry(on: str, kind: str, amount: str, **changes: Any) -> dict[str, Any]:
    """Money that moved in the main fund; what is paid pays statement 1."""
    usual = {"on": on, "fund": "Main", "kind": kind, "amount": amount, "reference": "J-1"}
    return {**usual, **({"statement": "1"} if kind == "paid" else {}), **changes}


def a_request(name: str = "more", **changes: Any) -> dict[str, Any]:
    """A county-wide request for 1,000 that was adopted with four votes."""
    usual = {
        "name": name,
        "level": "county-wide",
        "fiscal_year": "2026",
        "amount": "1000",
        "change": "county-wide-increase",
        "source": "stream",
        "reason": "Payments fall due",
        "status": "adopted",
        "vote_on": "2026-03-03",
        "votes_cast": "4",
    }
    return {**usual, **changes}


def budget_plain(**changes: Any) -> dict[str, Any]:
    """The file as a mapping, with top-level keys changed, added, or (None) left out."""
    plain: dict[str, Any] = {
        "format": "1",
        "standing": "illustrative",
        "as_of": "2027-12-31",
        "funds": [a_fund()],
        "sources": [a_source()],
        **changes,
    }
    return {key: value for key, value in plain.items() if value is not None}


def a_budget(**changes: Any) -> BudgetFile:
    """The file itself."""
    return BudgetFile.model_validate(budget_plain(**changes))
