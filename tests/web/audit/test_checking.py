"""The whole chain is checked by a job; a request checks what was written since (R110)."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from payforsuccess.web.audit.actions import SYSTEM, record
from payforsuccess.web.audit.checking import standing
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Chain, check_chain
from payforsuccess.web.jobs.actions import claim, finish
from payforsuccess.web.jobs.kinds import DOING
from payforsuccess.web.jobs.steps import percent_at
from tests.web.audit.test_log import without_triggers
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def address(county: Cast, name: str = "check") -> str:
    return reverse(f"audit:{name}", args=[county.slug])


def page(county: Cast) -> str:
    answer = county.sign_in("auditor-controller").get(address(county))
    assert answer.status_code == 200
    return answer.content.decode()


def checked(county: Cast) -> list[str]:
    """Asks for the check and does it as a worker would; what was told on the way."""
    county.sign_in("auditor-controller").post(address(county))
    job = claim(by=SYSTEM, stale_before=timezone.now())
    assert job is not None and job.kind == "log-check"
    told: list[str] = []
    finish(by=SYSTEM, job=job, result=DOING[job.kind](job, told.append))
    return told


def test_a_button_has_the_whole_chain_checked_and_the_log_keeps_what_came_of_it(
    county: Cast,
) -> None:
    assert "never checked yet" in page(county)
    before = check_chain()

    told = checked(county)

    event = Event.objects.get(verb="log.checked")
    assert event.after["length"] > before.length and event.after["broken_at"] is None
    assert event.by == county.users["auditor-controller"].public_id
    assert [percent_at("log-check", sentence) for sentence in told] == [90]
    html = page(county)
    assert "The chain is whole" in html and str(event.after["head"]) in html


def test_while_it_is_checked_the_page_shows_how_far_it_is(county: Cast) -> None:
    client = county.sign_in("auditor-controller")

    html = client.post(address(county), follow=True).content.decode()

    assert "It waits for the work before it." in html and "every 3s" in html
    assert "Check all of it now" not in html


def test_a_request_checks_only_what_was_written_since(
    county: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    checked(county)
    whole = Event.objects.get(verb="log.checked").after["length"]
    for _ in range(30):
        record(SYSTEM, "job.done")

    with django_assert_max_num_queries(5):
        now = standing()
    few = standing(most=10)

    assert now.unchecked == 0 and now.since == now.length - int(whole)
    assert (few.checked.length, few.unchecked) == (int(whole) + 10, now.length - int(whole) - 10)
    assert few.head == now.head == Event.objects.order_by("-number")[0].seal


def test_an_entry_changed_since_is_found_at_once_and_an_older_one_by_the_job(county: Cast) -> None:
    checked(county)
    later = record(SYSTEM, "job.done").number
    without_triggers(f"UPDATE audit_event SET by_name = 'Another' WHERE number = {later}")
    assert standing().checked.broken_at == later
    assert "The chain is broken" in page(county)


def test_the_job_finds_what_was_changed_before_the_last_check(county: Cast) -> None:
    checked(county)
    without_triggers("UPDATE audit_event SET by_name = 'Another' WHERE number = 2")
    assert standing().checked.is_whole  # as of that check

    checked(county)

    assert standing().checked.broken_at == 2
    assert "Entry 2 does not hold" in page(county)


def test_the_head_of_the_last_check_must_still_be_there(county: Cast) -> None:
    checked(county)
    last = Event.objects.get(verb="log.checked")
    length = int(last.after["length"])
    without_triggers(f"UPDATE audit_event SET seal = 'another' WHERE number = {length}")

    assert standing().checked.broken_at == length


def test_a_file_of_the_log_says_how_far_it_was_checked(county: Cast) -> None:
    checked(county)

    answer = county.sign_in("auditor-controller", fresh=True).post(
        address(county, "export"), {"form": "json", "purpose": "the audit"}
    )

    chain = json.loads(answer.content)["chain"]
    assert chain["broken_at"] is None and chain["checked_until"] == chain["length"]
    assert chain["last_whole_check"] == Event.objects.get(verb="log.checked").at.isoformat()
    assert chain["head"] == Event.objects.get(number=chain["length"]).seal


def test_a_chain_in_blocks_is_the_chain_in_one(county: Cast) -> None:
    whole = check_chain()
    half = check_chain(most=whole.length // 2)

    assert half == Chain(whole.length // 2, Event.objects.get(number=half.length).seal)
    assert check_chain(half) == whole
