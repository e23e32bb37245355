"""The person ledger as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from payforsuccess.payments.ledger import LedgerLine
from payforsuccess.reports.spreadsheet import csv_text

LEDGER_COLUMNS = (
    "term",
    "period",
    "person",
    "quantity",
    "amount_minor",
    "allocated",
    "source",
)


def ledger_csv(lines: Iterable[LedgerLine], keys: Sequence[str]) -> str:
    """One row a line and person with a quantity or an amount, in order; amounts in minor units."""
    return csv_text(LEDGER_COLUMNS, _rows(lines, keys))


def _rows(lines: Iterable[LedgerLine], keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        for at, key in enumerate(keys):
            quantity, amount = int(line.quantities[at]), int(line.amounts[at])
            if quantity or amount:
                yield (
                    line.term,
                    line.period,
                    key,
                    quantity if line.tick_text == "1" else f"{quantity} x {line.tick_text}",
                    amount,
                    "yes" if line.is_allocated else "no",
                    line.sources.get(key, ""),
                )
