"""Capital for investors (R133): calls, certificates, balances, whose turn it is; never a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.worked_out import checksum_of
from payforsuccess.web.investor import views
from payforsuccess.web.referrals.models import Referral
from tests.lib.deals import INVESTOR, PROVIDER
from tests.web.cast import Cast
from tests.web.investor.investing import (
    SLUG,
    a_call,
    again,
    make_the_pack,
    page,
    today,
    with_assumptions,
    with_odds,
)


def test_calls_and_balances_show(county: Cast) -> None:
    html = page(county)

    assert f"lacks a certificate of {INVESTOR}, {PROVIDER}" in html
    assert "USD 8,000.00" in html and "USD 7,000.00" in html
    assert "Agree" in html and "Do not agree" not in html


def test_whose_turn_it_is_stands_first(county: Cast) -> None:
    html = page(county)
    assert "“No default is open”" in html and "Look at the call" in html
    manager = page(county, "project-manager")  # may enter what the provider signed on paper
    assert "“Costs are on budget”" in manager


def test_who_has_nothing_to_do_is_told_whom_to_remind(county: Cast) -> None:
    calm = {"condition": "calm", "by": INVESTOR, "on": a_call()["asked_on"]}
    again(a_call(certificates=[calm]))

    assert f"waits for a certificate of {PROVIDER}. Remind them" in page(county)


def test_a_default_comes_before_all_else(county: Cast) -> None:
    again(a_call(asked=20, due=-3))

    html = page(county, "project-manager")

    assert "Call “second” is unpaid since" in html and "Note the notice" in html


def test_a_bank_that_does_not_agree_is_said(county: Cast) -> None:
    again(bank=[{"account": "project", "on": "2026-05-01", "balance": "1900"}])

    assert "Do not agree" in page(county)
    assert "Find what is missing" in page(county, "project-manager")


def test_one_call_shows_what_it_needs_and_who_signed(county: Cast) -> None:
    first = page(county, path="calls/first/")
    assert "All of it came" in first and PROVIDER in first
    second = page(county, path="calls/second/")
    assert "Made by" in second and "Hazel Keeper" in second
    assert f"/{SLUG}/investors/calls/second/certify/calm/" in second
    assert f"/{SLUG}/investors/calls/second/certify/budget/" not in second
    none = county.sign_in("investor").get(f"/{SLUG}/investors/calls/third/")
    assert none.status_code == 404


def test_without_books_the_page_says_what_to_do(county: Cast) -> None:
    Path(settings.DEALS, SLUG, "capital.yaml").unlink()

    html = page(county)

    assert "There is no capital.yaml" in html and "project manager keeps them" in html
    browser = county.sign_in("project-manager", fresh=True)
    assert browser.get(f"/{SLUG}/investors/costs/").status_code == 404


def test_books_that_were_changed_elsewhere_are_told_to_the_log_once(county: Cast) -> None:
    def told() -> int:
        return Event.objects.filter(verb="capital.books-changed").count()

    page(county)
    page(county)
    assert told() == 1
    again()
    page(county, "project-manager")
    assert told() == 2


def test_the_odds_say_that_something_changed_since_they_were_worked_out(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = open_folder(county.initiative.path)
    kept = with_odds(today(), checksum_of(folder))
    monkeypatch.setattr(views, "kept_in", lambda _folder: kept)
    assert "63.63%" in page(county) and "Since then something changed" not in page(county)

    monkeypatch.setattr(views, "kept_in", lambda _folder: replace(kept, checksum="another"))
    assert "Since then something changed" in page(county)


def test_no_page_of_an_investor_holds_anything_of_a_person(county: Cast) -> None:
    for name in ("Rowanberry", "Juniperus"):
        county.someone(name=name)
    with_assumptions()
    browser = county.sign_in("investor", fresh=True)
    make_the_pack(browser)
    told = [
        browser.get(f"/{SLUG}/{address}").content.decode()
        for address in (
            "investors/",
            "investors/calls/second/",
            "overview/",
            "summary/",
            "investors/pack/download.html",
        )
    ]

    for referral in Referral.objects.select_related("participant"):
        person = referral.participant
        marks = (referral.public_id, person.public_id, person.key, person.family_name, person.born)
        assert not [mark for mark in marks for text in told if mark in text]
    for address in ("people/", "referrals/", f"referrals/{referral.public_id}/", "jobs/"):
        assert browser.get(f"/{SLUG}/{address}").status_code in (403, 404)


def test_queries_stay_few(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(county)  # which tells the log of the books
    browser = county.sign_in("investor")
    for address in ("", "calls/second/"):
        with django_assert_max_num_queries(12):
            browser.get(f"/{SLUG}/investors/{address}")
