"""Installations of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.truth.homes import Home, copy_of, migrated


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """An installation with tables and nothing in them; copied, never written to."""
    with migrated(tmp_path_factory.mktemp("empty-home")) as home:
        yield home


@pytest.fixture
def own_home(empty_home: Home, tmp_path: Path) -> Iterator[Home]:
    """An installation of this test alone, on the database of the tests."""
    with copy_of(empty_home, tmp_path / "home") as home:
        yield home
