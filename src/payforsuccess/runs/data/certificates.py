"""Certificates of destruction: what was destroyed, under which order, each chained to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json
from payforsuccess.runs.folder import DealFolder
from payforsuccess.trail import fingerprint

FORMAT = 1
_MAY_BE_MISSING = ("removed", "kept")


@dataclass(frozen=True)
class DestroyedPart:
    """A part of snapshots that nothing opens any more."""

    table: str
    rows: int
    fingerprint: str
    key: str
    file: str


@dataclass(frozen=True)
class Certificate:
    """What was destroyed of one feed, under which order, on which day, and by whom.

    kind: `feed` destroys everything kept of it; `records` destroys all parts that held the named
    records, of which `replaced_by` is the snapshot without them. `keys` names every key that was
    destroyed, those of the agency's numbers among them. `snapshots` cannot be opened any more.
    `removed` are the paths below `out/` of what was made of the records and went with them; `kept`
    is what was made of them and stays, each with why.
    """

    number: int
    previous: str | None
    kind: Literal["feed", "records"]
    feed: str
    order: str
    on: str
    by: str
    parts: tuple[DestroyedPart, ...]
    keys: tuple[str, ...]
    snapshots: tuple[str, ...]
    records: tuple[str, ...] = ()
    replaced_by: str | None = None
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What names it, and what the next one is chained to."""
        return fingerprint(self.as_plain())

    def as_plain(self) -> Mapping[str, object]:
        """The certificate as plain values.

        What was made of the records is left out where nothing was, as in certificates from before
        it was looked for.
        """
        plain = {"format": FORMAT, **asdict(self)}
        return {key: value for key, value in plain.items() if value or key not in _MAY_BE_MISSING}

    def as_bytes(self) -> bytes:
        """The file that is kept."""
        return json_bytes({"certificate": self.as_plain(), "fingerprint": self.fingerprint})


def certificates_folder(folder: DealFolder) -> Path:
    """Where the certificates of a deal lie."""
    return folder.out / "certificates"


def certificates(folder: DealFolder) -> tuple[Certificate, ...]:
    """Every certificate of a deal, in order, the chain between them checked."""
    home = certificates_folder(folder)
    found = [read_certificate(path) for path in sorted(home.glob("[0-9]*.json"))]
    previous: str | None = None
    for position, one in enumerate(found, 1):
        if one.number != position or one.previous != previous:
            raise Refusal(
                Problem(
                    f"The chain of certificates is broken at number {position}: one is missing or "
                    "was exchanged.",
                    "Put the originals back.",
                    Place(str(home)),
                )
            )
        previous = one.fingerprint
    return tuple(found)


def read_certificate(path: Path) -> Certificate:
    """A certificate as it was written; refuses one that was changed."""
    plain = read_json(path)
    try:
        assert isinstance(plain, dict)
        body = dict(plain["certificate"])
        assert body.pop("format") == FORMAT
        parts = tuple(DestroyedPart(**part) for part in body.pop("parts"))
        for name in ("keys", "snapshots", "records"):
            body[name] = tuple(body[name])
        for name in _MAY_BE_MISSING:
            body[name] = tuple(body.get(name, ()))
        found = Certificate(parts=parts, **body)
        assert found.fingerprint == plain["fingerprint"]
    except (AssertionError, KeyError, TypeError, AttributeError):
        raise Refusal(
            Problem(
                "This certificate was changed after it was written: its content and its checksum "
                "do not agree.",
                "Put the original back; records of this kind are never edited.",
                Place(str(path)),
            )
        ) from None
    return found


def what_destroyed(folder: DealFolder, snapshot: str) -> tuple[Problem, ...]:
    """Why a snapshot cannot be opened any more: a sentence for each order that destroyed of it.

    Empty where nothing of it was destroyed, or where the same records were brought in again since.
    """
    return tuple(
        Problem(
            f"The records of {one.feed} in this snapshot were destroyed under {one.order} on "
            f"{one.on}.",
            "Nothing brings them back; statements stand on the determinations made from them.",
            Place(str(certificates_folder(folder) / f"{one.number:04d}.json")),
        )
        for one in certificates(folder)
        if snapshot in one.snapshots and not _is_back(folder, snapshot, one)
    )


def what_removed(folder: DealFolder, path: Path) -> Problem | None:
    """Why a file below `out/` is gone, where an order took it away; none for any other."""
    try:
        name = str(path.resolve().relative_to(folder.out.resolve()))
    except ValueError:
        return None
    for one in certificates(folder):
        if name in one.removed:
            return Problem(
                f"The rows by person of this run were destroyed with the records of {one.feed}, "
                f"under {one.order} on {one.on}.",
                "Run again on the records that are left, or sign the totals alone: name "
                "results.json in the run's folder.",
                Place(str(certificates_folder(folder) / f"{one.number:04d}.json")),
            )
    return None


def _is_back(folder: DealFolder, snapshot: str, certificate: Certificate) -> bool:
    """Whether the snapshot lies there under other keys than those that were destroyed."""
    from payforsuccess.store import read_manifest

    home = folder.out / "snapshots" / snapshot.removeprefix("sha256:")
    if not (home / "snapshot.json").is_file():
        return False
    return not {part.key for part in read_manifest(home).parts} & set(certificate.keys)
