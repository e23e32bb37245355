"""Jobs: asked for once, one at a time in a folder, taken up again when silent, cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, text_of
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.jobs.actions import (
    MOST_TRIES,
    Lost,
    ask,
    cancel,
    claim,
    fail,
    finish,
    give_back,
    tell_progress,
)
from payforsuccess.web.jobs.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job
from payforsuccess.web.jobs.work import Worker
from tests.web.cast import Cast


def long_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def claimed(county: Cast, kind: str = "load") -> Job:
    ask(by=county.access("data-steward"), kind=kind)
    job = claim(by=SYSTEM, stale_before=long_ago())
    assert job is not None
    return job


def test_who_asks_twice_has_one_job(county: Cast) -> None:
    by = county.access("data-steward")

    assert ask(by=by, kind="load") == ask(by=by, kind="load")
    assert Event.objects.filter(verb="job.asked").count() == 1


def test_only_who_may_asks(county: Cast) -> None:
    for role, kind in [("payor", "load"), ("data-steward", "checks"), ("validator", "measure")]:
        with pytest.raises(Refused):
            ask(by=county.access(role), kind=kind)


def test_one_job_at_a_time_in_a_folder_and_others_beside_it(
    county: Cast, other_county: Cast
) -> None:
    first = claimed(county)
    ask(by=county.access("data-steward"), kind="measure")
    ask(by=other_county.access("data-steward"), kind="load")

    second = claim(by=SYSTEM, stale_before=long_ago())

    assert second is not None and second.initiative == other_county.initiative
    assert claim(by=SYSTEM, stale_before=long_ago()) is None
    finish(by=SYSTEM, job=first, result={"rows": 1})
    third = claim(by=SYSTEM, stale_before=long_ago())
    assert third is not None and third.kind == "measure"


def test_the_database_lets_no_two_jobs_of_a_folder_run(county: Cast) -> None:
    first = claimed(county)
    waiting = ask(by=county.access("data-steward"), kind="measure")
    waiting.state = first.state

    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.save()


def test_a_silent_job_is_taken_up_again_and_its_first_try_has_lost_it(county: Cast) -> None:
    first = claimed(county)

    again = claim(by=SYSTEM, stale_before=timezone.now() + timedelta(seconds=1))

    assert again is not None and again.pk == first.pk and again.tries == 2
    for write in (
        lambda: tell_progress(by=SYSTEM, job=first, text="reading the feeds", percent=10),
        lambda: finish(by=SYSTEM, job=first, result={}),
        lambda: fail(by=SYSTEM, job=first, problems=[]),
        lambda: give_back(by=SYSTEM, job=first),
    ):
        with pytest.raises(Lost):
            write()
    finish(by=SYSTEM, job=again, result={"rows": 3})
    again.refresh_from_db()
    assert (again.state, again.result) == (DONE, {"rows": 3})


def test_a_sign_of_life_keeps_a_job_and_tells_who_lost_it(county: Cast) -> None:
    job = claimed(county)
    own = Job.objects.filter(pk=job.pk, state=RUNNING, claimed_as=job.claimed_as)

    assert own.beat(timezone.now())
    cancel(by=county.access("data-steward"), job=job)
    assert not own.beat(timezone.now())


def test_a_job_that_ends_without_a_word_waits_again_and_fails_at_last(county: Cast) -> None:
    job = claimed(county)
    for _ in range(MOST_TRIES - 1):
        give_back(by=SYSTEM, job=job)
        job.refresh_from_db()
        assert job.state == WAITING
        again = claim(by=SYSTEM, stale_before=long_ago())
        assert again is not None
        job = again

    give_back(by=SYSTEM, job=job)

    job.refresh_from_db()
    assert job.state == FAILED and "5 times" in text_of(job.problems[0]["what"])


def test_a_job_that_takes_its_workers_along_is_given_up_at_last(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each worker died with the job, so that nobody gave it back."""
    started: list[int] = []
    monkeypatch.setattr(Worker, "_start", lambda _, job: started.append(job.tries))
    claimed(county)
    for _ in range(MOST_TRIES - 1):
        assert claim(by=SYSTEM, stale_before=timezone.now() + timedelta(seconds=1))

    Worker(stale_seconds=-1).run(until_idle=True)

    assert started == [] and Job.objects.get().state == FAILED


def test_a_worker_outlives_a_database_that_is_away(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job is silent then, and somebody takes it up."""

    def away(**_: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(Worker, "_start", lambda *_: None)
    monkeypatch.setattr("payforsuccess.web.jobs.work.give_back", away)
    ask(by=county.access("data-steward"), kind="load")

    Worker().run(until_idle=True)

    assert Job.objects.get().state == RUNNING


def test_a_problem_is_kept_in_words(county: Cast) -> None:
    job = claimed(county)

    fail(by=SYSTEM, job=job, problems=[Problem("It is wrong.", "Mend it.")])

    job.refresh_from_db()
    kept = {"what": "It is wrong.", "do": "Mend it.", "where": ""}
    assert (job.state, job.problems) == (FAILED, [kept])


def test_who_may_ask_may_cancel_once(county: Cast) -> None:
    job = claimed(county)
    with pytest.raises(Refused):
        cancel(by=county.access("evaluator"), job=job)

    assert cancel(by=county.access("data-steward"), job=job).state == CANCELLED
    with pytest.raises(Refusal):
        cancel(by=county.access("data-steward"), job=job)
    with pytest.raises(Lost):
        finish(by=SYSTEM, job=job, result={})


def test_every_step_is_in_the_log(county: Cast) -> None:
    job = claimed(county)
    tell_progress(by=SYSTEM, job=job, text="reading the feeds", percent=10)
    finish(by=SYSTEM, job=job, result={})

    told = Event.objects.filter(subject=job.public_id).order_by("number")
    assert list(told.values_list("verb", flat=True)) == [
        "job.asked",
        "job.begun",
        "job.went-on",
        "job.done",
    ]
    assert {event.initiative for event in told} == {county.slug}
