"""Spanish: the pages of people say nothing in English."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests.web.cast import Cast
from tests.web.people.cases import ago, consented, housed, spoken_with
from tests.web.test_spanish import ALIKE, sentences


@pytest.mark.django_db
def test_the_pages_of_a_case_manager_say_nothing_in_english(county: Cast) -> None:
    row = housed(county)
    spoken_with(county, row, ago(40))
    consented(county, row)
    client = county.sign_in("case-manager")
    client.cookies["django_language"] = "es"
    pages = [reverse("people:today", args=[county.slug])]
    pages += [
        reverse(f"people:{name}", args=[county.slug, row.public_id])
        for name in ("one", "contact", "consent", "leave", "correct", "wrong", "reach")
    ]
    english = sentences("people") - ALIKE
    left = set()
    for page in pages:
        html = client.get(page).content.decode().partition("<main")[2]
        words = {part.strip() for part in re.findall(r">\s*([^<>]+?)\s*<", html)}
        with translation.override("es"):
            left |= {each for each in english & words if translation.gettext(each) != each}

    assert left == set()
