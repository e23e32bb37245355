"""No English sentence stands on a page in Spanish, but for what people and the deal wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.demo.amended import SAYS
from payforsuccess.web.demo.cast import MEMBERS, PASSWORD
from tests.web.cast import Cast
from tests.web.truth.crawl import pages
from tests.web.truth.lively import at_ten, lively

ENGLISH = re.compile(
    r"\b(the|of|is|are|was|were|and|not|with|by|for|who|what|from|has|have|its|after|each|paid)\b",
    re.IGNORECASE,
)
OWN = (" of lively", "Call the landlord", "People who moved into a home", "To determine the out")
"""Names, a worker's words, and the deal's own: they stay as they were written."""
OF_THE_MADE_UP_COUNTY = (
    SAYS,
    "Bring the form for the bus pass",
    "To determine and evaluate the outcomes of this deal",
    "«Keep the books of capital»",
)
"""What its people wrote, and the title of a guide, beside what its deals say."""
FIRST = ("case-manager", "coordinator", "payor")


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", at_ten)
    return lively()


def english_in(page: str, *, but_for: Sequence[str] = ()) -> set[str]:
    """Texts of a page with two English words or more, outside of what says that it is English."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    texts = re.findall(r">\s*([^<>]+?)\s*<", page)
    texts += re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]+)"', page)
    said = {without(" ".join(html.unescape(text).split()), but_for) for text in texts}
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


def without(text: str, parts: Sequence[str]) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


def texts_of(node: object) -> Iterator[str]:
    """Every text of a file of YAML, in one line."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from texts_of(each)
    elif isinstance(node, str):
        yield " ".join(node.split())


@pytest.mark.deep
def test_the_made_up_county_in_spanish_says_nothing_in_english_but_what_its_deals_say(
    db: None,
) -> None:
    """Every page of every account, over a year and more of referrals, homes and money."""
    call_command("seed", people=40, stdout=StringIO())
    files = Path(settings.DEALS).rglob("*.yaml")
    own = {text for file in files for text in texts_of(yaml.safe_load(file.read_text("utf-8")))}
    own = {text for text in own if " " in text} | set(OF_THE_MADE_UP_COUNTY)
    found: set[tuple[str, str]] = set()
    for member in MEMBERS:
        client = Client()
        client.post("/sign-in/", {"login": member.username, "password": PASSWORD})
        client.cookies["django_language"] = "es"
        for seen in pages(client):
            if "language=en" not in seen.url:  # a page to print for whoever reads English
                longest_first = sorted(own, key=len, reverse=True)
                found |= {(seen.url, text) for text in english_in(seen.text, but_for=longest_first)}

    assert sorted(found) == []
