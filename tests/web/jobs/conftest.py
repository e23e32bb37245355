"""An installation of its own, for tests that start processes."""

from __future__ import annotations

from tests.web.truth.conftest import empty_home, own_home

__all__ = ["empty_home", "own_home"]
