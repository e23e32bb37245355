"""The Board above the delegated amount, and versions that came by another way (R125)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from payforsuccess.deal.contract import RecordedConsent
from payforsuccess.runs.amend.in_force import put_in_force
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.amendments.models import Answer
from tests.lib.deals import COUNTY
from tests.web.amendments.cases import amended
from tests.web.amendments.conftest import SLUG
from tests.web.amendments.test_consenting import answer, url
from tests.web.cast import Cast


@pytest.fixture
def changes() -> dict[str, object]:
    matrix = [
        {"touches": "money", "of": ["payor"]},
        {"touches": "money", "of": ["board"], "above": "50000"},
    ]
    return {"consents": matrix}


@pytest.fixture
def text(changes: dict[str, object]) -> str:
    return amended(**changes)


def propose(cast: Cast, text: str) -> None:
    client = cast.sign_in("coordinator")
    assert client.post(url("propose"), {"text": text, "confirmed": "yes"}).status_code == 302


def test_the_board_is_asked_until_its_office_answers(amending: Cast, text: str) -> None:
    """R125: Board above the delegated amount."""
    propose(amending, text)
    assert answer(amending, "payor", 0) == 302
    assert len(open_folder(amending.initiative.path).history().versions) == 1

    assert answer(amending, "board-office", 1) == 302
    latest = open_folder(amending.initiative.path).history().latest
    assert latest.amendment is not None
    assert {each.of for each in latest.amendment.consents} == {"payor", "board"}


def test_the_boards_office_may_say_that_it_moves_less_and_why(amending: Cast, text: str) -> None:
    """R125."""
    propose(amending, text)
    assert answer(amending, "board-office", 1, "not-needed", reason="It moves 20,000.") == 302
    assert answer(amending, "payor", 0) == 302

    latest = open_folder(amending.initiative.path).history().latest
    assert latest.amendment is not None
    assert {each.of for each in latest.amendment.consents} == {"payor"}


def test_nobody_else_says_that_a_consent_is_not_needed(amending: Cast, text: str) -> None:
    """R125: a consent that hangs on no amount is always needed."""
    propose(amending, text)
    assert answer(amending, "payor", 0, "not-needed") == 404
    assert answer(amending, "payor", 1, "not-needed") == 403
    assert not Answer.objects.exists()


def test_a_version_that_came_by_another_way_is_shown_too(amending: Cast, text: str) -> None:
    consent = RecordedConsent(of="payor", party=COUNTY, on=date(2026, 3, 1))
    put_in_force(amending.initiative.path, text, consents=[consent])
    client = amending.sign_in("payor")
    assert "Amendment 1" in client.get(url("list")).content.decode()
    page = client.get(url("version", 1)).content.decode()
    assert "unit price" in page and "1 March 2026" in page
    assert client.get(url("version", 2)).status_code == 404


def test_whoever_is_asked_finds_it_on_the_overview(amending: Cast, text: str) -> None:
    """R125: the next actor is told, not looked for."""
    propose(amending, text)
    overview = reverse("initiatives:overview", args=[SLUG])
    assert "waits for your answer" in amending.sign_in("payor").get(overview).content.decode()
    assert (
        "waits for your answer" not in amending.sign_in("investor").get(overview).content.decode()
    )
