"""What people do, in a real browser: the way of the tutorial, each step by its own person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.browser.visit import Visit
from tests.web.browser.walk import WALK

pytestmark = pytest.mark.needs(program="chromium", package="chromium")

TUTORIAL = Path(__file__).resolve().parents[3] / "docs" / "tutorial" / "from-referral-to-payment.md"


def test_from_a_referral_in_the_jail_to_a_paid_statement(visit: Visit) -> None:
    for step in WALK:
        step.walk(visit)
        assert step.then in visit.text(), step.walk.__name__


def test_the_tutorial_shows_each_picture_of_the_way() -> None:
    text = TUTORIAL.read_text("utf-8")

    for step in WALK:
        if step.picture:
            assert f"(pictures/{step.picture}.png)" in text
            assert (TUTORIAL.parent / "pictures" / f"{step.picture}.png").is_file()
