"""A look ahead kept in a folder of its own, named by what went in, with the record of the run."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.finance.files import Financed
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import RECORD, library_versions, machine_text, record_bytes
from payforsuccess.trail import RunInput, RunOutput, RunRecord, fingerprint, fingerprint_bytes

Settings = tuple[tuple[str, str], ...]


def keep(
    financed: Financed,
    kind: str,
    files: Mapping[str, bytes],
    *,
    settings: Settings = (),
    also: tuple[RunInput, ...] = (),
) -> tuple[Path, ...]:
    """Keep what was made of a deal and its assumptions, as `keep_run` does.

    `also` is what was read besides the deal, its assumptions and its determinations.
    """
    return keep_run(
        financed.folder.out,
        kind,
        files,
        terms=financed.deal,
        inputs=(*inputs_of(financed), *also),
        settings=settings,
    )


def keep_run(
    out: Path,
    kind: str,
    files: Mapping[str, bytes],
    *,
    terms: Deal,
    inputs: tuple[RunInput, ...],
    settings: Settings = (),
    private: Collection[str] = (),
) -> tuple[Path, ...]:
    """Write the files, then `run.json`: what was read, by which code and settings, what was made.

    They lie in `out/KIND/NAME`: the same inputs and settings give the same name. Each file appears
    whole or not at all; one of the same name is of the same inputs. `private` files lie in folders
    that their owner alone can open.
    """
    went_in = [[item.name, item.fingerprint] for item in inputs]
    name = fingerprint([*went_in, *map(list, settings)])[7:19]
    target = out / kind / name
    record = RunRecord(
        kind=kind,
        deal_fingerprint=terms.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=library_versions(),
        settings=settings,
        inputs=inputs,
        outputs=tuple(
            RunOutput(name, name, fingerprint_bytes(content)) for name, content in files.items()
        ),
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine_text(),
    )
    for name, content in files.items():
        if name in private:
            _write_private(target / name, content)
        else:
            write_whole(target / name, content)
    write_whole(target / RECORD, record_bytes(record))
    return tuple(target / name for name in files)


def _write_private(file: Path, content: bytes) -> None:
    from payforsuccess.store.vault import private_folder

    private_folder(file.parent)
    os.chmod(file.parent, 0o700)
    write_whole(file, content, mode=0o600)


def inputs_of(
    financed: Financed, *, called: str = "", root: Path | None = None
) -> tuple[RunInput, ...]:
    """The deal, its amendments, its assumptions and its determinations, as a record names them.

    Another deal that is read besides is `called` something, and its files are told from `root`, the
    folder that keeps the record, where they lie in or beside it.
    """
    home = financed.folder.root if root is None else root
    return (
        *deal_inputs(financed.folder, called=called, root=home),
        read_input(f"{called}assumptions", financed.file, home),
        *(
            RunInput(f"{called}determination {each.number}", "", each.fingerprint)
            for each in financed.determinations
        ),
    )


def deal_inputs(folder: DealFolder, *, called: str = "", root: Path) -> tuple[RunInput, ...]:
    """The deal file, then its amendments."""
    return tuple(
        read_input(f"{called}{path.name}", path, root)
        for path in (folder.deal_file, *folder.amendment_files)
    )


def read_input(name: str, file: Path, root: Path) -> RunInput:
    """A file that was read, as a record in the folder `root` names it."""
    return RunInput(name, told_from(file, root), fingerprint_bytes(read_bytes(file)))


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
