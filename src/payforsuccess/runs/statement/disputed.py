"""What of an issued statement is in dispute, and so not paid yet."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.results import Statement
from payforsuccess.governance.dispute_clock import held_back
from payforsuccess.governance.initiative import Initiative
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder

FILE = "initiative.yaml"


def disputed(folder: DealFolder, deal: Deal, statement: Statement, on: date) -> dict[str, int]:
    """What each payor holds back on the day, by the disputes in `initiative.yaml` beside the deal.

    Nothing where there is no such file. Refuses what is wrong in it: nothing is paid on a file that
    cannot be read.
    """
    path = folder.root / FILE
    if not path.is_file():
        return {}
    initiative = read_whole(Initiative, read_bytes(path), file=str(path))
    payors = [payor.party for payor in deal.payors]
    return held_back(initiative.disputes, statement, payors, on=on)
