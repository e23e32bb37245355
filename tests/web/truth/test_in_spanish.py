"""No English sentence stands on a page in Spanish, but for what people and the deal wrote."""

from __future__ import annotations

import html
import re

import pytest

from payforsuccess.governance.roles.roles import ROLES
from tests.web.cast import Cast
from tests.web.truth.crawl import pages
from tests.web.truth.lively import at_ten, lively

ENGLISH = re.compile(
    r"\b(the|of|is|are|was|were|and|not|with|by|for|who|what|from|has|have|its|after|each|paid)\b",
    re.IGNORECASE,
)
OWN = (" of lively", "Call the landlord", "People who moved into a home", "To determine the out")
"""Names, a worker's words, and the deal's own: they stay as they were written."""
FIRST = ("case-manager", "coordinator", "payor")


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", at_ten)
    return lively()


def english_in(page: str) -> set[str]:
    """Texts of a page with two English words or more, outside of what says that it is English."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    texts = re.findall(r">\s*([^<>]+?)\s*<", page)
    texts += re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]+)"', page)
    said = {html.unescape(text) for text in texts}
    return {
        text
        for text in said
        if len(ENGLISH.findall(text)) > 1 and not any(own in text for own in OWN)
    }


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in FIRST else (pytest.mark.deep,))
        for role in ROLES
        if role != "public"
    ],
)
def test_pages_in_spanish_say_nothing_in_english(county: Cast, role: str) -> None:
    client = county.sign_in(role, fresh=True)
    client.cookies["django_language"] = "es"
    found = {(seen.url, text) for seen in pages(client) for text in english_in(seen.text)}

    assert sorted(found) == []
