"""One file with which an outsider re-checks a statement without the county's systems."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.runs.data.kept_files import refuse_changed
from payforsuccess.runs.files import json_bytes, read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.measure.rows_needed import LARGEST
from payforsuccess.runs.statement.people_out import refuse_people_out
from payforsuccess.runs.statement.statements import Issued, show
from payforsuccess.trail import fingerprint_bytes

README = """\
This file holds one success-payment statement and everything it was computed from: the deal and
its amendments, the determinations, the statements before it, and the rows by person (under
pseudonyms; still protected data) where it rests on them.

Check it with:  pfs verify FILE
Nothing but the program `payforsuccess` is needed; no county system is asked.
"""
# The same bytes each time: a zip entry's date is fixed, as it must not say when it was made.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """The bundle's file, the statement it is for, and what lies in it."""

    path: Path
    statement: int
    names: tuple[str, ...]
    holds_people: bool

    def __str__(self) -> str:
        people = (
            "It holds rows by person under pseudonyms: protected data, pass it on as such."
            if self.holds_people
            else "It holds no rows by person."
        )
        return (
            f"Wrote {self.path} for statement {self.statement}: {len(self.names)} files.\n"
            f"{people}\nCheck it with: pfs verify {self.path}"
        )

    __repr__ = __str__


def bundle(path: DealPath, *, statement: int | None = None, to: Path | None = None) -> Bundle:
    """Write a statement and all it was computed from into one zip file.

    The same statement gives the same bytes. Without `to` it lies in `out/bundles/`. Rows by person
    go into it only where the agreements let them out.
    """
    path, statement = named_statement(path, statement)
    folder = open_folder(path)
    issued = show(path, statement)
    refuse_people_out(folder, issued.statement.number)
    files = bundle_files(folder, issued)
    target = (
        to
        if to is not None
        else (folder.out / "bundles" / f"statement-{issued.statement.number:04d}.zip")
    )
    write_whole(target, zipped(files), mode=0o600)
    holds_people = any("/people." in name for name in files)
    return Bundle(target, issued.statement.number, tuple(sorted(files)), holds_people)


def bundle_files(folder: DealFolder, issued: Issued) -> dict[str, bytes]:
    """Everything that lies in a statement's bundle, by name."""
    files = _computed_from(folder, issued)
    files["README.txt"] = README.encode()
    files["manifest.json"] = _manifest(folder, issued, files)
    return files


def zipped(files: dict[str, bytes]) -> bytes:
    """The files in one zip file: the same bytes whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), files[name], zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _computed_from(folder: DealFolder, issued: Issued) -> dict[str, bytes]:
    paths = [folder.deal_file, *folder.amendment_files]
    files = {f"deal/{number:02d}.yaml": read_bytes(path) for number, path in enumerate(paths, 1)}
    for record in folder.determinations():
        name = f"determinations/{record.number:04d}.json"
        files[name] = json_bytes(
            {"determination": record.as_plain(), "fingerprint": record.fingerprint}
        )
    for number in range(1, issued.statement.number + 1):
        kept = folder.statement_folder(number)
        refuse_changed(kept)
        for file in sorted(kept.iterdir()):
            if file.stem != "ledger":
                files[f"statements/{number:04d}/{file.name}"] = read_bytes(file, largest=LARGEST)
    return files


def _manifest(folder: DealFolder, issued: Issued, files: dict[str, bytes]) -> bytes:
    """What the bundle is for, and the fingerprint of every other file in it."""
    return json_bytes(
        {
            "format": 1,
            "statement": issued.statement.number,
            "fingerprint": issued.statement.fingerprint,
            "versions": [version.terms_fingerprint for version in folder.history().versions],
            "files": {name: fingerprint_bytes(files[name]) for name in sorted(files)},
        }
    )
