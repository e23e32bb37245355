"""What is on record of the paying office's books: a chain that only grows.

Lists of them, explanations of differences, and numbers of payments that were corrected.

It lies in `out/reconciliation/`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.deal.reconciliation import (
    CorrectedNumber,
    Explained,
    PaymentsList,
    ReconciliationRecord,
)
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, read_chained, refuse_broken_chain

FOLDER = "reconciliation"
_WHAT = "reconciliation record"


def reconciliation_folder(folder: DealFolder) -> Path:
    """Where the records lie."""
    return folder.out / FOLDER


def read_reconciliations(folder: DealFolder) -> tuple[ReconciliationRecord, ...]:
    """Every record, in order; refuses where one was changed, exchanged or is missing."""
    home = reconciliation_folder(folder)
    found = [
        read_chained(ReconciliationRecord, path, _WHAT) for path in sorted(home.glob("[0-9]*.json"))
    ]
    refuse_broken_chain([(r.number, r.fingerprint, r.previous) for r in found], _WHAT, home)
    return tuple(found)


def add_reconciliation(
    folder: DealFolder,
    *,
    by: str,
    on: date,
    listed: PaymentsList | None = None,
    explained: Explained | None = None,
    corrected: CorrectedNumber | None = None,
) -> ReconciliationRecord:
    """Put one of the three at the end of the chain; whoever calls this holds its lock."""
    before = read_reconciliations(folder)
    record = ReconciliationRecord(
        format=1,
        number=len(before) + 1,
        by=by,
        on=on,
        listed=listed,
        explained=explained,
        corrected=corrected,
        previous=before[-1].fingerprint if before else None,
    )
    content = {_WHAT: record.as_plain(), "fingerprint": record.fingerprint}
    write_whole(
        reconciliation_folder(folder) / f"{record.number:04d}.json",
        json_bytes(content),
        mode=0o600,
    )
    return record
