"""The page of a job: how far it is, what came of it, what went wrong and what to do, and cancel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.web.accounts.actions import off_board
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.jobs.actions import Lost, ask, claim, fail, finish, tell_progress
from payforsuccess.web.jobs.kinds import DOING
from payforsuccess.web.jobs.models import CANCELLED, KINDS, Job
from payforsuccess.web.jobs.permissions import ASKING
from payforsuccess.web.jobs.steps import ORDER
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def asked(county: Cast, kind: str = "load", role: str = "data-steward") -> tuple[Client, str]:
    """Asked for on the page of the kind: who asked, and the page of the job."""
    client = county.sign_in(role)
    page = reverse("jobs:ask", args=[county.slug, kind])
    assert client.get(page).status_code == 200
    return client, client.post(page, {"confirmed": "yes"}).headers["Location"]


def begun() -> Job:
    """The job, as a worker takes it up."""
    job = claim(by=SYSTEM, stale_before=timezone.now() - timedelta(hours=1))
    assert job is not None
    return job


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_has_work_steps_and_someone_who_asks() -> None:
    kinds = {kind for kind, _ in KINDS}

    assert kinds == set(DOING) == set(ORDER) == set(ASKING)


def test_a_page_shows_how_far_a_job_is_and_then_what_came_of_it(county: Cast) -> None:
    client, url = asked(county)
    assert "It begins by itself when the work before it is done." in shown(client, url)

    job = begun()
    tell_progress(by=SYSTEM, job=job, text="reading the feeds", percent=33)
    page = shown(client, url)
    assert "33 percent" in page and "Reading the feeds" in page and "every 3s" in page

    finish(by=SYSTEM, job=job, result={"rows": 4321, "findings": ["A day is missing."]})
    page = shown(client, url)
    assert "4,321" in page and "A day is missing." in page and "every 3s" not in page
    assert "Look at the quality of each feed" in page


def test_the_part_that_is_asked_for_anew_ends_with_all_that_the_page_says(county: Cast) -> None:
    client, url = asked(county)
    part = f"{url}progress/"
    heard = client.get(part, headers={"HX-Request": "true"})
    assert "HX-Retarget" not in heard.headers

    finish(by=SYSTEM, job=begun(), result={"rows": 1})

    ended = client.get(part, headers={"HX-Request": "true"})
    assert ended.headers["HX-Retarget"] == ended.headers["HX-Reselect"] == "#content"
    assert "HX-Refresh" not in ended.headers  # a page that is loaded anew renews the session
    assert 'id="content"' in ended.content.decode() and "Do it again" in ended.content.decode()
    assert client.get(part).headers["Location"] == url


def test_a_page_says_in_words_what_went_wrong_and_what_to_do(county: Cast) -> None:
    client, url = asked(county)

    file = county.initiative.path / "feeds" / "jail" / "bookings.csv"
    wrong = Problem("The file is empty.", "Send it again.", Place(str(file), 7))
    fail(by=SYSTEM, job=begun(), problems=[wrong])

    page = shown(client, url)
    assert "What went wrong, and what to do" in page
    assert "feeds/jail/bookings.csv:7: The file is empty. Send it again." in page
    assert "Do it again" in page


@pytest.mark.parametrize(("kind", "role"), [("link", "data-steward"), ("evaluate", "evaluator")])
def test_work_that_the_deal_does_not_know_is_refused_in_words(
    county: Cast, kind: str, role: str
) -> None:
    asked(county, kind, role)
    job = begun()

    with pytest.raises(Refusal) as refused:
        DOING[kind](job, lambda _: None)

    assert all(problem.what and problem.do for problem in refused.value.problems)


def test_work_of_whoever_left_meanwhile_is_refused_in_words(county: Cast) -> None:
    ask(by=county.access("project-manager"), kind="standing")
    job = begun()
    off_board(by=county.access("data-steward"), user=county.users["project-manager"])

    with pytest.raises(Refusal, match="no role here any more"):
        DOING["standing"](Job.objects.get(pk=job.pk), lambda _: None)


def test_a_running_job_is_cancelled_on_its_page_and_its_try_has_lost_it(county: Cast) -> None:
    client, url = asked(county)
    job = begun()
    assert "Cancel this work" in shown(client, url)
    assert "thrown away" in shown(client, f"{url}cancel/")

    client.post(f"{url}cancel/", {"confirmed": "yes"})

    job.refresh_from_db()
    assert job.state == CANCELLED
    assert "Nothing of it was kept." in shown(client, url)
    with pytest.raises(Lost):
        finish(by=SYSTEM, job=job, result={})
