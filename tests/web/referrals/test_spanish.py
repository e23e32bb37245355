"""Spanish: every sentence of the pages of referrals has its own, also those over several lines."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.test import Client

import payforsuccess.web
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

WEB = Path(payforsuccess.web.__file__).parent
ALIKE = {"No", "%(what)s: %(name)s.", "%(first)s: %(n)s. %(last)s: %(m)s."}
"""The same in both languages."""


def sentences(app: str) -> set[str]:
    """Every sentence that a template or a module of an app marks, but for plurals."""
    found: set[str] = set()
    for path in (WEB / app).rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%\s*translate\s+[\"']([^\"']+)[\"']", text))
    for path in (WEB / app).rglob("*.py"):
        text = path.read_text("utf-8")
        for said in re.findall(r"\b(?:_|gettext_lazy)\(\s*((?:\"[^\"]+\"\s*)+)\)", text):
            found.add("".join(re.findall(r"\"([^\"]+)\"", said)))
    return found


@pytest.mark.parametrize("app", ["people", "referrals"])
def test_every_sentence_has_its_spanish(app: str) -> None:
    spanish = gettext.translation("django", WEB / app / "locale", ["es"])
    said = sentences(app)

    assert len(said) > 200
    assert sorted(s for s in said - ALIKE if spanish.gettext(s) == s) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["jail-liaison", "case-manager"])
def test_a_page_in_spanish_says_nothing_in_english(role: str) -> None:
    cast: Cast = by_answer()
    referral = referred(cast)
    browser: Client = cast.sign_in(role)
    english = sentences("referrals") - ALIKE
    for page in ("", "new/", f"{referral.public_id}/", f"{referral.public_id}/release/"):
        html = browser.get(
            f"/answers/referrals/{page}", headers={"accept-language": "es"}
        ).content.decode()
        words = set(re.findall(r">\s*([^<>]+?)\s*<", html.split("<main")[-1]))
        assert sorted(words & english) == [], page
