"""Pages that hold hostile strings, in a browser: nothing runs, and its console stays silent."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.web.cast import Cast
from tests.web.looking import SITE, a_page, answer_with
from tests.web.truth.crawl import pages
from tests.web.truth.hostile import MARK
from tests.web.truth.lively import at_ten, lively
from tests.web.truth.test_hostile import WRITING, sent

pytestmark = [pytest.mark.deep, pytest.mark.needs(program="chromium", package="chromium")]
READING = (*WRITING, "counsel", "data-steward", "link-reviewer", "coordinator", "provider")
COMPLAINTS = ("error", "warning")


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", at_ten)
    return lively()


def test_nothing_that_was_written_runs_in_a_browser(county: Cast) -> None:
    for role in WRITING:
        client = county.sign_in(role, fresh=True)
        for seen in list(pages(client)):
            for form in seen.forms:
                if form.written and form.method == "post":
                    list(sent(client, form))
    given = {
        role: {
            urlsplit(seen.url).path: seen.response
            for seen in pages(county.sign_in(role, fresh=True))
            if seen.text
        }
        for role in READING
    }
    said: list[str] = []

    with a_page() as page:
        page.on("console", lambda m: said.append(m.text) if m.type in COMPLAINTS else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.add_init_script(f"window.{MARK} = () => console.error('{MARK} ran')")
        for found in given.values():
            answer_with(page, found)
            for path in found:
                page.goto(f"{SITE}{path}")

    assert [text for text in said if not text.startswith("Failed to load resource")] == []
    assert sum(map(len, given.values())) > len(READING)
