"""Start the web application as a process of its own: this room never loads it."""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from payforsuccess.errors import Place, Problem, Refusal

NEEDED = ("django", "allauth", "gunicorn")
HIGHEST_PORT = 65_535
FIRST_KEY = "session.key"
"""One of the keys that an installation for real people has before it starts."""


def serve_arguments(*, host: str, port: int, workers: int) -> list[str]:
    """The command line of the server; refuses a port and a number of processes that cannot be."""
    problems = []
    if not 1 <= port <= HIGHEST_PORT:
        problems.append(
            Problem(f"There is no port {port}.", f"Give one from 1 to {HIGHEST_PORT:,}.")
        )
    if workers < 1:
        problems.append(Problem(f"{workers} processes answer nobody.", "Give 1 or more."))
    if problems:
        raise Refusal(problems)
    command = [sys.executable, "-m", "payforsuccess.web", "serve"]
    return [*command, "--host", host, "--port", str(port), "--workers", str(workers)]


def serve(*, home: Path, is_demo: bool, host: str, port: int, workers: int) -> NoReturn:
    """Become the server of the application whose state lies in `home`.

    is_demo: make a made-up county there first, if there is none. An installation for real people
    takes the rest of its settings from the environment, as the page on installing says. Refuses
    where the extra `web` is missing, a made-up county where real keys lie, real people where no
    keys do, and a port at which something listens already.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise Refusal(
            Problem(
                "The packages of the web application are missing.",
                "Install them: pip install 'payforsuccess[analysis,documents,web]'.",
            )
        )
    arguments = serve_arguments(host=host, port=port, workers=workers)
    if home.exists() and not home.is_dir():
        raise Refusal(
            Problem("This is a file, not a folder.", "Name a folder with --home.", Place(str(home)))
        )
    mode = "demo" if is_demo else "production"
    made_as = home / "mode"
    if made_as.is_file() and made_as.read_text("utf-8").strip() != mode:
        raise Refusal(
            Problem(
                f"This folder was made for the mode {made_as.read_text('utf-8').strip()}.",
                "Name another folder with --home: made-up and real people never share one.",
                Place(str(home)),
            )
        )
    if not is_demo and not (home / FIRST_KEY).is_file():
        raise Refusal(
            Problem(
                "The keys of this installation are missing.",
                "Put them back from their keeper. For a new installation draw them once: "
                f"PFS_HOME={home} python -m payforsuccess.web newkeys. With --demo, a made-up "
                "county needs none.",
                Place(str(home)),
            )
        )
    _refuse_taken(host, port)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_as.write_text(f"{mode}\n", "utf-8")
    environment = {**os.environ, "PFS_HOME": str(home), "PFS_MODE": mode}
    os.execve(arguments[0], arguments, environment)


def _refuse_taken(host: str, port: int) -> None:
    """Refuse an address at which something listens, or that this computer does not have."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise Refusal(
                Problem(
                    f"Nothing new can listen at {host}, port {port}: {error.strerror}.",
                    "Stop what runs there, or choose another port with --port.",
                )
            ) from None
