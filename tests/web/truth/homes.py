"""A home and a database of their own, for tests whose processes write and are killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Home:
    """An installation: its folder, and the environment in which its processes run."""

    folder: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A Python process of this installation; what it says can be read, and it can be told."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, timeout: float | None = None) -> str:
        """What such a process said; a test fails where it does."""
        process = self.start(*arguments)
        said, complained = process.communicate(timeout=timeout)
        assert process.returncode == 0, complained[-4000:]
        return said


def on_postgresql() -> bool:
    """Whether the tests run on PostgreSQL."""
    return bool(os.environ.get("PFS_DATABASE"))


def environment_of(folder: Path, database: str | None) -> dict[str, str]:
    """What the processes of an installation find in their environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PFS_")}
    kept |= {
        "PFS_HOME": str(folder),
        "PFS_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "payforsuccess.web.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    return kept | ({"PFS_DATABASE": database} if database else {})


@contextmanager
def migrated(folder: Path) -> Iterator[Home]:
    """An empty installation with its tables, on the database of the tests."""
    with _database() as database:
        home = Home(folder, environment_of(folder, database))
        home.run("-m", "payforsuccess.web", "migrate", "-v0")
        yield home


@contextmanager
def copy_of(template: Home, folder: Path) -> Iterator[Home]:
    """Another installation like it, which nobody else writes to."""
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    with _database(like=template.environment.get("PFS_DATABASE")) as database:
        yield Home(folder, environment_of(folder, database))


@contextmanager
def _database(like: str | None = None) -> Iterator[str | None]:
    """A database on the tests' server, gone afterwards; None for SQLite, which lies in the home."""
    if not on_postgresql():
        yield None
        return
    import psycopg

    server, name = os.environ["PFS_DATABASE"], f"truth_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}".encode())
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
