"""How many stand behind a line is for those who determine, approve or pay it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.web.cast import Cast
from tests.web.payments.doing import SLUG, approved, stated, url


@pytest.mark.parametrize("who", ["investor", "board-office", "provider", "coordinator"])
def test_who_may_not_see_small_counts_reads_none(county: Cast, who: str) -> None:
    stated(county)
    client = county.sign_in(who, fresh=True)

    line = client.get(reverse("payments:line", args=[SLUG, 1, 1])).content.decode()
    paper = client.get(reverse("payments:export", args=[SLUG, 1, "html"])).content.decode()

    for text in (line, paper):
        assert "Ten people or fewer have a part in" in text
        assert "do not pass it on" in text and "how many is not shown" not in text
        assert "300.00" in text
        assert not re.search(r"\b3 (people|persons|homes)", text)


@pytest.mark.parametrize("who", ["payor", "auditor-controller", "evaluator", "validator"])
def test_who_answers_for_a_line_sees_all_of_it(county: Cast, who: str) -> None:
    stated(county)
    client = county.sign_in(who, fresh=True)

    line = client.get(reverse("payments:line", args=[SLUG, 1, 1])).content.decode()
    paper = client.get(reverse("payments:export", args=[SLUG, 1, "html"])).content.decode()

    for text in (line, paper):
        assert "Ten people or fewer" not in text
        assert re.search(r"3 people x 100.00", re.sub(r"<[^>]+>", "", text))


def test_the_voucher_tells_a_payor_whose_turn_it_is(county: Cast) -> None:
    approved(county)

    payor = county.sign_in("payor").get(url("voucher")).content.decode()

    assert "enter the warrant" not in payor
