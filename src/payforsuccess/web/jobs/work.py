"""The worker: takes up one job after another and does each in a process of its own.

The process that does a job tells every few seconds that it lives, and stops at once when the job
was cancelled or taken up by another. It holds a lock on the initiative's folder, which the system
takes from it however it ends. So each of the two may be killed at any time: whoever is left goes
on, and what was being done is done again from the start by the next try.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType

from django.db import DatabaseError, connection
from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.runs.files import locked
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.jobs.actions import (
    MOST_TRIES,
    Lost,
    claim,
    fail,
    finish,
    give_back,
    tell_progress,
)
from payforsuccess.web.jobs.kinds import DOING
from payforsuccess.web.jobs.models import RUNNING, Job
from payforsuccess.web.jobs.steps import percent_at

logger = logging.getLogger(__name__)
BEAT_SECONDS = 2.0
STALE_SECONDS = 30.0
"""So long without a sign of life, and another try takes the job up."""
LOST = 3
"""What a try that lost its job ends with."""


@dataclass
class Worker:
    """Takes up jobs until it is told to end.

    with_parent: the process that started this one, with which it ends; None to go on alone.
    """

    stale_seconds: float = STALE_SECONDS
    look_every: float = 1.0
    with_parent: int | None = None
    is_ending: bool = False

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Begin nothing new; what is being done is stopped and waits for the next worker."""
        self.is_ending = True

    @property
    def goes_on(self) -> bool:
        """Whether nobody told it to end."""
        is_orphan = self.with_parent is not None and os.getppid() != self.with_parent
        return not (self.is_ending or is_orphan)

    def run(self, *, until_idle: bool = False) -> None:
        """Do what waits, one after another; with `until_idle` come back when nothing does."""
        pause = threading.Event()
        while self.goes_on:
            job = self._claimed()
            if job is not None:
                self._do(job)
            elif until_idle:
                return
            else:
                connection.close()
                pause.wait(self.look_every)

    def _claimed(self) -> Job | None:
        since = timezone.now() - timedelta(seconds=self.stale_seconds)
        # Another worker took up a job of the same initiative at the same moment; or the database
        # is away for a while. The next look finds out.
        with suppress(DatabaseError):
            return claim(by=SYSTEM, stale_before=since)
        return None

    def _do(self, job: Job) -> None:
        """Have the job done by a process of its own, and give it back if that ends too early."""
        if job.tries <= MOST_TRIES:  # else each try before took its worker along
            self._start(job)
        # Lost: it came to its end, was cancelled, or is another's. Where the database is away, the
        # job is soon silent, and somebody takes it up.
        with suppress(Lost, DatabaseError):
            give_back(by=SYSTEM, job=job)

    def _start(self, job: Job) -> None:
        """The process that does the job, until it ends or is ended."""
        command = [sys.executable, "-m", "payforsuccess.web", "do_job", job.public_id]
        environment = {**os.environ, "PFS_JOB_CLAIM": job.claimed_as}
        doing = subprocess.Popen(command, env=environment, start_new_session=True)
        while doing.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                doing.wait(0.2)
            if not self.goes_on:
                doing.terminate()
                with suppress(subprocess.TimeoutExpired):
                    doing.wait(5)
                doing.kill()
                doing.wait()


def do(code: str, claimed_as: str) -> int:
    """Do a job that was taken up; the number that the process ends with."""
    job = (
        Job.objects.filter(public_id=code, claimed_as=claimed_as, state=RUNNING)
        .select_related("initiative", "asked_by")
        .first()
    )
    if job is None or not claimed_as:
        return LOST
    threading.Thread(target=_beat, args=(job,), daemon=True).start()
    try:
        with locked(job.initiative.path / "out" / "jobs"):
            try:
                result = DOING[job.kind](job, Told(job))
            except Refusal as refusal:
                fail(by=SYSTEM, job=job, problems=refusal.problems)
            except OSError:
                logger.exception("Job %s stopped", code)
                fail(by=SYSTEM, job=job, problems=[_WRITING])
            else:
                finish(by=SYSTEM, job=job, result=result)
    except Lost:
        return LOST
    return 0


_WRITING = Problem(
    sentence("A file of the initiative could not be read or written."),
    sentence("Ask whoever runs the server whether the disk is full and the folder may be written."),
)


@dataclass
class Told:
    """Hears how far a run is and keeps each step once."""

    job: Job
    percent: int = 0

    def __call__(self, sentence: str) -> None:
        """Keep the sentence where it begins a new step."""
        percent = percent_at(self.job.kind, sentence)
        if percent is not None and percent > self.percent:
            self.percent = percent
            tell_progress(by=SYSTEM, job=self.job, text=sentence, percent=percent)


def _beat(job: Job) -> None:
    """Say every few seconds that this try lives; end it at once where the job is lost."""
    own = Job.objects.filter(pk=job.pk, state=RUNNING, claimed_as=job.claimed_as)
    pause = threading.Event()
    while True:
        with suppress(DatabaseError):  # it is away for a while: the next beat tells
            if not own.beat(timezone.now()):
                os.kill(os.getpid(), signal.SIGKILL)
        pause.wait(BEAT_SECONDS)
