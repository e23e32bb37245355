"""A page in Spanish says in Spanish what a rule answered: why not, who can, which clause."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.jobs.actions import ask, claim, fail
from tests.lib.folders import a_folder, sign
from tests.web.cast import Cast, make_cast
from tests.web.referrals.counties import by_answer

SPANISH = {"accept-language": "es"}
SLUG = "owing"


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, headers=SPANISH)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def owing(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county in 2028 with signed results of a deal that nobody certified."""
    instant = datetime.combine(date(2028, 2, 1), time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    folder = Path(settings.DEALS) / SLUG
    sign(a_folder(folder, homes=["3"]))
    yield make_cast(SLUG, "Homes that are owed for", folder)
    shutil.rmtree(folder)


def test_who_may_not_is_told_why_and_who_can(county: Cast) -> None:
    url = reverse("payments:list", args=[county.slug])
    page = read(county.sign_in("jail-liaison"), url, 403)

    why = "Usted no puede ver condiciones, estados de cuenta y pagos: ninguna de sus funciones"
    assert f"{why} lo permite." in page
    assert "Pueden hacerlo: Responsable del proveedor, Evaluador, " in page
    assert "You may not" not in page


def test_what_a_role_never_may_is_told_with_the_role(county: Cast) -> None:
    url = reverse("people:today", args=[county.slug])
    page = read(county.sign_in("payor"), url, 403)

    assert "quien tiene la función de pagador no puede hacerlo nunca" in page
    assert "(de la propia lista de casos)" in page


def test_the_clause_that_stands_against_someone_is_told(db: None) -> None:
    county = by_answer()
    referral = county.someone(homeless="no")
    url = reverse("referrals:one", args=[county.slug, referral.public_id])
    page = read(county.sign_in("jail-liaison"), url)

    assert "«homeless» es sí (Section 2)" in page
    assert " is yes" not in page


def test_a_payment_that_may_not_be_approved_yet_says_why(owing: Cast) -> None:
    client = owing.sign_in("coordinator", fresh=True)
    step = reverse("payments:state", args=[SLUG, 1])
    seen = client.get(step).context["form"]["seen"].value()
    client.post(step, {"confirmed": "yes", "seen": seen})

    page = read(client, reverse("payments:period", args=[SLUG, 1]))

    assert "El archivo del acuerdo no está certificado contra el contrato firmado." in page
    assert "not certified" not in page


def test_what_stopped_work_is_told_in_the_language_of_whoever_looks(county: Cast) -> None:
    steward = county.access("data-steward")
    ask(by=steward, kind="load")
    job = claim(by=SYSTEM, stale_before=timezone.now())
    assert job is not None
    stopped = sentence("The work was stopped {number} times before it came to its end.", number=3)
    fail(by=SYSTEM, job=job, problems=Refusal(Problem(stopped)).problems)
    url = reverse("jobs:one", args=[county.slug, job.public_id])
    client = county.sign_in("data-steward")

    assert "El trabajo se detuvo 3 veces antes de llegar a su fin." in read(client, url)
    english = client.get(url).content.decode()
    assert "The work was stopped 3 times before it came to its end." in english
