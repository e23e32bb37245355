"""Outcomes by arm (R139): the evaluator and the named board alone, at planned looks alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.runs.study.seal import seal_study
from payforsuccess.web.audit.models import Event
from tests.lib.deals import EVALUATOR
from tests.lib.watched import BOARD, a_watched_deal
from tests.web import cast as casts
from tests.web.cast import Cast, make_cast

SLUG = "watched"
LOOK = f"/{SLUG}/arms/halfway/"
READERS = {"evaluator", "monitoring-board"}
TOLD = "3 of 30"


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    instant = datetime.combine(day, time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county with a sealed plan that has one look, on 15 July 2024; it is 2 September 2024."""
    on(monkeypatch, date(2024, 9, 2))
    monkeypatch.setitem(casts.EMPLOYERS, "monitoring-board", BOARD)
    folder = a_watched_deal(Path(settings.DEALS) / SLUG)
    seal_study(folder, party=EVALUATOR, by="Eve Name", on=date(2024, 1, 1), today=date(2024, 9, 2))
    yield make_cast(SLUG, "Coached homes", folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("role", sorted(READERS))
def test_the_named_readers_read_a_look_that_is_due_and_it_is_on_record(
    county: Cast, role: str
) -> None:
    browser = county.sign_in(role, fresh=True)
    assert "halfway" in browser.get(f"/{SLUG}/arms/").content.decode()
    before = browser.get(LOOK).content.decode()
    assert "Pass nothing on" in before and TOLD not in before
    assert "was due on" in browser.get(f"/{SLUG}/overview/").content.decode()

    html = browser.post(LOOK, {"confirmed": "yes"}).content.decode()

    assert TOLD in html and "STOP" in html
    kept = read_looks(open_folder(county.initiative.path))
    assert [each.by for each in kept] == [county.users[role].full_name]
    assert "was due on" not in browser.get(f"/{SLUG}/overview/").content.decode()
    event = Event.objects.get(verb="outcomes-by-arm.read")
    assert event.role == role and event.after["look"] == "halfway"


def test_nobody_else_reads_it_on_any_page(county: Cast) -> None:
    county.sign_in("evaluator", fresh=True).post(LOOK, {"confirmed": "yes"})

    for role in set(ROLES) - READERS:
        browser = county.sign_in(role, fresh=True)
        assert browser.post(LOOK, {"confirmed": "yes"}).status_code == 403
        assert browser.get(f"/{SLUG}/arms/").status_code == 403
        for address in ("overview/", "summary/", "payments/"):
            assert TOLD not in browser.get(f"/{SLUG}/{address}").content.decode()
    assert len(read_looks(open_folder(county.initiative.path))) == 1


def test_before_its_day_the_page_says_when_the_look_is(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, date(2024, 7, 14))
    browser = county.sign_in("monitoring-board", fresh=True)

    assert (
        "The next is “halfway”, on 15 July 2024" in browser.get(f"/{SLUG}/arms/").content.decode()
    )
    assert browser.get(LOOK).status_code == 404
    assert browser.post(LOOK, {"confirmed": "yes"}).status_code == 404
    assert browser.post(f"/{SLUG}/arms/early/").status_code == 404
    assert not read_looks(open_folder(county.initiative.path))


def test_a_board_that_the_plan_does_not_name_is_refused_with_the_reason(county: Cast) -> None:
    board = county.organisations[BOARD]
    board.party = ""
    board.save()

    answer = county.sign_in("monitoring-board", fresh=True).post(LOOK, {"confirmed": "yes"})

    assert answer.status_code == 409
    assert "may not see outcomes by arm" in answer.content.decode()
    assert not Event.objects.filter(verb="outcomes-by-arm.read").exists()


def test_a_look_is_read_after_a_fresh_sign_in_alone(county: Cast) -> None:
    assert county.sign_in("evaluator").post(LOOK, {"confirmed": "yes"}).status_code == 302
    assert not read_looks(open_folder(county.initiative.path))
