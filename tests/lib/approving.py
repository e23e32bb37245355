"""Statements that people approve: a certified contract, and their words in one line each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.statement.approve import Spoken, approve, return_statement
from payforsuccess.runs.statement.statements import issue
from tests.lib.deals import COUNTY, PROVIDER, a_deal

CONTRACT = {"contract": "sha256:" + "c" * 64, "signed_on": "2025-12-01"}
CERTIFIERS = (("Ada Oak", COUNTY), ("Bo Pine", PROVIDER))
PREPARER = "Pat Rowan"


def certified(**changes: Any) -> Deal:
    """A contract that two people certified, so that payments on it can be approved."""
    plain = {"standing": "contract", "executed": CONTRACT, **changes}
    terms = a_deal(**plain).terms_fingerprint
    by = [
        {"name": name, "party": party, "on": "2025-12-02", "terms": terms}
        for name, party in CERTIFIERS
    ]
    return a_deal(**{**plain, "executed": {**CONTRACT, "certified_by": by}})


def prepared(folder: Path, number: int = 1, by: str = PREPARER) -> None:
    """Who prepared an issued statement, put on record."""
    (draft,) = (folder / "out" / "drafts").glob(f"statement-{number:04d}-*.json")
    issue(folder, draft=draft, by=by)


def yes(folder: Path, by: str, number: int = 1, *, party: str = COUNTY, on: date) -> Spoken:
    """One person approves."""
    return approve(folder, number, by=by, party=party, on=on, as_of=on)


def no(
    folder: Path,
    by: str,
    number: int = 1,
    *,
    party: str = COUNTY,
    on: date,
    reason: str = "The period is another",
) -> Spoken:
    """One person returns it."""
    return return_statement(folder, number, by=by, party=party, reason=reason, on=on, as_of=on)


def approved(folder: Path, number: int = 1, *, on: date, parties: tuple[str, ...] = ()) -> None:
    """Two people approve a statement, one for each party named or both for the county."""
    prepared(folder, number)
    first, *_, last = parties or (COUNTY,) * 2
    yes(folder, "Ash Reed", number, party=first, on=on)
    yes(folder, "Bay Reed", number, party=last, on=on)
