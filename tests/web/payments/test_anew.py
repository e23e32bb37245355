"""A period whose signed results are found otherwise is signed anew, and corrected (R34, R123)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.audit.models import Event
from tests.lib.approving import certified
from tests.lib.folders import a_folder, sign
from tests.lib.run_folders import a_run
from tests.web.cast import Cast, another, make_cast
from tests.web.payments.doing import NOW, SLUG, approved, do, url

K1, K2 = (f"homes,1,k{at},1,jail:{at}" for at in (1, 2))
K3 = "homes,2,k3,3,jail:3"
LATER = "2028-02-01T09:00:00+00:00"
WHY = "A day of moving out was told late"


@pytest.fixture
def measured(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county whose first two periods are signed on rows by person, and the first approved."""
    instant = datetime.combine(NOW, time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    folder = Path(settings.DEALS) / SLUG
    a_folder(folder, certified())
    sign(folder, results=a_run(folder, "a", K1, K2, K3, periods=2))
    cast = make_cast(SLUG, "Homes that are paid for", folder)
    another(cast, "payor")
    approved(cast)
    yield cast
    shutil.rmtree(folder)


def corrected(county: Cast) -> None:
    """A newer run finds one of the two people of period 1 no more."""
    a_run(county.initiative.path, "b", K1, K3, periods=2, started_at=LATER)


def page(county: Cast, who: str, address: str = "") -> str:
    return county.sign_in(who, fresh=True).get(address or url("period")).content.decode()


@pytest.mark.parametrize("who", ["evaluator", "payor", "coordinator"])
def test_the_page_says_that_the_newest_measurement_is_not_what_was_signed(
    measured: Cast, who: str
) -> None:
    assert "The newest measurement is not what was signed" not in page(measured, who)

    corrected(measured)

    told = page(measured, who)
    assert "The newest measurement is not what was signed" in told
    assert ("Found now" in told) is (who != "coordinator")
    assert "The newest measurement" not in page(measured, who, url("period", 2))


def test_the_evaluator_is_asked_to_sign_anew(measured: Cast) -> None:
    corrected(measured)

    start = page(measured, "evaluator", reverse("payments:list", args=[SLUG]))

    assert "Look at both, and sign anew" in start and url("sign-again") in start
    assert do(measured, "payor", "sign-again", reason=WHY) == 403


def test_who_pays_is_told_that_the_amount_may_be_corrected(measured: Cast) -> None:
    corrected(measured)

    assert "may be corrected in the next statement" in page(
        measured, "auditor-controller", url("warrant")
    )


def test_a_statement_waits_for_the_results_that_are_signed_anew(measured: Cast) -> None:
    corrected(measured)

    client = measured.sign_in("coordinator", fresh=True)
    said = client.get(url("state", 2), follow=True).content.decode()

    assert "signs anew for period 1" in said
    assert client.post(url("state", 2), {"confirmed": "yes"}).status_code == 302
    assert len(open_folder(measured.initiative.path).statements()) == 1


def test_from_a_corrected_day_to_a_correction_that_is_paid(measured: Cast) -> None:
    folder = measured.initiative.path
    assert do(measured, "auditor-controller", "warrant", reference="W-1", on="2028-02-01") == 302
    corrected(measured)

    assert do(measured, "evaluator", "sign-again", reason=WHY) == 302

    _, second = open_folder(folder).determinations()
    assert (second.supersedes, second.reason) == (1, WHY)
    assert [(str(each.value), each.period) for each in second.results] == [("1", 1), ("3", 2)]
    assert Event.objects.filter(verb="results.determined").get().after["reason"] == WHY
    assert "The newest measurement is not what was signed" not in page(measured, "payor")

    assert do(measured, "coordinator", "state", 2) == 302
    statement = open_folder(folder).statements()[-1]
    assert [(line.kind, line.period, line.amount) for line in statement.lines] == [
        ("line", 2, 300_00),
        ("correction", 1, -100_00),
    ]
    because = page(measured, "payor", reverse("payments:line", args=[SLUG, 2, 2]))
    assert "a new determination of homes" in because
    assert f"Determination 2 is in place of 1: {WHY}" in because
    for who in ("payor", "second-payor"):
        assert do(measured, who, "approve", 2) == 302
    entered = {"reference": "W-2", "on": "2028-02-01"}
    assert do(measured, "auditor-controller", "warrant", 2, **entered) == 302
    assert [each.amount for each in open_folder(folder).paid()] == [200, 200]


def test_what_is_signed_anew_is_what_was_looked_at(measured: Cast) -> None:
    corrected(measured)
    client = measured.sign_in("evaluator", fresh=True)
    seen = client.get(url("sign-again")).context["form"]["seen"].value()
    a_run(measured.initiative.path, "c", K3, periods=2, started_at="2028-02-01T10:00:00+00:00")

    old = client.post(url("sign-again"), {"confirmed": "yes", "reason": WHY, "seen": seen})

    assert old.status_code == 409
    assert "The results changed since you looked" in old.content.decode()
    assert old.context["form"]["reason"].value() == WHY
    assert old.context["form"]["seen"].value() != seen
    assert len(open_folder(measured.initiative.path).determinations()) == 1


def test_nothing_is_signed_anew_without_a_reason_or_a_difference(measured: Cast) -> None:
    client = measured.sign_in("evaluator", fresh=True)
    same = client.get(url("sign-again"), follow=True).content.decode()
    assert "The newest measurement is what was signed" in same

    corrected(measured)
    shown = client.get(url("sign-again"))
    seen = shown.context["form"]["seen"].value()

    assert client.post(url("sign-again"), {"confirmed": "yes", "seen": seen}).status_code == 200
    assert len(open_folder(measured.initiative.path).determinations()) == 1
