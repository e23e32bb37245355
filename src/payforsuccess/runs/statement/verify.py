"""Re-check a bundle: recompute every statement in it from what lies beside it."""

from __future__ import annotations

import io
import json
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.measure.rows_needed import LARGEST
from payforsuccess.runs.statement.recompute import Check, determined, recomputed
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.units import money_text

Record = TypeVar("Record", Determination, Statement)
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    zlib.error,
    lzma.LZMAError,
)
MOST_FILES = 5_000
MOST_BYTES = LARGEST


@dataclass(frozen=True)
class Verification:
    """Every check of a bundle."""

    statement: Statement
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)

    def __str__(self) -> str:
        s = self.statement
        end = (
            f"Statement {s.number} of {s.deal}, {money_text(s.total, s.currency, code=True)}: "
            + ("every check holds." if self.holds else "DO NOT RELY ON IT; see the checks above.")
        )
        return "\n".join([*map(str, self.checks), end])

    __repr__ = __str__


def verify(path: Path | str) -> Verification:
    """Recompute the statement in a bundle and compare it, amount by amount.

    Checks each file's fingerprint, the chains of statements and determinations, that each result
    used is the determined one, and that the replay under the deal's versions gives each amount.
    A file that is no bundle is refused; a bundle that does not check out is an answer.
    """
    files = _open(Path(path))
    where = Place(str(path))
    manifest = _json(files, "manifest.json", where)
    number = manifest.get("statement")
    if manifest.get("format") != 1 or not isinstance(number, int):
        raise _no_bundle(where)
    statements = [
        _record(Statement, files, f"statements/{at:04d}/statement.json", "statement", where)
        for at in range(1, number + 1)
    ]
    determinations = [
        _record(Determination, files, name, "determination", where)
        for name in sorted(files)
        if name.startswith("determinations/")
    ]
    if not statements:
        raise _no_bundle(where)
    checks = [
        *_as_listed(files, manifest),
        *_fingerprints("statement", [(s.fingerprint, f, s.previous) for s, f in statements]),
        *_fingerprints(
            "determination", [(d.fingerprint, f, d.previous) for d, f in determinations]
        ),
    ]
    last = statements[-1][0]
    checks.append(
        Check(
            "the statement is the one the bundle is for",
            last.fingerprint == manifest.get("fingerprint"),
        )
    )
    records = [record for record, _ in determinations]
    for statement, _ in statements:
        checks += determined(statement, records, in_full=statement is last)
    checks += recomputed(files, [statement for statement, _ in statements])
    return Verification(last, tuple(checks))


def _open(path: Path) -> dict[str, bytes]:
    content = read_bytes(path, largest=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            whole = sum(entry.file_size for entry in entries)
            if (
                len(entries) > MOST_FILES
                or whole > MOST_BYTES
                or whole > 200 * len(content) + 1_000_000
            ):
                raise Refusal(
                    Problem(
                        "The file unpacks to more than a bundle can hold.",
                        "Ask for it again from its sender.",
                        Place(str(path)),
                    )
                )
            if len({entry.filename for entry in entries}) != len(entries):
                raise _no_bundle(Place(str(path)))
            return {entry.filename: archive.read(entry) for entry in entries}
    except _UNREADABLE:
        raise _no_bundle(Place(str(path))) from None


def _no_bundle(where: Place) -> Refusal:
    return Refusal(
        Problem(
            "This is no bundle, or it is damaged.",
            "A bundle is made with `pfs bundle`; ask for it again.",
            where,
        )
    )


def _json(files: dict[str, bytes], name: str, where: Place) -> dict[str, object]:
    try:
        plain = json.loads(files[name])
    except (KeyError, ValueError, RecursionError):
        raise _no_bundle(where) from None
    if not isinstance(plain, dict):
        raise _no_bundle(where)
    return plain


def _record(
    model: type[Record], files: dict[str, bytes], name: str, key: str, where: Place
) -> tuple[Record, object]:
    plain = _json(files, name, where)
    try:
        return model.model_validate(plain.get(key)), plain.get("fingerprint")
    except ValidationError:
        raise _no_bundle(where) from None


def _as_listed(files: dict[str, bytes], manifest: dict[str, object]) -> list[Check]:
    """The files are those that were bundled, byte for byte."""
    listed = manifest.get("files")
    if not isinstance(listed, dict):
        return [Check("the manifest lists the files of the bundle", False)]
    wrong = [f"{name} is missing" for name in sorted(listed) if name not in files]
    for name in sorted(files):
        if name == "manifest.json":
            continue
        if name not in listed:
            wrong.append(f"{name} was added")
        elif listed[name] != fingerprint_bytes(files[name]):
            wrong.append(f"{name} was changed")
    return [Check("the files are those that were bundled", not wrong, "; ".join(wrong))]


def _fingerprints(what: str, links: list[tuple[str, object, str | None]]) -> list[Check]:
    """Each record is what was written, and names the one before it."""
    checks: list[Check] = []
    previous: str | None = None
    for number, (own, stated, claimed) in enumerate(links, 1):
        checks.append(
            Check(
                f"{what} {number} is unchanged and follows the one before",
                own == stated and claimed == previous,
            )
        )
        previous = own
    return checks
