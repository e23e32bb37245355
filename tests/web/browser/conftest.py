"""A made-up county on a server of its own, and a browser that opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from payforsuccess.web.demo.cast import PASSWORD
from tests.web.browser.serving import a_county
from tests.web.browser.visit import Visit
from tests.web.looking import a_browser

PEOPLE = 30


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a seeded county."""
    with a_county(tmp_path_factory.mktemp("county"), people=PEOPLE) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, shut before other tests' is opened."""
    with a_browser() as opened:
        yield opened


@pytest.fixture
def visit(county: str, chromium: Browser) -> Iterator[Visit]:
    """A visitor of the county whose console must stay silent."""
    visitor = Visit(county, chromium, PASSWORD)
    yield visitor
    visitor.close()
    assert visitor.said == []
