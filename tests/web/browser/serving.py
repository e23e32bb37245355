"""A made-up county on a server of its own, as `make serve` serves it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_county(home: Path, *, people: int) -> Iterator[str]:
    """The address of a county with so many people referred, in a folder of its own."""
    environment = {**os.environ, "PFS_HOME": str(home), "PFS_MODE": "demo"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("PFS_DATABASE", None)
    command = [sys.executable, "-m", "payforsuccess.web"]
    for step in (["migrate", "-v0"], ["seed", "--people", str(people)]):
        done = subprocess.run([*command, *step], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    port = a_free_port()
    log = (home / "server.log").open("w")
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(home / "server.log", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(log: Path, server: subprocess.Popen[bytes]) -> None:
    """Until the server says where it is."""
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        if "Open http" in log.read_text():
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())
