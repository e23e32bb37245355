"""Run a command beside a PostgreSQL of its own: `python -m tests.web.postgresql COMMAND ...`.

The server is made from the machine's binaries in a temporary folder, listens on a socket in it and
on no network, and is gone with the command. PFS_DATABASE names it to the command.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def binaries() -> Path | None:
    """Where the newest server's programs lie; None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _version(path: Path) -> float:
    return float(path.parents[1].name)


def _as_owner(folder: Path) -> list[str]:
    """How to run the server's programs: it refuses root, who lends it to the user `postgres`."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database on a server that lives as long as the block."""
    programs = binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is missing; install the system package postgresql.")
    folder = Path(tempfile.mkdtemp(prefix="pfs-postgresql-"))
    lend = _as_owner(folder)
    data = folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    try:
        subprocess.run(
            [*lend, str(programs / "initdb"), "-D", str(data), "-U", "pfs", "-A", "trust", "-N"],
            **quiet,  # type: ignore[call-overload]
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        start = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options]
        subprocess.run([*lend, *start, "-l", str(folder / "log"), "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield f"postgresql://pfs@{quote(str(folder), safe='')}/postgres"
        finally:
            subprocess.run([*lend, *start, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the command given, with the database in its environment."""
    with server() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "PFS_DATABASE": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
