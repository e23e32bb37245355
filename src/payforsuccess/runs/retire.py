"""Destroy what is kept of a feed, or of single records of it, and leave a certificate."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.certificates import (
    Certificate,
    DestroyedPart,
    certificates,
    certificates_folder,
    read_certificate,
)
from payforsuccess.runs.files import locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.retention import holds_on
from payforsuccess.store.writing import sync_folder

if TYPE_CHECKING:
    from payforsuccess.store import KeptPart, Snapshot, Vault

PENDING = "under-way.json"
_RECORD = re.compile(r"(?:(?P<file>[^:]+)/)?(?P<row>[1-9][0-9]*)")


@dataclass(frozen=True)
class Retired:
    """The certificate, where it lies, and the extract that still lies open, if there is one."""

    certificate: Certificate
    path: Path
    extract: Path | None

    def __str__(self) -> str:
        one = self.certificate
        what = "everything kept of" if one.kind == "feed" else "the old parts of"
        lines = [
            f"Destroyed {what} {one.feed} under {one.order} on {one.on}: {len(one.parts)} "
            f"part{'' if len(one.parts) == 1 else 's'}, {len(one.keys)} "
            f"key{'' if len(one.keys) == 1 else 's'}.",
        ]
        if one.replaced_by:
            lines.append(f"Snapshot without the records: {one.replaced_by}")
        lines.append(f"Certificate {one.number}: {self.path}")
        if self.extract is not None:
            lines.append(
                f"The agency's own file is not ours to destroy and still lies open: {self.extract}"
            )
        lines.append("Statements stand on the determinations made from these records.")
        return "\n".join(lines)

    __repr__ = __str__


def retire(
    path: DealPath,
    *,
    feed: str,
    order: str,
    by: str,
    on: date,
    as_of: date,
    records: Sequence[str] = (),
    snapshot: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Retired:
    """Destroy the keys of a feed for good, or of the parts that hold single records of it.

    order: what demands it, in words that may stand in public. by: who does it. on: the day it is
    done, not after `as_of`, today. records: rows of the agency's file, as `row` or `file/row`; a
    new snapshot is made without them, from `snapshot` or the newest, and every other part of the
    feed is destroyed, since it may hold them too. Refuses under a legal hold, for a feed that is
    not locked, and where nothing is kept. Killed half way, the next call finishes it first.
    """
    from payforsuccess.store import open_vault

    folder = open_folder(path)
    deal = folder.history().latest
    source = _source(deal, feed)
    _refuse(deal, source, order=order, by=by, on=on, as_of=as_of)
    home = certificates_folder(folder)
    with locked(home):
        vault = open_vault(folder.vault)
        _finish(folder, vault)
        before = certificates(folder)
        newer: Snapshot | None = None
        if records:
            newer = _without(folder, vault, feed, _rows(records), snapshot)
        doomed, snapshots = _doomed(folder, vault, feed, newer)
        keys = _keys(deal, vault, feed, doomed, is_whole=newer is None)
        if not keys:
            raise Refusal(
                Problem(
                    f"Nothing is kept of {feed} that could be destroyed.",
                    "See the certificates under out/certificates/; it may be destroyed already.",
                    Place(str(folder.out)),
                )
            )
        certificate = Certificate(
            number=len(before) + 1,
            previous=before[-1].fingerprint if before else None,
            kind="records" if newer else "feed",
            feed=feed,
            order=order,
            on=on.isoformat(),
            by=by,
            parts=tuple(
                DestroyedPart(part.table, part.rows, part.fingerprint, str(part.key), part.file)
                for part in doomed
            ),
            keys=keys,
            snapshots=snapshots,
            records=tuple(records),
            replaced_by=newer.fingerprint if newer else None,
        )
        write_whole(home / PENDING, certificate.as_bytes())
        _finish(folder, vault)
    tell(f"destroyed {len(keys)} keys of {feed}")
    extract = folder.root / source.path
    place = home / f"{certificate.number:04d}.json"
    return Retired(certificate, place, extract if extract.exists() else None)


def _source(deal: Deal, feed: str) -> DataSource:
    for source in deal.data:
        if source.feed == feed:
            return source
    known = ", ".join(source.feed for source in deal.data) or "none"
    raise Refusal(
        Problem(f"The deal has no feed {feed}.", f"Its feeds are: {known}.", deal.place_of("data"))
    )


def _refuse(deal: Deal, source: DataSource, *, order: str, by: str, on: date, as_of: date) -> None:
    """Refuse, with everything that is wrong, what may not be destroyed."""
    problems = list(holds_on(deal, source.feed, first=on, last=as_of))
    if source.agreement is None:
        problems.append(
            Problem(
                f"{source.feed} is public, so it is not locked and has no key to destroy.",
                "Delete its files, where they are not wanted.",
                deal.place_of("data", deal.data.index(source)),
            )
        )
    if on > as_of:
        problems.append(
            Problem(f"{on} lies ahead.", "Give the day on which it is done, today or before.")
        )
    for name, said in (("order", order), ("by", by)):
        if not said.strip():
            problems.append(Problem(f"The certificate needs `--{name}`.", "Give it in words."))
    if problems:
        raise Refusal(problems)


def _snapshots(folder: DealFolder) -> list[Snapshot]:
    """Every snapshot of the deal, the oldest first; parts may be destroyed already."""
    from payforsuccess.store import read_manifest

    manifests = (folder.out / "snapshots").glob("*/snapshot.json")
    return [read_manifest(path.parent) for path in sorted(manifests, key=_written)]


def _written(manifest: Path) -> tuple[int, str]:
    return manifest.stat().st_mtime_ns, manifest.parent.name


def _doomed(
    folder: DealFolder, vault: Vault, feed: str, newer: Snapshot | None
) -> tuple[tuple[KeptPart, ...], tuple[str, ...]]:
    """The parts of the feed to be destroyed, all but those of `newer`, and whose they are."""
    spared = {part.key for part in newer.parts} if newer else set()
    parts: dict[str, KeptPart] = {}
    snapshots = []
    for snapshot in _snapshots(folder):
        found = [
            part
            for part in snapshot.parts
            if part.feed == feed and part.key and part.key not in spared and vault.has(part.key)
        ]
        parts.update({str(part.key): part for part in found})
        if found:
            snapshots.append(snapshot.fingerprint)
    return tuple(parts[key] for key in sorted(parts)), tuple(snapshots)


def _keys(
    deal: Deal, vault: Vault, feed: str, doomed: Sequence[KeptPart], *, is_whole: bool
) -> tuple[str, ...]:
    """The keys to destroy: for a whole feed all it has, but for numbers that others share."""
    if not is_whole:
        return tuple(str(part.key) for part in doomed)
    shared = any(s.numbers_of == feed and s.feed != feed for s in deal.data)
    return tuple(
        name for name in vault.keys_of(feed) if not (shared and name.startswith(f"{feed}/numbers-"))
    )


def _rows(records: Sequence[str]) -> list[tuple[str | None, int]]:
    """Records as file and row."""
    found = [_RECORD.fullmatch(record) for record in records]
    problems = [
        Problem(
            f"The {number}. record is not named by its row.",
            "Name each by its row in the agency's file, the first below the header being 1, or "
            "file/row where the feed has several files; never by what it holds.",
        )
        for number, match in enumerate(found, 1)
        if match is None
    ]
    if problems:
        raise Refusal(problems)
    return [(match["file"], int(match["row"])) for match in found if match]


def _without(
    folder: DealFolder,
    vault: Vault,
    feed: str,
    rows: Sequence[tuple[str | None, int]],
    named: str | None,
) -> Snapshot:
    """A new snapshot without some rows of a feed."""
    from payforsuccess.store import open_store, write_without

    found = _snapshots(folder)
    name = named.removeprefix("sha256:") if named else None
    chosen = [s for s in found if name is None or s.folder.name.startswith(name)]
    if not chosen:
        raise Refusal(
            Problem(
                "There is no such snapshot." if name else "No snapshot was made yet.",
                "Name one that lies under out/snapshots/.",
                Place(str(folder.out / "snapshots")),
            )
        )
    with open_store(vault=vault) as store:
        newer = write_without(chosen[-1], feed, rows, store=store)
    if newer.fingerprint == chosen[-1].fingerprint:
        raise Refusal(
            Problem(
                f"The newest snapshot holds none of these rows of {feed}."
                if name is None
                else f"This snapshot holds none of these rows of {feed}.",
                "Count the first row below the header as 1, and name the file where the feed has "
                "several: file/row.",
                Place(chosen[-1].folder.name),
            )
        )
    return newer


def _finish(folder: DealFolder, vault: Vault) -> None:
    """Carry out what a certificate under way says, if there is one, and put it with the others."""
    home = certificates_folder(folder)
    pending = home / PENDING
    if not pending.exists():
        return
    certificate = read_certificate(pending)
    vault.destroy(certificate.keys, order=certificate.order, on=certificate.on)
    for part in certificate.parts:
        (folder.out / "snapshots" / "parts" / part.file).unlink(missing_ok=True)
    pending.rename(home / f"{certificate.number:04d}.json")
    sync_folder(home)
