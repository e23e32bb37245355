"""Spanish: every sentence of the pages of referrals has its own, also those over several lines."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.test import Client

import payforsuccess.web.referrals
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred

REFERRALS = Path(payforsuccess.web.referrals.__file__).parent
PO = REFERRALS / "locale" / "es" / "LC_MESSAGES" / "django.po"
ALIKE = {"No", "%(what)s: %(name)s.", "%(first)s: %(n)s. %(last)s: %(m)s."}
"""The same in both languages."""


def sentences() -> set[str]:
    """Every sentence that a template or a module marks for translation, but for plurals."""
    found: set[str] = set()
    for path in REFERRALS.rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%\s*translate\s+[\"']([^\"']+)[\"']", text))
    for path in REFERRALS.rglob("*.py"):
        text = path.read_text("utf-8")
        for said in re.findall(r"\b(?:_|gettext_lazy)\(\s*((?:\"[^\"]+\"\s*)+)\)", text):
            found.add("".join(re.findall(r"\"([^\"]+)\"", said)))
    return found


def test_every_sentence_has_its_spanish() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        spanish = gettext.GNUTranslations(file)
    said = sentences()

    assert len(said) > 200
    assert sorted(s for s in said - ALIKE if spanish.gettext(s) == s) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["jail-liaison", "case-manager"])
def test_a_page_in_spanish_says_nothing_in_english(role: str) -> None:
    cast: Cast = by_answer()
    referral = referred(cast)
    browser: Client = cast.sign_in(role)
    english = sentences() - ALIKE
    for page in ("", "new/", f"{referral.public_id}/", f"{referral.public_id}/release/"):
        html = browser.get(
            f"/answers/referrals/{page}", headers={"accept-language": "es"}
        ).content.decode()
        words = set(re.findall(r">\s*([^<>]+?)\s*<", html.split("<main")[-1]))
        assert sorted(words & english) == [], page
