"""The person ledger beside a statement, read back: what each person adds to a line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.results import Line
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.reports.spreadsheet import read_back


@dataclass(frozen=True)
class LedgerRow:
    """One person's part of a line: quantity in the outcome's smallest steps, amount in cents."""

    person: str
    quantity: str
    amount: int
    is_allocated: bool
    source: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The source rows, each once."""
        return tuple(dict.fromkeys(part for part in self.source.split(";") if part))


def _rows_of(ledger: Path, line: Line) -> list[LedgerRow]:
    with ledger.open(encoding="utf-8", newline="") as text:
        return [
            LedgerRow(
                read_back(row["person"]),
                row["quantity"],
                int(row["amount_minor"]),
                row["allocated"] == "yes",
                read_back(row["source"]),
            )
            for row in csv.DictReader(text)
            if row["term"] == line.term and int(row["period"]) == line.period
        ]


def ledger_of(folder: Path, line: Line) -> list[LedgerRow]:
    """The rows of the person ledger beside a statement that belong to a line; none without one."""
    if (folder / "ledger.csv").is_file():
        try:
            return _rows_of(folder / "ledger.csv", line)
        except (KeyError, TypeError, ValueError):
            raise Refusal(
                Problem(
                    sentence("The person ledger was changed after it was written."),
                    sentence("Put the original back; records of this kind are never edited."),
                    Place(str(folder / "ledger.csv")),
                )
            ) from None
    if (folder / "ledger.parquet").is_file():
        import pyarrow.parquet as pq

        table = pq.read_table(
            folder / "ledger.parquet",
            filters=[("term", "==", line.term), ("period", "==", line.period)],
        )
        return [
            LedgerRow(
                str(row["person"]),
                str(row["quantity"]),
                int(row["amount_minor"]),
                bool(row["allocated"]),
                str(row["source"] or ""),
            )
            for row in table.to_pylist()
        ]
    return []
