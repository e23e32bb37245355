"""Books of capital in which something is to be done, in the manner of recorded_capital.py.

books(folder)                       a deal on a loan of 10,000 of which 8,000 came; nothing else
called(folder)                      the same, with a call `second` of 2,000 made by Hazel Keeper
certified(folder)                   the same, certified: it waits for the lender's answer
record_of(folder)                   what capital.yaml says now
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.runs.finance.answer_call import certify_call
from payforsuccess.runs.finance.call_capital import CallNoted, call_capital
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.folder import open_folder
from tests.lib.capital import SECOND, a_financed_deal
from tests.lib.deals import INVESTOR
from tests.lib.folders import a_folder
from tests.lib.recorded_capital import write_record

TODAY = date(2026, 6, 10)
DUE = date(2026, 7, 1)
KEEPER = "Hazel Keeper"
LENDER = "Lee Lender"
CONDITIONS = [
    {"name": "budget", "says": "On budget", "certified_by": SECOND},
    {"name": "calm", "says": "No default is open", "certified_by": INVESTOR},
]


def books(folder: Path, *, deal: Deal | None = None, **changes: Any) -> Path:
    """A folder with a financed deal and its record."""
    a_folder(folder, deal or a_financed_deal())
    write_record(folder, **changes)
    return folder


def called(folder: Path, **changes: Any) -> CallNoted:
    """A second call, which lacks two certificates."""
    books(folder, draw_conditions=CONDITIONS, **changes)
    return call(folder)


def call(folder: Path, **changes: Any) -> CallNoted:
    """A call of what is left, under the name `second`."""
    asked: dict[str, Any] = {
        "tranche": "loan",
        "amount": 2_000_00,
        "due_on": DUE,
        "by": KEEPER,
        "on": TODAY,
        "name": "second",
        **changes,
    }
    return call_capital(folder, **asked)


def certified(folder: Path, **changes: Any) -> CallNoted:
    """The same, with every certificate."""
    called(folder, **changes)
    certify_call(folder, "second", "budget", party=SECOND, by="Fen Budget", on=TODAY)
    return certify_call(folder, "second", "calm", party=INVESTOR, by=LENDER, on=TODAY)


def record_of(folder: Path) -> CapitalRecord:
    """What is on record now."""
    opened = open_folder(folder)
    return capital_record_of(opened, opened.history().latest, needed=True)[0]
