"""A made-up county on a server of its own, and a browser that opens it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from payforsuccess.web.demo.cast import PASSWORD
from tests.web.browser.visit import Visit

PEOPLE = "30"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a seeded county, served as `make serve` serves it."""
    home = tmp_path_factory.mktemp("county")
    environment = {**os.environ, "PFS_HOME": str(home), "PFS_MODE": "demo"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "payforsuccess.web"]
    for step in (["migrate", "-v0"], ["seed", "--people", PEOPLE]):
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
    """Until the server says where it is, and a moment for its worker."""
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        if "Open http" in log.read_text():
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's browser."""
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(county: str, chromium: Browser) -> Iterator[Visit]:
    """A visitor of the county whose console must stay silent."""
    visitor = Visit(county, chromium, PASSWORD)
    yield visitor
    visitor.close()
    assert visitor.said == []
