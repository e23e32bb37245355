"""`capital.yaml`: bytes to a record, held against its deal."""

from __future__ import annotations

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.checks.capital_record import check_capital_record
from payforsuccess.deal.deal import Deal, Source
from payforsuccess.deal.reading.problems import in_order
from payforsuccess.deal.reading.reader import build
from payforsuccess.deal.reading.tree import places_of
from payforsuccess.errors import Refusal


def read_capital_record(
    text: bytes | str, deal: Deal, *, file: str = "capital.yaml"
) -> CapitalRecord:
    """What happened to the capital, as a file records it.

    Raises Refusal with every problem that could be found, in the order of the file.
    """
    built = build(CapitalRecord, text, file=file)
    record = built.model.with_source(Source(file, places_of(built.tree, file)))
    problems = (*built.problems, *check_capital_record(record, deal))
    if problems:
        raise Refusal(in_order(problems))
    return record
