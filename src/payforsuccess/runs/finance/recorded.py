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
    went_in = [[item.name, item.fingerprint] for item in (*inputs_of(financed), *also)]
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
        inputs=(*inputs_of(financed), *also),
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


def inputs_of(
    financed: Financed, *, called: str = "", root: Path | None = None
) -> tuple[RunInput, ...]:
    """The deal, its amendments, its assumptions and its determinations, as a record names them.

    Another deal that is read besides is `called` something, and its files are told from `root`, the
    folder that keeps the record, where they lie in or beside it.
    """
    home = financed.folder.root if root is None else root
    files = [(path.name, path) for path in financed.folder.amendment_files]
    files = [(financed.folder.deal_file.name, financed.folder.deal_file), *files]
    found = [
        RunInput(f"{called}{name}", told_from(path, home), fingerprint_bytes(read_bytes(path)))
        for name, path in (*files, ("assumptions", financed.file))
    ]
    found += [
        RunInput(f"{called}determination {each.number}", "", each.fingerprint)
        for each in financed.determinations
    ]
    return tuple(found)


def told_from(path: Path, root: Path) -> str:
    """The path from the deal's folder, for a file in it or in a folder beside it.

    Empty for a file elsewhere, which no one could follow.
    """
    whole, home = path.resolve(), root.resolve()
    if whole.is_relative_to(home):
        return whole.relative_to(home).as_posix()
    if whole.is_relative_to(home.parent) and home.parent != home.parent.parent:
        return f"../{whole.relative_to(home.parent).as_posix()}"
    return ""
