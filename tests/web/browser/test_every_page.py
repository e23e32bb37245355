"""Every page that anyone can reach by links: open to all, silent, and within the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error

from payforsuccess.web.demo.cast import MEMBERS
from tests.web.browser.visit import Visit

pytestmark = pytest.mark.needs(program="chromium", package="chromium")

EVERYONE = [member.username for member in MEMBERS]
SAME = re.compile(r"/(?:[23456789abcdefghjkmnpqrstuvwxyz]{12}|\d+)(?=/)")
QUICK = ["jail", "case", "auditor"]


def pages_of(visit: Visit, username: str) -> list[str]:
    """One address of each kind that links lead to from the person's first page."""
    visit.sign_in(username)
    waiting, kinds, found = visit.links(), {SAME.sub("/x", "/")}, ["/"]
    while waiting:
        path = waiting.pop(0)
        kind = SAME.sub("/x", path)
        if kind in kinds or path.startswith(("/sign-in/", "/static/")):
            continue
        kinds.add(kind)
        try:
            status = visit.go(path)
        except Error as error:
            assert "Download is starting" in error.message, path  # a link to a file, and no page
            continue
        assert status == 200, f"a link leads to {path}, which answers {status}"
        found.append(path)
        waiting += visit.links()
    return found


@pytest.mark.parametrize("username", QUICK)
def test_the_pages_of_a_role_are_open_to_all(visit: Visit, username: str) -> None:
    for path in pages_of(visit, username):
        visit.go(path)
        assert visit.violations() == [], path


@pytest.mark.deep
@pytest.mark.parametrize("username", EVERYONE)
def test_every_page_is_open_to_all_at_every_width(visit: Visit, username: str) -> None:
    for path in pages_of(visit, username):
        for width in (1280, 768, 360):
            visit.page.set_viewport_size({"width": width, "height": 900})
            visit.go(path)
            assert visit.violations() == [], f"{path} at {width}"
        visit.page.set_viewport_size({"width": 320, "height": 900})
        visit.go(path)
        assert visit.sticking_out() == [], f"{path} at 320"
