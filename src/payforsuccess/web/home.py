"""Where one installation keeps its state, and the secrets that lie there.

The folder (`PFS_HOME`, or `pfs-home` where the command runs) holds the SQLite database, the deals'
folders, uploads and two secrets. Only its owner may read it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OWNER_ALONE = 0o077
"""The mask of what is written: nobody but the account of the server reads a file or a folder."""
KEYS = ("session.key", "fields.key", "index.key")
"""The secrets of an installation: of sessions, of locked fields, and of the index of names."""


def home_folder() -> Path:
    """The folder of state, made if it is missing."""
    home = Path(os.environ.get("PFS_HOME", "pfs-home")).resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def secret(home: Path, name: str, *, make: bool) -> str:
    """A secret in a file of its own, drawn once where `make` allows it.

    In production nothing is drawn in passing: a key that appears by itself after a restore would
    make every locked field unreadable without anybody noticing.
    """
    path = home / name
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        if not make:
            raise ImproperlyConfigured(
                f"{name} is missing in the folder PFS_HOME. Put the key back from its keeper; "
                "for a new installation run `python -m payforsuccess.web newkeys`."
            ) from None
    return write_secret(path, secrets.token_urlsafe(48))


def new_keys() -> str:
    """Draw the keys that are missing, before there are settings; says which, and what to do."""
    home = home_folder()
    drawn = [name for name in KEYS if not (home / name).exists()]
    for name in drawn:
        write_secret(home / name, secrets.token_urlsafe(48))
    if not drawn:
        return f"All keys are in {home}; nothing was drawn."
    return f"Drew {', '.join(drawn)} in {home}. Give a copy of each to its keeper now."


def write_secret(path: Path, text: str) -> str:
    """Write a secret that its owner alone may read; refuses a file that is there already."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was first
        return path.read_text("ascii").strip()
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(text + "\n")
    return text


def database(url: str | None, home: Path) -> dict[str, object]:
    """Django's settings of the database: `postgresql://user:password@host/name`, or SQLite.

    SQLite takes the lock of a writer when a transaction begins (IMMEDIATE), in write-ahead mode and
    with a time to wait: with Django's usual settings 54 of 600 writers at once failed.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "web.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            "PFS_DATABASE names neither PostgreSQL nor nothing. Write "
            "postgresql://user:password@host/name, or leave it out for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
