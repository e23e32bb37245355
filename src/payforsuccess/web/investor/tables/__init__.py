"""The tables of the investors' page: capital on a day. No row is about a person."""

from __future__ import annotations

from payforsuccess.web.investor.tables.calls import (
    calls_table,
    certificates_table,
    received_table,
    waiting_table,
)
from payforsuccess.web.investor.tables.money import (
    bank_table,
    odds_table,
    paid_out_table,
    tranches_table,
)
from payforsuccess.web.investor.tables.terms import (
    closing_table,
    notices_table,
    tests_table,
    votes_table,
)

__all__ = [
    "bank_table",
    "calls_table",
    "certificates_table",
    "closing_table",
    "notices_table",
    "odds_table",
    "paid_out_table",
    "received_table",
    "tests_table",
    "tranches_table",
    "votes_table",
    "waiting_table",
]
