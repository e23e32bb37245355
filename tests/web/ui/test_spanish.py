"""Spanish on a page with every component: nothing of the frame is in English."""

from __future__ import annotations

import re

from django.test import Client
from django.utils import translation

from tests.web.test_spanish import ALIKE, sentences


def test_a_page_in_spanish_says_nothing_of_the_frame_in_english() -> None:
    html = Client(headers={"accept-language": "es"}).get("/all").content.decode()
    words = set(re.findall(r">\s*([^<>]+?)\s*<", html))
    english = (sentences("ui") - ALIKE) & words

    with translation.override("es"):
        assert {said for said in english if translation.gettext(said) != said} == set()
