"""The pages of `pages.py` on a server of their own, and a browser that looks at them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

os.environ.setdefault("PFS_MODE", "test")
os.environ.setdefault("PFS_HOME", tempfile.mkdtemp(prefix="pfs-home-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payforsuccess.web.settings")

import django

django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session", autouse=True)
def own_pages() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.web.ui.pages", ALLOWED_HOSTS=["*"]):
        yield


@pytest.fixture(scope="session")
def site(own_pages: None) -> Iterator[str]:
    """The address of the pages."""
    server: WSGIServer = make_server(
        "127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield started
        started.close()


