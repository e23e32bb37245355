"""A made-up county on a server of its own, and a browser that opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from payforsuccess.web.demo.cast import PASSWORD
from tests.web.browser.serving import a_county
from tests.web.browser.visit import CHROMIUM, QUIET, Visit

PEOPLE = 30


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a seeded county."""
    with a_county(tmp_path_factory.mktemp("county"), people=PEOPLE) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(county: str, chromium: Browser) -> Iterator[Visit]:
    """A visitor of the county whose console must stay silent."""
    visitor = Visit(county, chromium, PASSWORD)
    yield visitor
    visitor.close()
    assert visitor.said == []
