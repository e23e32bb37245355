"""Everything that moves a job on; each leaves one event.

A job's work writes whole files or none, under names made of what went in: a try that was killed
left nothing half done, and the next one repeats nothing. So a job may be taken up again at any
time, as long as two tries never work in one folder at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, plain_of, sentence
from payforsuccess.errors.sentence import Plain
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, hold, record
from payforsuccess.web.jobs.models import (
    CANCELLED,
    DONE,
    FAILED,
    OPEN,
    RUNNING,
    WAITING,
    Job,
    Jobs,
)
from payforsuccess.web.jobs.permissions import may_ask

MOST_TRIES = 5
"""After so many tries that ended without a word, something is wrong that another will not mend."""


class Lost(Exception):
    """The job was cancelled, or another try took it up: this one must stop and write nothing."""


@action
def ask(*, by: Access, kind: str) -> Job:
    """A new job; the one of this kind that waits already, where one does."""
    answer = may_ask(by, kind)
    hold()  # so that two who ask at once do not both find that none waits
    waiting = Job.objects.filter(initiative=by.initiative, kind=kind, state=WAITING).first()
    if waiting is not None:
        return waiting
    job = Job(initiative=by.initiative, kind=kind, asked_by=by.user, asked_at=timezone.now())
    job.save()
    record(by.actor(answer), "job.asked", job, after={"kind": kind})
    return job


@action
def claim(*, by: Actor, stale_before: datetime) -> Job | None:
    """Take up the oldest job that waits, or one whose try has been silent since `stale_before`.

    None where there is nothing to do. A job of an initiative in which another runs waits for it.
    """
    busy = Job.objects.filter(initiative=OuterRef("initiative"), state=RUNNING)
    candidates = Job.objects.filter(
        Q(state=RUNNING, heartbeat_at__lt=stale_before) | (Q(state=WAITING) & ~Exists(busy))
    )
    # SQLite has one writer at a time and ignores the lock; PostgreSQL's workers pass by each other.
    in_turn = candidates.order_by("asked_at", "pk")
    job = in_turn.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    job.state, job.claimed_as, job.tries = RUNNING, secrets.token_hex(16), job.tries + 1
    job.heartbeat_at = timezone.now()
    job.began_at = job.began_at or job.heartbeat_at
    job.progress, job.percent = "", 0
    job.save()
    record(_in(by, job), "job.begun", job, after={"kind": job.kind, "try": job.tries})
    return job


@action
def tell_progress(*, by: Actor, job: Job, text: str, percent: int) -> None:
    """Say how far it is; Lost where the job is no longer this try's."""
    own = _own(job)
    own.progress, own.percent, own.heartbeat_at = text[:300], percent, timezone.now()
    own.save()
    record(_in(by, own), "job.went-on", own, after={"percent": percent})


@action
def finish(*, by: Actor, job: Job, result: Mapping[str, object]) -> None:
    """It is done; Lost where the job is no longer this try's."""
    own = _own(job)
    own.state, own.percent, own.progress, own.ended_at = DONE, 100, "", timezone.now()
    own.result, own.problems = dict(result), []
    own.save()
    record(_in(by, own), "job.done", own, after={"kind": own.kind, "tries": own.tries})


@action
def fail(*, by: Actor, job: Job, problems: Sequence[Problem]) -> None:
    """A problem stopped it, which people must mend first; Lost as above."""
    own = _own(job)
    own.state, own.ended_at, own.progress = FAILED, timezone.now(), ""
    own.problems = [_kept(each, own.initiative.path) for each in problems]
    own.save()
    record(_in(by, own), "job.failed", own, after={"kind": own.kind, "problems": len(problems)})


@action
def give_back(*, by: Actor, job: Job) -> None:
    """A try ended without a word: the job waits again, or fails after `MOST_TRIES` of them.

    Where the same work was asked for once more meanwhile, that job does it instead of this one.
    """
    own = _own(job)
    hold()  # after the row, as in every action: else two could wait for each other
    same = Job.objects.filter(initiative=own.initiative, kind=own.kind, state=WAITING)
    own.heartbeat_at = None
    if own.tries >= MOST_TRIES:
        own.state, own.ended_at = FAILED, timezone.now()
        own.problems = [
            {
                "what": plain_of(
                    sentence(
                        "The work was stopped {number} times before it came to its end.",
                        number=MOST_TRIES,
                    )
                ),
                "do": plain_of(
                    sentence(
                        "Ask whoever runs the server whether it has enough memory and disk, and "
                        "then ask for it again."
                    )
                ),
            }
        ]
    elif same.exists():
        own.state, own.ended_at = CANCELLED, timezone.now()
    else:
        own.state, own.claimed_as, own.progress, own.percent = WAITING, "", "", 0
    own.save()
    record(_in(by, own), "job.given-back", own, after={"try": own.tries, "state": own.state})


@action
def cancel(*, by: Access, job: Job) -> Job:
    """Stop it: what it did so far in part is thrown away, what is whole stays.

    Refuses a job that is over.
    """
    answer = may_ask(by, job.kind)
    own = _locked().filter(pk=job.pk, initiative=by.initiative, state__in=OPEN).first()
    if own is None:
        raise Refusal(
            Problem(
                sentence("This job is over already."), sentence("There is nothing left to cancel.")
            )
        )
    own.state, own.claimed_as, own.ended_at, own.progress = CANCELLED, "", timezone.now(), ""
    own.save()
    record(by.actor(answer), "job.cancelled", own, after={"kind": own.kind})
    return own


def _kept(problem: Problem, home: Path) -> dict[str, Plain]:
    """A problem for the job's page; its file is named as it lies in the initiative's folder."""
    file = Path(problem.where.file)
    if file.is_absolute():
        file = file.relative_to(home) if file.is_relative_to(home) else Path(file.name)
    where = replace(problem.where, file=str(file) if problem.where.file else "")
    return {"what": plain_of(problem.what), "do": plain_of(problem.do), "where": str(where)}


def _locked() -> Jobs:
    return Job.objects.select_for_update(of=("self",))


def _own(job: Job) -> Job:
    """The job as it is now, locked; Lost unless this try holds it."""
    found = _locked().filter(pk=job.pk, state=RUNNING, claimed_as=job.claimed_as).first()
    if found is None or not job.claimed_as:
        raise Lost
    return found


def _in(by: Actor, job: Job) -> Actor:
    """The worker in the initiative of the job, so that the log shows it there."""
    return Actor(by.account, by.name, by.role, by.organisation, job.initiative.slug)
