"""The pages of `pages.py` on a server of their own, and a browser that looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser

from tests.web.looking import a_browser


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def own_pages() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.web.ui.pages"):
        yield


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the pages."""
    with override_settings(ROOT_URLCONF="tests.web.ui.pages"):
        server: WSGIServer = make_server(
            "127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent
        )
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium, shut before other tests' is opened."""
    with a_browser() as opened:
        yield opened
