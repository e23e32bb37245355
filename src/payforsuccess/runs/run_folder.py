"""The folder of a run: which deal it belongs to, and the statement in it."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.folder import OUT, read_statement
from payforsuccess.runs.statements import Issued

RECORD = "run.json"


def is_run(path: Path) -> bool:
    """Whether a path is the folder of a run."""
    return (path / RECORD).is_file()


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
    """The statement a run made; it is a draft or, in a practice run, of no force."""
    return Issued(read_statement(path / "statement.json"), path)
