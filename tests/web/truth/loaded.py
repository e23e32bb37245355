"""Settings of gunicorn for servers that are killed: workers forked with all pages loaded.

One worker takes the place of another at once, so that two hundred are killed in minutes.
"""

from __future__ import annotations

import importlib

preload_app = True


def when_ready(server: object) -> None:
    """Load what a worker otherwise loads for its first page."""
    importlib.import_module("payforsuccess.web.urls")
