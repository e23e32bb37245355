"""`capital.yaml`: bytes to a record, held against its deal."""

from __future__ import annotations

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.checks.capital_record import check_capital_record
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading.reader import read_whole


def read_capital_record(
    text: bytes | str, deal: Deal, *, file: str = "capital.yaml"
) -> CapitalRecord:
    """What happened to the capital, as a file records it.

    Raises Refusal with every problem that could be found, in the order of the file.
    """
    return read_whole(
        CapitalRecord, text, file=file, check=lambda record: check_capital_record(record, deal)
    )
