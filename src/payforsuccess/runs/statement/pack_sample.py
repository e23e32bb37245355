"""The sample of people that an auditor draws by a seed, and what the pack says of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.statement.ledger_rows import LedgerRow, ledger_of
from payforsuccess.runs.statement.source_rows import SourceRows
from payforsuccess.runs.statement.statements import Issued


def ledger_parts(issued: Issued) -> list[tuple[str, int, LedgerRow]]:
    """Every person's part of every line, with the line's term and period."""
    lines = {(line.term, line.period): line for line in issued.statement.lines}
    return [
        (term, period, row)
        for (term, period), line in sorted(lines.items())
        for row in ledger_of(issued.folder, line)
    ]


def drawn_by(keys: Sequence[str], seed: str, sample: int) -> tuple[str, ...]:
    """The first keys in the order of SHA-256 of seed, line break and key."""

    def draw(key: str) -> bytes:
        return hashlib.sha256(f"{seed}\n{key}".encode()).digest()

    return tuple(sorted(keys, key=draw)[:sample])


def people_csv(chosen: Iterable[tuple[str, int, LedgerRow]], drawn: Sequence[str]) -> bytes:
    """What each person who was drawn adds to each line, in the order of the draw."""
    place = {key: at for at, key in enumerate(drawn, 1)}
    rows = sorted(chosen, key=lambda item: (place[item[2].person], item[0], item[1]))
    return _csv(
        ("drawn", "person", "term", "period", "quantity", "amount_minor", "allocated", "source"),
        (
            (
                place[row.person],
                row.person,
                term,
                period,
                row.quantity,
                row.amount,
                "yes" if row.is_allocated else "no",
                row.source,
            )
            for term, period, row in rows
        ),
    )


def source_rows_csv(wanted: Sequence[str], found: SourceRows) -> bytes:
    """The agencies' rows behind the sample; for a row that is gone, that it is."""
    known = {row.source for row in found.rows}
    out = [(row.source, row.table, row.extract, row.says) for row in found.rows]
    out += [
        (source, "destroyed" if found.is_destroyed(source) else "not found", "", "")
        for source in wanted
        if source not in known
    ]
    return _csv(("source", "table", "file", "row"), sorted(out))


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_text(header, rows).encode()
