"""The record of capital beside a deal."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading.capital_record import read_capital_record
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.finance.waterfall.lacks import lacks_for_waterfall
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder

FILE = "capital.yaml"


def capital_record_of(
    folder: DealFolder, deal: Deal, *, named: Path | None = None, needed: bool
) -> tuple[CapitalRecord, Path | None]:
    """The record in `capital.yaml`, or in the file named, and where it lies.

    Without one it is empty, where none is `needed`; else it refuses, as it does a file that does
    not hold against the deal, and a deal whose rates do not say how interest is counted.
    """
    lacking = tuple(lacks_for_waterfall(deal))
    if lacking:
        raise Refusal(lacking)
    file = named if named is not None else folder.root / FILE
    if named is None and not file.is_file():
        if not needed:
            return CapitalRecord(format=1), None
        raise Refusal(
            Problem(
                sentence(
                    "There is no {file} beside the deal, so nothing says what was drawn and "
                    "repaid.",
                    file=FILE,
                ),
                sentence(
                    "Record closing, calls, payments and distributions in it; the how-to “Keep "
                    "the books of capital” shows such a file."
                ),
                Place(str(file)),
            )
        )
    return read_capital_record(read_bytes(file), deal, file=str(file)), file
