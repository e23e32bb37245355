"""Spanish: the pages of referrals say nothing in English."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred
from tests.web.test_spanish import ALIKE, sentences


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
