"""A record of capital for the small deal: a loan drawn, services paid, a payment distributed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from payforsuccess.deal.capital_record import CapitalRecord
from tests.lib.deals import COUNTY, INVESTOR, PROVIDER

CALL = {
    "name": "first",
    "tranche": "loan",
    "asked_on": "2025-12-15",
    "due_on": "2026-01-01",
    "amount": "8000",
    "received": [{"on": "2026-01-01", "amount": "8000"}],
}
USUAL: dict[str, Any] = {
    "format": "1",
    "accounts": [
        {"name": "project", "holds": "project"},
        {"name": "trust", "holds": "success-payments"},
    ],
    "calls": [CALL],
    "disbursements": [{"on": "2026-01-15", "amount": "6000", "to": PROVIDER}],
    "payments": [{"on": "2026-05-01", "amount": "1000", "term": "unit-price", "from": COUNTY}],
    "distributions": [
        {"on": "2026-05-01", "kind": "principal", "tranche": "loan", "amount": "1000"}
    ],
    "bank": [{"account": "project", "on": "2026-05-01", "balance": "2000"}],
}
ENDING: dict[str, Any] = {
    "name": "no_money",
    "says": "The county appropriates nothing",
    "called_by": [COUNTY],
    "notice": "30 days",
    "sum_due": "earned-to-date",
}
LENDER = INVESTOR


def plain_record(**changes: Any) -> dict[str, Any]:
    """The record with keys changed, added, or (None) left out."""
    return {key: each for key, each in {**USUAL, **changes}.items() if each is not None}


def a_record(**changes: Any) -> CapitalRecord:
    """The same as a model."""
    return CapitalRecord.model_validate(plain_record(**changes))


def write_record(folder: Path, **changes: Any) -> None:
    """The same as `capital.yaml`."""
    # By way of JSON, so that what is shared is written out each time: the reader takes no anchors.
    plain = json.loads(json.dumps(plain_record(**changes)))
    text = yaml.safe_dump(plain, sort_keys=False)
    (folder / "capital.yaml").write_text(text, encoding="utf-8")
