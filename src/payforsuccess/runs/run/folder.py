"""The statement in the folder of a run."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.runs.data.certificates import what_removed
from payforsuccess.runs.data.kept_files import STATEMENT, refuse_others
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import deal_root, open_folder, read_statement
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.statements import Issued
from payforsuccess.trail import fingerprint_bytes


def statement_of_run(path: Path) -> Issued:
    """The statement a run made; it is a draft or, in a practice run, of no force.

    Refuses a statement or person ledger that is not what the run's record says it made. A ledger
    that an order took away is not missed.
    """
    ledger = path / "ledger.csv"
    gone = not ledger.exists() and what_removed(open_folder(deal_root(path)), ledger) is not None
    made = {item.name: item.fingerprint for item in read_record(path / RECORD).outputs}
    kept = (STATEMENT,) if gone else (STATEMENT, ledger.name)
    refuse_others(
        path,
        {name: made[name] for name in kept if name in made},
        {
            name: fingerprint_bytes(read_bytes(path / name))
            for name in kept
            if (path / name).exists()
        },
    )
    return Issued(read_statement(path / "statement.json"), path)
