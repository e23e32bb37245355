"""The pages of amendments in a browser: open to all, on a desk and on a phone, and quiet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.amendments.cases import amended, proposed
from tests.web.amendments.conftest import SLUG
from tests.web.cast import Cast
from tests.web.looking import SITE, STICKING_OUT, a_page, answer_with, given_to

pytestmark = pytest.mark.needs(program="chromium", package="chromium")


def test_each_page_is_open_to_all(amending: Cast) -> None:
    one = proposed(amending).public_id
    base = f"/{SLUG}/amendments/"
    payor = amending.sign_in("payor", fresh=True)
    refusal = f"{base}{one}/0/refused/"
    keeper = amending.sign_in("coordinator", fresh=True)
    wrong = SimpleUploadedFile("deal.yaml", amended({"number": "7"}).encode())
    right = SimpleUploadedFile("deal.yaml", amended().encode())
    propose = reverse("amendments:propose", args=[SLUG])
    pages = {
        **given_to(payor, [base, f"{base}{one}/", f"{base}{one}/0/consented/", refusal]),
        **given_to(keeper, [propose, f"{base}{one}/withdraw/"]),
        f"{propose}wrong": keeper.post(propose, {"file": wrong}),
        f"{propose}review": keeper.post(propose, {"file": right}),
    }
    folder = os.environ.get("PFS_SHOTS", "")
    with a_page() as page:
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        answer_with(page, pages)  # type: ignore[arg-type]
        for number, url in enumerate(pages):
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(SITE + url)
                if folder:
                    name = f"amendments-{number}-{width}.png"
                    page.screenshot(path=Path(folder) / name, full_page=True)
                found = Axe().run(page).response["violations"]
                told = [(rule["id"], [n["html"][:120] for n in rule["nodes"]]) for rule in found]
                assert told == [], (url, width)
                assert page.evaluate(STICKING_OUT) == [], (url, width)
    assert said == []
