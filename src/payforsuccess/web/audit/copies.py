"""A copy of everything that is kept, and bringing it back; the keys stay with their keepers.

A copy is one tar file: the database, the folder `deals`, and a manifest with the checksum of each
file and the head of the log. Neither the keys of the installation nor a folder `vault` of a deal
goes into it, and no extract with rows about people: who finds a copy reads no locked field, no
locked part, and nobody's name. The folder `uploads` holds files that are just being looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from payforsuccess.errors import Problem, Refusal
from payforsuccess.web.audit.left_out import left_out_of
from payforsuccess.web.audit.queries import Chain, check_chain, has_entry

FOLDERS = ("deals",)
MANIFEST = "manifest.json"
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Copied:
    """What a copy holds: its files, and the log as it stood."""

    files: int
    chain: Chain


def back_up(to: Path) -> Copied:
    """Write a copy; refuses a file that is there already, and a log whose chain is broken.

    People may go on working. The database is copied at one instant, and the log in the copy may be
    longer than it was when its chain was checked. Files that come in after that are found by the
    log when it is next looked at, while none that it names can be missing.
    """
    if to.exists():
        raise Refusal([Problem(f"{to.name} is there already.", "Give the copy a new name.")])
    with tempfile.TemporaryDirectory(dir=to.parent) as made:
        folder = Path(made) / "copy"
        folder.mkdir()
        chain = check_chain()
        if not chain.is_whole:
            raise Refusal(
                [
                    Problem(
                        f"The log is broken at entry {chain.broken_at}.",
                        "Keep the older copies, and tell Counsel and the Auditor-Controller.",
                    )
                ]
            )
        _dump(folder / DUMPS[connection.vendor])
        for name in FOLDERS:
            if (source := Path(settings.HOME) / name).is_dir():
                shutil.copytree(source, folder / name, ignore=left_out_of(source))
        files = {str(path.relative_to(folder)): _digest(path) for path in _files(folder)}
        manifest = {
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "log": {"length": chain.length, "head": chain.head},
            "files": files,
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        beside = Path(made) / "copy.tar.gz"  # nobody else may look into this folder
        with tarfile.open(beside, "w:gz") as tar:
            tar.add(folder, arcname=".")
        beside.chmod(0o600)
        beside.replace(to)
    return Copied(len(files), chain)


def bring_back(source: Path) -> Copied:
    """Restore a copy into an empty database and an empty home, and prove that it is whole.

    Refuses a copy with a file that its manifest does not describe, one of the other database, and
    a home or database that holds something.
    """
    with tempfile.TemporaryDirectory(dir=settings.HOME) as made:
        folder = Path(made)
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        problems = [*_against(folder, manifest), *_not_empty()]
        if problems:
            raise Refusal(problems)
        _load(folder / DUMPS[connection.vendor])
        for name in FOLDERS:
            if (folder / name).is_dir():
                shutil.move(folder / name, Path(settings.HOME) / name)
    chain = check_chain()
    if not chain.is_whole or not has_entry(**manifest["log"]):
        raise Refusal(
            [
                Problem(
                    "The log that came back is not the log that was copied.",
                    "Use another copy, and keep this one to find out why.",
                )
            ]
        )
    return Copied(len(manifest["files"]), chain)


def _against(folder: Path, manifest: dict[str, object]) -> Iterator[Problem]:
    found = {str(path.relative_to(folder)): _digest(path) for path in _files(folder)}
    found.pop(MANIFEST, None)
    if found != manifest["files"]:
        yield Problem("The copy is damaged: a file is not as it was.", "Use another copy.")
    if manifest["database"] != connection.vendor:
        yield Problem(
            f"The copy is of {manifest['database']}, and here is {connection.vendor}.",
            "Set PFS_DATABASE as it was where the copy was made.",
        )


def _not_empty() -> Iterator[Problem]:
    if connection.introspection.table_names():
        yield Problem("The database is not empty.", "Restore into a new, empty one.")
    connection.close()
    for name in FOLDERS:
        if (folder := Path(settings.HOME) / name).is_dir() and any(folder.iterdir()):
            yield Problem(f"The folder {name} is not empty.", "Restore into a new, empty PFS_HOME.")
        elif folder.is_dir():
            folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _dump(to: Path) -> None:
    """The database at one instant, while others go on writing."""
    if connection.vendor == "postgresql":
        _postgresql("pg_dump", "--format=custom", "--no-owner", "--file", str(to), _name())
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as target:
        connection.connection.backup(target)


def _load(source: Path) -> None:
    if connection.vendor == "postgresql":
        _postgresql(
            "pg_restore",
            *("--no-owner", "--single-transaction", "--exit-on-error"),
            *("--dbname", _name(), str(source)),
        )
        return
    database = Path(_name())
    for left in (database, *(database.with_name(f"{database.name}{end}") for end in ENDS)):
        left.unlink(missing_ok=True)  # the empty file that looking for tables has made
    shutil.move(source, database)
    database.chmod(0o600)


ENDS = ("-wal", "-shm")


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _postgresql(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the password goes through the environment alone."""
    found = shutil.which(program) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))[::-1]), None
    )
    if found is None:
        raise Refusal([Problem(f"{program} is missing.", "Install the package postgresql-client.")])
    said = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(said[key]) for name, key in names.items() if said.get(key)}
    done = subprocess.run(
        [found, *arguments], env={**os.environ, **given}, capture_output=True, text=True
    )
    if done.returncode:
        raise Refusal(
            [Problem(f"{program} failed: {done.stderr.strip()}", "Put that right first.")]
        )
