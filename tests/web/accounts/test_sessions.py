"""A session ends half an hour after the last page that somebody opened (threat 11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess import web
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
POLL = {"HX-Request": "true", "PFS-Poll": "yes"}
Later = Callable[[int], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Puts the clock of the application so many minutes on."""
    began, minutes = timezone.now(), 0

    def go_on(more: int) -> None:
        nonlocal minutes
        minutes += more

    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(minutes=minutes))
    return go_on


def is_signed_in(client: Client, county: Cast) -> bool:
    return client.get(reverse("jobs:list", args=[county.slug])).status_code == 200


def test_half_an_hour_without_a_page_ends_the_session(county: Cast, later: Later) -> None:
    assert settings.SESSION_COOKIE_AGE == 30 * 60 and settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    client = county.sign_in("data-steward")

    later(31)

    assert not is_signed_in(client, county)


def test_each_page_begins_the_half_hour_anew(county: Cast, later: Later) -> None:
    client = county.sign_in("data-steward")
    for _ in range(3):
        later(29)
        assert is_signed_in(client, county)

    later(31)
    assert not is_signed_in(client, county)


def test_what_a_page_asks_for_by_itself_keeps_nobody_signed_in(county: Cast, later: Later) -> None:
    client = county.sign_in("data-steward")
    asked = client.post(reverse("jobs:ask", args=[county.slug, "load"]))["Location"]
    for _ in range(3):
        later(9)
        assert client.get(f"{asked}progress/", headers=POLL).status_code == 200

    later(4)

    assert client.get(f"{asked}progress/", headers=POLL).status_code != 200
    assert not is_signed_in(client, county)


def test_every_page_that_asks_by_itself_says_so() -> None:
    asking = [
        (path.name, tag)
        for path in Path(web.__file__).parent.rglob("*.html")
        for tag in re.findall(r"<\w+[^<]*hx-trigger=\"every[^>]*>", path.read_text("utf-8"))
    ]

    assert len(asking) >= 3
    assert [name for name, tag in asking if '{"PFS-Poll": "yes"}' not in tag] == []
