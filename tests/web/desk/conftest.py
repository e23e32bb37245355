"""One match for all tests of it: it takes a while and is never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.cast import Cast
from tests.web.desk.matching import a_matched_cast, match_once


@pytest.fixture(scope="session")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was matched once."""
    return match_once(tmp_path_factory.mktemp("matched"))


@pytest.fixture
def matched_county(db: None, matched: Path) -> Cast:
    """An initiative on a copy of it."""
    return a_matched_cast(matched)
