"""Destroy what is kept of a feed, or of single records of it, and leave a certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.data.certificates import (
    Certificate,
    DestroyedPart,
    certificates,
    certificates_folder,
    read_certificate,
)
from payforsuccess.runs.data.derived import derived_of, remove_derived
from payforsuccess.runs.data.last_load import FILE as LAST_LOAD
from payforsuccess.runs.data.order import order_problem
from payforsuccess.runs.data.retention import holds_on
from payforsuccess.runs.files import locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.link.key import LINKAGE_KEY
from payforsuccess.runs.statement.sealing import SEALING, kept_snapshots, refuse_unfinished, without
from payforsuccess.store.lock import alone_in
from payforsuccess.store.writing import sync_folder

if TYPE_CHECKING:
    from payforsuccess.store import KeptPart, Snapshot, Vault

PENDING = "under-way.json"


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
        lines += [
            f"Removed  out/{name}" + (f", what it said of {one.feed}" if name == LAST_LOAD else "")
            for name in one.removed
        ]
        lines += [f"Kept     {said}" for said in one.kept]
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

    order: what demands it, by its kind and its number or day: see `order_problem`. by: who does it.
    on: the day it is done, not after `as_of`, today. records: rows of the agency's file, as `row`
    or `file/row`; a new snapshot is made without them, from `snapshot` or the newest, and every
    other part of the feed is destroyed, since it may hold them too. What was made of the records
    and has rows by person goes with them; what must stay is named with why. Refuses under a legal
    hold, for a feed that is not locked, and where nothing is kept. Killed half way, the next call
    finishes it first. The feed `linkage-key` is the key of keyed filters, as `pfs link key` put it
    in escrow.
    """
    from payforsuccess.store import open_vault

    folder = open_folder(path)
    deal = folder.history().latest
    if feed == LINKAGE_KEY:
        return _retire_linkage_key(folder, deal, order=order, by=by, on=on, as_of=as_of)
    source = _source(deal, feed)
    _refuse(deal, source, order=order, by=by, on=on, as_of=as_of)
    home = certificates_folder(folder)
    with locked(home):
        vault = open_vault(folder.vault)
        _finish(folder, vault)
        refuse_unfinished(home, feed, records)
        newer = without(folder, home, vault, feed, records, snapshot) if records else None
        with alone_in(_parts_folder(folder)):  # no ingest may share a part that is going
            doomed, snapshots = _doomed(folder, vault, feed, newer)
            keys = _keys(deal, vault, feed, doomed, is_whole=newer is None)
            kind: Literal["feed", "records"] = "records" if newer else "feed"
            derived = derived_of(folder, feed, kind=kind, snapshots=snapshots)
            certificate = _certificate(
                certificates(folder),
                kind=kind,
                feed=feed,
                order=order,
                on=on.isoformat(),
                by=by,
                parts=tuple(_destroyed(part) for part in doomed),
                keys=keys,
                snapshots=snapshots,
                records=tuple(records),
                replaced_by=newer.fingerprint if newer else None,
                removed=derived.removed,
                kept=derived.kept,
            )
            write_whole(home / PENDING, certificate.as_bytes())
            _finish(folder, vault)
    tell(f"destroyed {len(keys)} keys of {feed}")
    extract = folder.root / source.path
    place = home / f"{certificate.number:04d}.json"
    return Retired(certificate, place, extract if extract.exists() else None)


def _retire_linkage_key(
    folder: DealFolder, deal: Deal, *, order: str, by: str, on: date, as_of: date
) -> Retired:
    """Destroy the key of keyed filters in the vault of its keeper; filters stay as they are."""
    from payforsuccess.store import open_vault

    plan = deal.linkage
    feeds = (plan.anchor, *plan.feeds) if plan is not None else ()
    held = [problem for feed in feeds for problem in holds_on(deal, feed, first=on, last=as_of)]
    problems = [*held, *_misstated(order=order, by=by, on=on, as_of=as_of)]
    if problems:
        raise Refusal(problems)
    home = certificates_folder(folder)
    with locked(home):
        vault = open_vault(folder.vault)
        _finish(folder, vault)
        certificate = _certificate(
            certificates(folder),
            kind="feed",
            feed=LINKAGE_KEY,
            order=order,
            on=on.isoformat(),
            by=by,
            parts=(),
            keys=vault.keys_of(LINKAGE_KEY),
            snapshots=(),
        )
        write_whole(home / PENDING, certificate.as_bytes())
        _finish(folder, vault)
    return Retired(certificate, home / f"{certificate.number:04d}.json", None)


def _certificate(before: Sequence[Certificate], **said: Any) -> Certificate:
    """The next certificate of the chain. Refuses one that destroys nothing."""
    if not said["keys"]:
        raise Refusal(
            Problem(
                f"Nothing is kept of {said['feed']} that could be destroyed.",
                "See the certificates under out/certificates/; it may be destroyed already.",
            )
        )
    previous = before[-1].fingerprint if before else None
    return Certificate(number=len(before) + 1, previous=previous, **said)


def _destroyed(part: KeptPart) -> DestroyedPart:
    return DestroyedPart(part.table, part.rows, part.fingerprint, str(part.key), part.file)


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
    problems += _misstated(order=order, by=by, on=on, as_of=as_of)
    if problems:
        raise Refusal(problems)


def _misstated(*, order: str, by: str, on: date, as_of: date) -> list[Problem]:
    """What a certificate cannot say."""
    problems = []
    if on > as_of:
        problems.append(
            Problem(f"{on} lies ahead.", "Give the day on which it is done, today or before.")
        )
    for name, said in (("order", order), ("by", by)):
        if not said.strip():
            problems.append(Problem(f"The certificate needs `--{name}`.", "Give it in words."))
    if order.strip() and (problem := order_problem(order)) is not None:
        problems.append(problem)
    if by.strip() and not (by.isprintable() and by.strip()[0].isalpha()):
        problems.append(Problem("The name in `--by` is none.", "Name who destroys the records."))
    return problems


def _doomed(
    folder: DealFolder, vault: Vault, feed: str, newer: Snapshot | None
) -> tuple[tuple[KeptPart, ...], tuple[str, ...]]:
    """The parts of the feed to be destroyed, all but those of `newer`, and whose they are."""
    spared = {part.key for part in newer.parts} if newer else set()
    parts: dict[str, KeptPart] = {}
    snapshots = []
    for snapshot in kept_snapshots(folder):
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


def _parts_folder(folder: DealFolder) -> Path:
    parts = folder.out / "snapshots" / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    return parts


def _finish(folder: DealFolder, vault: Vault) -> None:
    """Carry out what a certificate under way says, if there is one, and put it with the others."""
    home = certificates_folder(folder)
    pending = home / PENDING
    if not pending.exists():
        return
    certificate = read_certificate(pending)
    vault.destroy(certificate.keys, order=certificate.order, on=certificate.on)
    for part in certificate.parts:
        (_parts_folder(folder) / part.file).unlink(missing_ok=True)
    remove_derived(folder, certificate.feed, certificate.removed)
    pending.rename(home / f"{certificate.number:04d}.json")
    (home / SEALING).unlink(missing_ok=True)
    sync_folder(home)
