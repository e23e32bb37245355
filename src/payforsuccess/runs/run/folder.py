"""The folder of a run: which deal it belongs to, and the statement in it."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.data.kept_files import STATEMENT, refuse_others
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import OUT, read_statement
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.statements import Issued
from payforsuccess.trail import fingerprint_bytes


def deal_root(path: Path) -> Path:
    """The folder of the deal that a run belongs to: the run lies in `out/runs/NAME/` below it."""
    for parent in path.resolve().parents:
        if parent.name == OUT and (parent.parent / "deal.yaml").is_file():
            return parent.parent
    raise Refusal(
        Problem(
            "The deal this run belongs to is not where it was.",
            "Keep runs below the deal's folder, in out/runs.",
            Place(str(path)),
        )
    )


def statement_of_run(path: Path) -> Issued:
    """The statement a run made; it is a draft or, in a practice run, of no force.

    Refuses a statement or person ledger that is not what the run's record says it made.
    """
    made = {item.name: item.fingerprint for item in read_record(path / RECORD).outputs}
    kept = (STATEMENT, "ledger.csv")
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
