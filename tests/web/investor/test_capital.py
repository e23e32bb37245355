"""Capital for investors (R133): calls, certificates, balances, the pack; never a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from payforsuccess.runs.finance import investor_pack
from payforsuccess.runs.finance.simulate import simulate
from payforsuccess.web.audit.models import Event
from payforsuccess.web.referrals.models import Referral
from tests.lib.assumed import assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import INVESTOR
from tests.lib.folders import _as_text, a_folder
from tests.lib.recorded_capital import CALL, write_record
from tests.web.cast import Cast, make_cast

SLUG = "financed"
CONDITIONS = [{"name": "calm", "says": "No default is open.", "certified_by": INVESTOR}]
GIVEN = {**CALL, "certificates": [{"condition": "calm", "by": INVESTOR, "on": "2025-12-15"}]}
SECOND = {
    "name": "second",
    "tranche": "loan",
    "asked_on": "2026-06-01",
    "due_on": "2026-07-01",
    "amount": "2000",
}


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county on a loan, of which a part is called and not certified; few worlds are enough."""
    monkeypatch.setattr(investor_pack, "simulate", partial(simulate, worlds=64, scrambles=2))
    folder = Path(settings.DEALS) / SLUG
    a_folder(folder, a_financed_deal())
    write_record(folder, calls=[GIVEN, SECOND], draw_conditions=CONDITIONS)
    yield make_cast(SLUG, "Homes on a loan", folder)
    shutil.rmtree(folder)


def page(county: Cast, role: str = "investor") -> str:
    answer = county.sign_in(role).get(f"/{SLUG}/investors/")
    assert answer.status_code == 200
    return answer.content.decode()


def with_assumptions() -> None:
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_none=True)
    path = Path(settings.DEALS, SLUG, "assumptions.yaml")
    path.write_text(yaml.safe_dump(_as_text(plain)), "utf-8")


def test_calls_show_with_their_certificates_and_balances(county: Cast) -> None:
    html = page(county)

    assert f"lacks a certificate of {INVESTOR}" in html
    assert "calm: " + INVESTOR in html
    assert "USD 8,000.00" in html and "USD 7,000.00" in html
    assert "Agree" in html and "Do not agree" not in html


def test_whoever_has_to_certify_a_call_is_told_first(county: Cast) -> None:
    assert "needs your certificate" in page(county)
    assert "needs your certificate" not in page(county, "project-manager")
    assert f"waits for a certificate of {INVESTOR}" in page(county, "project-manager")


def test_a_bank_that_does_not_agree_is_said(county: Cast) -> None:
    write_record(
        Path(settings.DEALS, SLUG),
        bank=[{"account": "project", "on": "2026-05-01", "balance": "1900"}],
    )

    assert "Do not agree" in page(county)


def test_without_books_the_page_says_what_to_do(county: Cast) -> None:
    Path(settings.DEALS, SLUG, "capital.yaml").unlink()

    html = page(county)

    assert "There is no capital.yaml" in html and "project manager keeps them" in html


def test_the_pack_is_made_and_taken_out_after_a_fresh_sign_in_and_logged(county: Cast) -> None:
    with_assumptions()
    assert county.sign_in("investor").get(f"/{SLUG}/investors/pack/").status_code == 302
    browser = county.sign_in("investor", fresh=True)

    browser.post(f"/{SLUG}/investors/pack/", {"confirmed": "yes"})
    html = browser.get(f"/{SLUG}/investors/pack/download.html")
    pdf = browser.get(f"/{SLUG}/investors/pack/download.pdf")

    assert b"<html" in html.content and html["Content-Disposition"].startswith("attachment")
    assert pdf.content.startswith(b"%PDF")
    assert browser.get(f"/{SLUG}/investors/pack/download.exe").status_code == 404
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-3:] == ["investor-pack.made"] + ["investor-pack.downloaded"] * 2
    stale = county.sign_in("investor").get(f"/{SLUG}/investors/pack/download.pdf")
    assert stale.status_code == 302


def test_a_pack_says_when_it_no_longer_fits_what_it_was_made_from(county: Cast) -> None:
    with_assumptions()
    browser = county.sign_in("project-manager", fresh=True)
    browser.post(f"/{SLUG}/investors/pack/", {"confirmed": "yes"})
    assert "make it again" not in page(county)

    write_record(Path(settings.DEALS, SLUG), calls=[GIVEN], draw_conditions=CONDITIONS)

    assert "make it again" in page(county)


def test_a_pack_that_cannot_be_made_says_why(county: Cast) -> None:
    browser = county.sign_in("investor", fresh=True)

    answer = browser.post(f"/{SLUG}/investors/pack/", {"confirmed": "yes"})

    assert answer.status_code == 409
    assert "There is no assumptions.yaml" in answer.content.decode()
    assert not Event.objects.filter(verb__startswith="investor-pack").exists()


def test_no_page_of_an_investor_holds_anything_of_a_person(county: Cast) -> None:
    for name in ("Rowanberry", "Juniperus"):
        county.someone(name=name)
    with_assumptions()
    browser = county.sign_in("investor", fresh=True)
    browser.post(f"/{SLUG}/investors/pack/", {"confirmed": "yes"})
    told = [
        browser.get(f"/{SLUG}/{address}").content.decode()
        for address in ("investors/", "overview/", "summary/", "investors/pack/download.html")
    ]

    for referral in Referral.objects.select_related("participant"):
        person = referral.participant
        marks = (referral.public_id, person.public_id, person.key, person.family_name, person.born)
        assert not [mark for mark in marks for text in told if mark in text]
    for address in ("people/", "referrals/", f"referrals/{referral.public_id}/"):
        assert browser.get(f"/{SLUG}/{address}").status_code in (403, 404)


def test_queries_stay_few(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = county.sign_in("investor")
    with django_assert_max_num_queries(12):
        browser.get(f"/{SLUG}/investors/")
