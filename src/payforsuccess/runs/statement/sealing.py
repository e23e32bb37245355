"""A record that was sealed or expunged: a snapshot without it, made so that no kill undoes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.runs.folder import DealFolder

if TYPE_CHECKING:
    from payforsuccess.store import Snapshot, Vault

SEALING = "sealing.json"
_RECORD = re.compile(r"(?:(?P<file>[^:]+)/)?(?P<row>[1-9][0-9]*)")


def kept_snapshots(folder: DealFolder) -> list[Snapshot]:
    """Every snapshot of the deal, the oldest first; parts may be destroyed already."""
    from payforsuccess.store import read_manifest

    manifests = (folder.out / "snapshots").glob("*/snapshot.json")
    return [read_manifest(path.parent) for path in sorted(manifests, key=_written)]


def refuse_unfinished(home: Path, feed: str, records: Sequence[str]) -> None:
    """Refuse anything else while a sealing that was killed half way waits to be done again."""
    if not (home / SEALING).exists():
        return
    plain = read_json(home / SEALING)
    assert isinstance(plain, dict)
    if (plain["feed"], plain["records"]) != (feed, list(records)):
        named = " ".join(f"--row {record}" for record in plain["records"])
        raise Refusal(
            Problem(
                sentence(
                    "An earlier command was killed before it had destroyed the records it was "
                    "to seal."
                ),
                sentence(
                    "Do it again first: pfs retire --feed {feed} {named}",
                    feed=str(plain["feed"]),
                    named=named,
                ),
                Place(str(home / SEALING)),
            )
        )


def without(
    folder: DealFolder,
    home: Path,
    vault: Vault,
    feed: str,
    records: Sequence[str],
    named: str | None,
) -> Snapshot:
    """A new snapshot without some rows of a feed, made from the one named or from the newest.

    What is begun is noted in `home` first: if this is killed before the old parts are destroyed,
    the same command goes on from the same snapshot, though it is no longer the newest.
    """
    from payforsuccess.store import open_store, write_without

    rows = _rows(records)
    chosen = _chosen(folder, home, named)
    note = {"feed": feed, "records": list(records), "snapshot": chosen.fingerprint}
    write_whole(home / SEALING, json_bytes(note))
    with open_store(vault=vault) as store:
        newer = write_without(chosen, feed, rows, store=store)
    if newer.fingerprint == chosen.fingerprint:
        (home / SEALING).unlink()
        raise Refusal(
            Problem(
                sentence("This snapshot holds none of these rows of {feed}.", feed=feed),
                sentence(
                    "Count the first row below the header as 1, and name the file where the "
                    "feed has several: file/row."
                ),
                Place(chosen.folder.name),
            )
        )
    return newer


def _chosen(folder: DealFolder, home: Path, named: str | None) -> Snapshot:
    if (home / SEALING).exists():
        plain = read_json(home / SEALING)
        assert isinstance(plain, dict)
        named = str(plain["snapshot"])
    name = named.removeprefix("sha256:") if named else ""
    chosen = [one for one in kept_snapshots(folder) if one.folder.name.startswith(name)]
    if chosen:
        return chosen[-1]
    raise Refusal(
        Problem(
            sentence("There is no such snapshot.")
            if named
            else sentence("No snapshot was made yet."),
            sentence("Name one that lies under out/snapshots/."),
            Place(str(folder.out / "snapshots")),
        )
    )


def _rows(records: Sequence[str]) -> list[tuple[str | None, int]]:
    """Records as file and row. Refuses those that are not named so."""
    found = [_RECORD.fullmatch(record) for record in records]
    problems = [
        Problem(
            sentence("The {number}. record is not named by its row.", number=number),
            sentence(
                "Name each by its row in the agency's file, the first below the header being "
                "1, or file/row where the feed has several files; never by what it holds."
            ),
        )
        for number, match in enumerate(found, 1)
        if match is None
    ]
    if problems:
        raise Refusal(problems)
    return [(match["file"], int(match["row"])) for match in found if match]


def _written(manifest: Path) -> tuple[int, str]:
    return manifest.stat().st_mtime_ns, manifest.parent.name
