"""A look ahead kept in a folder of its own, named by what went in, with the record of the run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import payforsuccess
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.finance.files import Financed
from payforsuccess.runs.record import RECORD, library_versions, machine_text, record_bytes
from payforsuccess.trail import RunInput, RunOutput, RunRecord, fingerprint, fingerprint_bytes


def folder_of(
    financed: Financed,
    kind: str,
    settings: tuple[tuple[str, str], ...],
    also: tuple[RunInput, ...] = (),
) -> Path:
    """`out/KIND/NAME`: the same inputs and settings give the same name."""
    went_in = [[item.name, item.fingerprint] for item in (*_inputs(financed), *also)]
    name = fingerprint([*went_in, *map(list, settings)])[7:19]
    return financed.folder.out / kind / name


def keep(
    financed: Financed,
    kind: str,
    files: Mapping[str, bytes],
    *,
    settings: tuple[tuple[str, str], ...] = (),
    also: tuple[RunInput, ...] = (),
) -> tuple[Path, ...]:
    """Write the files, then `run.json`: what was read, by which code and settings, what was made.

    `also` is what was read besides the deal, its assumptions and its determinations.
    Each file appears whole or not at all; one of the same name is of the same inputs.
    """
    target = folder_of(financed, kind, settings, also)
    record = RunRecord(
        kind=kind,
        deal_fingerprint=financed.deal.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=library_versions(),
        settings=settings,
        inputs=(*_inputs(financed), *also),
        outputs=tuple(
            RunOutput(name, name, fingerprint_bytes(content)) for name, content in files.items()
        ),
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine_text(),
    )
    for name, content in files.items():
        write_whole(target / name, content)
    write_whole(target / RECORD, record_bytes(record))
    return tuple(target / name for name in files)


def _inputs(financed: Financed) -> tuple[RunInput, ...]:
    root = financed.folder.root
    files = [(path.name, path) for path in financed.folder.amendment_files]
    files = [(financed.folder.deal_file.name, financed.folder.deal_file), *files]
    found = [
        RunInput(name, _within(path, root), fingerprint_bytes(read_bytes(path)))
        for name, path in (*files, ("assumptions", financed.file))
    ]
    found += [
        RunInput(f"determination {each.number}", "", each.fingerprint)
        for each in financed.determinations
    ]
    return tuple(found)


def _within(path: Path, root: Path) -> str:
    """The path below the deal's folder; empty for a file elsewhere, which no one could follow."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""
