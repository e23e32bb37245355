"""The first page of whoever works in several initiatives: one row each, with what to do next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from payforsuccess.web.accounts.actions import add_member
from payforsuccess.web.audit.actions import SYSTEM
from tests.web.cast import Cast


def joined(county: Cast, other: Cast, role: str) -> Client:
    """The person of a role of the first, who has the same role in the second too."""
    add_member(
        by=SYSTEM,
        user=county.users[role],
        organisation=next(iter(other.organisations.values())),
        initiative=other.initiative,
        role=role,
        from_on=date(2020, 1, 1),
    )
    return county.sign_in(role)


def test_one_initiative_opens_at_once(county: Cast) -> None:
    assert county.sign_in("payor").get("/")["Location"] == f"/{county.slug}/"


def test_several_are_rows_with_standing_money_and_what_to_do(
    county: Cast, other_county: Cast
) -> None:
    html = joined(county, other_county, "coordinator").get("/").content.decode()

    assert county.initiative.name in html and other_county.initiative.name in html
    assert html.count("Too early to say") == 2
    assert html.count("were never worked out") == 2
    assert "USD 0.00" in html


def test_money_shows_to_those_alone_who_may_see_it(county: Cast, other_county: Cast) -> None:
    html = joined(county, other_county, "case-manager").get("/").content.decode()

    assert "Too early to say" in html and "USD" not in html
    html = joined(county, other_county, "jail-liaison").get("/").content.decode()
    assert "Too early to say" not in html and county.initiative.name in html


def test_a_deal_that_cannot_be_read_does_not_hide_the_others(
    county: Cast, other_county: Cast
) -> None:
    browser = joined(county, other_county, "payor")
    file = Path(settings.DEALS, other_county.slug, "deal.yaml")
    text = file.read_text("utf-8")
    try:
        file.write_text(text.replace("format:", "frmat:"), "utf-8")
        html = browser.get("/").content.decode()
    finally:
        file.write_text(text, "utf-8")

    assert "the deal could not be read" in html and "Too early to say" in html


@pytest.mark.parametrize("role", ["payor", "case-manager"])
def test_queries_stay_few(
    county: Cast,
    other_county: Cast,
    role: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = joined(county, other_county, role)
    with django_assert_max_num_queries(12):
        browser.get("/")
