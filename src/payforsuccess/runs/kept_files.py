"""The files beside a statement, such as its person ledger: each bound to it by fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes, read_json
from payforsuccess.runs.people_rows import LARGEST
from payforsuccess.trail import fingerprint_bytes

STATEMENT = "statement.json"
BOUND = ("people", "ledger")


def fingerprints_of(folder: Path) -> dict[str, str]:
    """Each file beside a statement, by name, with the fingerprint of its bytes."""
    return {
        path.name: fingerprint_bytes(read_bytes(path, largest=LARGEST))
        for path in sorted(folder.iterdir())
        if path.stem in BOUND
    }


def listed_files(envelope: object) -> dict[str, object] | None:
    """The files that `statement.json` lists; None where it was written before it listed any."""
    listed = envelope.get("files") if isinstance(envelope, dict) else None
    return (
        {str(name): value for name, value in listed.items()} if isinstance(listed, dict) else None
    )


def refuse_changed(folder: Path) -> None:
    """Refuse files beside an issued statement that are not those it was issued with."""
    listed = listed_files(read_json(folder / STATEMENT))
    if listed is not None:
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
