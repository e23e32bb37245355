"""The person ledger beside a statement, bound to it by fingerprint.

The rows by person beside it are bound by the statement itself, whatever their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes, read_json
from payforsuccess.runs.measure.rows_needed import LARGEST
from payforsuccess.trail import fingerprint_bytes

STATEMENT = "statement.json"
LEDGER = "ledger"


def fingerprints_of(folder: Path) -> dict[str, str]:
    """The person ledger in a folder, by its file name, with the fingerprint of its bytes."""
    return {
        path.name: fingerprint_bytes(read_bytes(path, largest=LARGEST))
        for path in sorted(folder.iterdir())
        if path.stem == LEDGER
    }


def refuse_changed(folder: Path) -> None:
    """Refuse a ledger beside an issued statement that is not the one it was issued with.

    A statement from before ledgers were bound is let pass.
    """
    envelope = read_json(folder / STATEMENT)
    listed = envelope.get("files") if isinstance(envelope, dict) else None
    if isinstance(listed, dict):
        refuse_others(folder, listed, fingerprints_of(folder))


def refuse_others(folder: Path, listed: Mapping[str, object], found: Mapping[str, str]) -> None:
    """Refuse a file that is missing, was added, or whose content is another."""
    problems = []
    for name in sorted({*listed, *found}):
        if name not in found:
            what = "This file of the statement is missing."
        elif name not in listed:
            what = "This file was added to the statement after it was written."
        elif listed[name] != found[name]:
            what = "This file of the statement was changed after it was written."
        else:
            continue
        do = "Put the original back; records of this kind are never edited."
        problems.append(Problem(what, do, Place(str(folder / name))))
    if problems:
        raise Refusal(problems)
