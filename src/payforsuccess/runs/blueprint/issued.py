"""Issued versions of a blueprint: kept whole with what they were made from, never changed.

Version N lies in `out/blueprints/N`: the report in each form it was written in, the files it was
made from, and `blueprint.json`, which names each of them by its checksum and the version before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field, ValidationError

import payforsuccess
from payforsuccess.deal.fields import Day, Fingerprint, Text, WholeFromOne
from payforsuccess.deal.model import Model
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.blueprint.blueprint import Blueprint, Change
from payforsuccess.runs.files import folder_at_once, json_bytes, read_bytes, read_json, write_whole
from payforsuccess.runs.folder import OUT, refuse_broken_chain
from payforsuccess.trail import fingerprint, fingerprint_bytes

RECORD = "blueprint.json"
REGISTER = "chain.json"
WHAT = "version of the blueprint"


class KeptFile(Model):
    """A file of a version, by its checksum."""

    name: Text = Field(description="Its name in the version's folder.")
    sha256: Fingerprint = Field(description="Its checksum.")


class Issued(Model):
    """The record of an issued version."""

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1.")
    on: Day = Field(description="The day of issue.")
    changes: tuple[Change, ...] = Field(min_length=1, description="Every change up to it.")
    files: tuple[KeptFile, ...] = Field(min_length=1, description="The report and its sources.")
    code_version: Text = Field(description="The version of the program that wrote it.")
    previous: Fingerprint | None = Field(None, description="The version before.")

    @property
    def fingerprint(self) -> str:
        """The checksum of the record, and through it of every file."""
        return fingerprint(self.as_plain())

    @property
    def change(self) -> Change:
        """The last change that went into it."""
        return self.changes[-1]


def blueprints_folder(root: Path) -> Path:
    """Where the versions of a folder's blueprint lie."""
    return root / OUT / "blueprints"


def version_folder(root: Path, number: int) -> Path:
    """Where one version lies."""
    return blueprints_folder(root) / f"{number:04d}"


def issued_versions(root: Path) -> tuple[Issued, ...]:
    """Every version, in order; refuses a record that was changed, exchanged or taken away."""
    folder = blueprints_folder(root)
    found = tuple(_record(path / RECORD) for path in sorted(folder.glob("[0-9]*")))
    refuse_broken_chain(
        [(each.number, each.fingerprint, each.previous) for each in found], WHAT, folder
    )
    _refuse_missing(folder, found)
    return found


def keep_version(
    root: Path,
    before: Sequence[Issued],
    blueprint: Blueprint,
    files: Mapping[str, bytes],
    *,
    on: Day,
) -> Issued:
    """Write the next version; it appears whole or not at all."""
    number = len(before) + 1
    record = Issued(
        format=1,
        number=number,
        on=on,
        changes=blueprint.changes,
        files=tuple(
            KeptFile(name=name, sha256=fingerprint_bytes(content))
            for name, content in files.items()
        ),
        code_version=payforsuccess.__version__,
        previous=before[-1].fingerprint if before else None,
    )
    with folder_at_once(version_folder(root, number)) as filling:
        for name, content in files.items():
            path = filling / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        plain = {"blueprint": record.as_plain(), "fingerprint": record.fingerprint}
        (filling / RECORD).write_bytes(json_bytes(plain))
    register = {"format": 1, "issued": number, "fingerprint": record.fingerprint}
    write_whole(blueprints_folder(root) / REGISTER, json_bytes(register))
    return record


def kept_file(root: Path, version: Issued, name: str) -> bytes:
    """A file of a version as it was issued; refuses one that was changed since, or is not kept."""
    path = version_folder(root, version.number) / name
    kept = next((each for each in version.files if each.name == name), None)
    if kept is None:
        forms = ", ".join(sorted(each.name for each in version.files if "/" not in each.name))
        raise Refusal(
            Problem(
                f"Version {version.number} was not kept as {name}.",
                f"It was kept as {forms}; the others need the extra `documents` when it is issued.",
                Place(str(path)),
            )
        )
    content = read_bytes(path)
    if fingerprint_bytes(content) != kept.sha256:
        raise Refusal(
            Problem(
                f"This file of version {version.number} was changed after it was issued.",
                "Put the original back; an issued version is never edited.",
                Place(str(path)),
            )
        )
    return content


def _record(path: Path) -> Issued:
    plain = read_json(path)
    body = plain.get("blueprint") if isinstance(plain, dict) else None
    stated = plain.get("fingerprint") if isinstance(plain, dict) else None
    try:
        record = Issued.model_validate(body)
    except ValidationError:
        record = None
    if record is None or record.fingerprint != stated:
        raise Refusal(
            Problem(
                f"This {WHAT} was changed after it was written: its content and its checksum do "
                "not agree.",
                "Put the original back; records of this kind are never edited.",
                Place(str(path)),
            )
        )
    return record


def _refuse_missing(folder: Path, found: Sequence[Issued]) -> None:
    """Refuse fewer versions than the register says; without a register nothing is known of it."""
    path = folder / REGISTER
    if not path.is_file():
        return
    plain = read_json(path)
    issued = plain.get("issued") if isinstance(plain, dict) else None
    stated = plain.get("fingerprint") if isinstance(plain, dict) else None
    if (
        isinstance(issued, int)
        and 1 <= issued <= len(found)
        and found[issued - 1].fingerprint == stated
    ):
        return
    raise Refusal(
        Problem(
            f"A {WHAT} that was issued is not here, or is not the one that was issued.",
            "Put the originals back.",
            Place(str(path)),
        )
    )
