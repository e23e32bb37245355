"""Feeds and their quality on pages; few queries; refused rows out without a value."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from payforsuccess.runs.run.deliver import ingest
from payforsuccess.web.audit.models import Event
from payforsuccess.web.desk.feeds import feed_of
from tests.lib.booked import HEADER, ROWS, a_booked_folder
from tests.web.cast import Cast, make_cast

BAD = "B9,SECRET-NAME,2024-05-05,2024-05-01,actual\n"


def an_initiative(rows: str, **jail: Any) -> Cast:
    home = Path(settings.DEALS) / "quality"
    shutil.rmtree(home, ignore_errors=True)
    a_booked_folder(home, {"bookings.csv": HEADER + rows}, **jail)
    return make_cast("quality", "Homes quality", home)


@pytest.fixture
def loaded(db: None) -> Cast:
    """A feed of which one row in three was refused."""
    county = an_initiative(ROWS + BAD, refused_at_most="50%", refused_because="a known fault")
    ingest(county.initiative.path)
    return county


def page(county: Cast, name: str, role: str = "data-steward", **parts: str) -> str:
    url = reverse(f"desk:{name}", kwargs={"initiative": county.slug, **parts})
    return str(county.sign_in(role).get(url).content.decode())


def test_a_feed_tells_age_rows_and_why_rows_were_refused(loaded: Cast) -> None:
    feeds, one = page(loaded, "feeds"), page(loaded, "feed", feed="jail")

    assert "Stale" in feeds and "Alder County" in feeds and "every month" in feeds
    assert "Refused rows by reason" in one and "SECRET-NAME" not in one
    assert "Ask Alder County for a new extract" in one


def test_refused_rows_go_out_as_numbers_and_reasons_and_are_logged(loaded: Cast) -> None:
    text = page(loaded, "problems", feed="jail")

    assert text.splitlines()[0] == "file,row,column,rule"
    assert "release-before-booking" in text and "SECRET-NAME" not in text
    assert Event.objects.filter(verb="feed.problems-downloaded").count() == 1


def test_the_evaluators_report_is_downloaded_from_its_page_and_logged(county: Cast) -> None:
    address = reverse("desk:report", args=[county.slug])
    evaluator = county.sign_in("evaluator", fresh=True)
    assert evaluator.get(address).status_code == 404
    file = county.initiative.path / "out" / "reports" / "evaluation.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("<p>The effect</p>")

    answer = evaluator.get(address)
    file.unlink()

    assert answer.content == b"<p>The effect</p>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.get(verb="evaluation-report.downloaded").role == "evaluator"


def test_the_evaluator_sees_the_desk_and_loads_nothing(loaded: Cast) -> None:
    html = page(loaded, "feeds", role="evaluator")

    assert "Load now" not in html and "jail" in html


@pytest.mark.parametrize(
    ("agreement", "on", "says"),
    [
        ({"expires_on": "2025-01-01"}, date(2026, 1, 1), "ran out"),
        ({"requested_on": "2023-01-01"}, date(2023, 6, 1), "agreement signed"),
        ({}, date(2023, 6, 1), "Ask the holder"),
    ],
)
def test_a_paper_that_does_not_hold_comes_first(
    db: None, agreement: dict[str, str], on: date, says: str
) -> None:
    shown = feed_of(an_initiative(ROWS, agreement=agreement).initiative, "jail", on=on)

    assert shown is not None and shown.is_closed and says in shown.to_do


@pytest.mark.parametrize("name", ["feeds", "feed", "drop", "upload"])
def test_a_page_asks_the_database_a_dozen_times_at_most(
    loaded: Cast, name: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    parts = {"feed": "jail"} if name in ("feed", "upload") else {}
    url = reverse(f"desk:{name}", kwargs={"initiative": loaded.slug, **parts})
    client = loaded.sign_in("data-steward")
    client.get(url)

    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
