"""Whose turn it is when a statement was sent back, is in dispute, or was done (R110, R124)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.web.accounts.actions import add_member
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from tests.lib.approving import certified
from tests.lib.deals import CITY, COUNTY, two_payors
from tests.lib.folders import a_folder, sign
from tests.lib.sealed import INITIATIVE
from tests.web.cast import Cast, another, make_cast
from tests.web.payments.doing import approved, do, stated, url


def page(county: Cast, who: str) -> str:
    return county.sign_in(who).get(url("period")).content.decode()


def again(county: Cast, who: str, step: str, **entered: str) -> str:
    """The page on which a second press of the button ends."""
    client = county.sign_in(who, fresh=True)
    answer = client.post(url(step), {"confirmed": "yes", **entered}, follow=True)
    assert answer.redirect_chain == [(url("period"), 302)]
    return answer.content.decode()


@pytest.fixture
def county_of_two(db: None, county: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county and a city that pay together; two people speak for the county, one for the city."""
    folder = Path(settings.DEALS) / "together"
    monkeypatch.setattr("tests.web.payments.doing.SLUG", "together")
    sign(a_folder(folder, certified(**two_payors()), homes=["3"]))
    cast = make_cast("together", "Homes that two pay for", folder)
    cast.users["city"] = cast.users[another(cast, "payor", party=CITY)]
    cast.users["second-payor"] = cast.users["public"]
    add_member(
        by=SYSTEM,
        user=cast.users["public"],
        organisation=cast.organisations[COUNTY],
        initiative=cast.initiative,
        role="payor",
        from_on=date(2020, 1, 1),
    )
    yield cast
    shutil.rmtree(folder)


def test_a_statement_sent_back_is_answered_before_anyone_approves_it(county: Cast) -> None:
    stated(county)
    do(county, "payor", "approve")
    assert do(county, "second-payor", "return", reason="The period is another") == 302

    assert "A payor sent the statement back. Answer the reason" in page(county, "coordinator")
    assert "Look at the statement and approve it" not in page(county, "second-payor")
    assert "The coordinator or the project manager answers" in page(county, "second-payor")
    assert "A payor sent it back" in again(county, "payor", "approve")
    assert do(county, "coordinator", "answer", says="It is the one of the contract") == 302

    said = [each.said for each in read_approvals(open_folder(county.initiative.path))]
    assert said == ["prepared", "approved", "returned", "answered"]
    assert "It is the one of the contract" in page(county, "payor")
    assert "It is answered already" in again(county, "coordinator", "answer", says="Twice")
    for who in ("payor", "second-payor"):
        assert "Look at the statement and approve it" in page(county, who)
        assert do(county, who, "approve") == 302
    assert Event.objects.filter(verb="statement.answered").count() == 1
    assert check_chain().is_whole


def test_once_all_else_is_paid_the_turn_is_the_objections(county: Cast) -> None:
    folder = approved(county)
    (folder / "initiative.yaml").write_text(INITIATIVE, "utf-8")
    line = open_folder(folder).statements()[0].lines[0].term
    entered = {"lines": line, "clause": "Section 3", "amount": "100.00"}
    assert do(county, "payor", "dispute", **entered) == 302

    assert "Settle the objection of" in page(county, "coordinator")
    assert do(county, "auditor-controller", "warrant", reference="W-7", on="2028-02-01") == 302

    told = page(county, "auditor-controller")
    assert "Nothing to pay: USD 100.00 is in dispute until" in told
    assert "Pay it, and enter the warrant" not in told
    assert "Nothing to pay" in again(county, "auditor-controller", "warrant", reference="W-8")
    assert "Settle the objection of" in page(county, "coordinator")


def test_the_same_objection_is_put_on_record_once(county: Cast) -> None:
    folder = stated(county)
    (folder / "initiative.yaml").write_text(INITIATIVE, "utf-8")
    line = open_folder(folder).statements()[0].lines[0].term
    entered = {"lines": line, "clause": "Section 3", "amount": "100.00"}
    assert do(county, "payor", "dispute", **entered) == 302

    assert do(county, "payor", "dispute", **entered) == 409

    assert Event.objects.filter(verb="dispute.opened").count() == 1


def test_only_the_payor_that_is_missing_is_asked(county_of_two: Cast) -> None:
    stated(county_of_two)
    assert do(county_of_two, "payor", "approve") == 302

    told = page(county_of_two, "second-payor")
    assert f"Waits for {CITY}" in told
    assert "Look at the statement and approve it" not in told
    assert f"Waits for {CITY}" in again(county_of_two, "second-payor", "approve")
    assert "Look at the statement and approve it" in page(county_of_two, "city")
    assert do(county_of_two, "city", "approve") == 302
    assert "It is approved already" in again(county_of_two, "second-payor", "approve")


def test_a_step_that_was_done_leads_back_to_the_period(county: Cast) -> None:
    assert "It is signed already" in again(county, "evaluator", "sign")
    stated(county)
    assert "It is issued already" in again(county, "coordinator", "state")
