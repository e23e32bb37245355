"""Whose turn it is when a statement was sent back, is in dispute, or was done (R110, R124)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from django.conf import settings

from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.web.accounts.actions import add_member
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.payments.book import Book
from tests.lib.approving import certified
from tests.lib.deals import CITY, COUNTY, two_payors
from tests.lib.folders import a_folder, sign
from tests.lib.run_folders import a_run
from tests.lib.sealed import INITIATIVE
from tests.web.cast import Cast, another, make_cast
from tests.web.payments.doing import NOW, approved, do, stated, url


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
    people = make_cast("together", "Homes that two pay for", folder)
    people.users["city"] = people.users[another(people, "payor", party=CITY)]
    people.users["second-payor"] = people.users["public"]
    add_member(
        by=SYSTEM,
        user=people.users["public"],
        organisation=people.organisations[COUNTY],
        initiative=people.initiative,
        role="payor",
        from_on=date(2020, 1, 1),
    )
    yield people
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


def test_who_answered_for_the_office_does_not_enter_the_warrant(county: Cast) -> None:
    folder = stated(county)
    assert do(county, "second-payor", "return", reason="The period is another") == 302
    assert do(county, "project-manager", "answer", says="It is the one of the contract") == 302
    add_member(
        by=SYSTEM,
        user=county.users["project-manager"],
        organisation=county.organisations[COUNTY],
        initiative=county.initiative,
        role="auditor-controller",
        from_on=date(2020, 1, 1),
    )
    for who in ("payor", "second-payor"):
        assert do(county, who, "approve") == 302
    warrant = {"reference": "W-7", "on": "2028-02-01"}

    assert "Pay it, and enter the warrant" not in page(county, "project-manager")
    assert do(county, "project-manager", "warrant", **warrant) == 403
    assert open_folder(folder).paid() == ()
    assert do(county, "auditor-controller", "warrant", **warrant) == 302


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


def test_a_statement_is_issued_on_the_results_that_were_looked_at(county: Cast) -> None:
    client = county.sign_in("coordinator", fresh=True)
    first = client.get(url("state")).context["form"]["seen"].value()
    a_run(county.initiative.path, "later", "homes,1,p1,3,a:1", periods=1)

    old = client.post(url("state"), {"confirmed": "yes", "seen": first})

    assert old.status_code == 409
    assert "The results changed since you looked" in old.content.decode()
    assert open_folder(county.initiative.path).statements() == ()
    now = old.context["form"]["seen"].value()
    assert now != first
    shutil.rmtree(county.initiative.path / "out" / "runs")
    assert client.post(url("state"), {"confirmed": "yes", "seen": first}).status_code == 302


def test_nobody_signs_results_that_changed_since_they_looked(county: Cast) -> None:
    folder = county.initiative.path
    a_run(folder, "first", "homes,2,p1,4,a:1", periods=2, started_at="2028-01-30T08:00:00+00:00")
    client = county.sign_in("evaluator", fresh=True)
    first = client.get(url("sign", 2)).context["form"]["seen"].value()
    a_run(folder, "later", "homes,2,p1,5,a:1", periods=2)
    signed = open_folder(folder).determinations()

    for seen in ({"seen": first}, {}):
        old = client.post(url("sign", 2), {"confirmed": "yes", **seen})
        assert old.status_code == 409
        assert "The results changed since you looked" in old.content.decode()
    assert open_folder(folder).determinations() == signed

    now = old.context["form"]["seen"].value()
    assert client.post(url("sign", 2), {"confirmed": "yes", "seen": now}).status_code == 302
    assert len(open_folder(folder).determinations()) == len(signed) + 1


def test_a_period_shows_the_day_of_the_run_that_was_signed(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "deal", certified())
    a_run(folder, "1", "homes,1,p1,7,a:1", periods=1, started_at="2026-04-09T08:00:00+00:00")
    when = "2026-04-10T08:00:00+00:00"
    first = a_run(folder, "2", "homes,1,p1,3,a:1", periods=1, started_at=when)
    assert results_on(folder) == date(2026, 4, 10)
    sign(folder, results=first, on=date(2026, 4, 20))
    rows = ("homes,1,p1,3,a:1", "homes,2,p1,3,a:1")
    a_run(folder, "3", *rows, periods=2, started_at="2027-01-30T08:00:00+00:00")
    a_run(folder, "4", "homes,1,p1,3,a:1", periods=1, started_at="2027-01-31T08:00:00+00:00")

    assert results_on(folder) == date(2026, 4, 10)


def results_on(folder: Path) -> date | None:
    """The day on which the results of the first period show as measured."""
    book = Book(cast(Initiative, SimpleNamespace(path=folder)), on=NOW)
    return book.page(book.history.schedule.period(1)).facts.results_on
