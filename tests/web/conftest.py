"""The casts that tests of the web share."""

from __future__ import annotations

import pytest

from tests.web.cast import Cast, make_cast


@pytest.fixture
def county(db: None) -> Cast:
    """The initiative of most tests."""
    return make_cast("homes", "Homes from Jail")


@pytest.fixture
def other_county(db: None) -> Cast:
    """Another initiative, to whose people nothing of the first exists."""
    return make_cast("elsewhere", "Homes Elsewhere")
