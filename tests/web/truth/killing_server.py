"""Kill server and worker while people pay: `python -m tests.web.truth.killing_server TIMES SEED`.

People issue, approve and pay over HTTP, as browsers do; the data desk asks for the feeds to be
loaded. At a random point of a step what answers requests is killed with SIGKILL, or the whole
server, or beside it the worker or what it started. What was left is looked at, then people go on
from there. Says, as JSON, what was killed and what was found.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.web.cast import Cast
    from tests.web.truth.over_http import Person, Server

MOST_STEPS = 3.0
"""A server is killed before it has done about this many steps."""
LONGEST_JOB = 600.0
"""Seconds after which a job that is not over is taken for lost; a busy machine takes minutes."""
FIRST_STEP = 1.0
"""Seconds that a step is thought to take before one was answered."""
WORKER_TOO, WHOLE_SERVER = 0.1, 0.08
"""How often the worker is killed too, and all of the server instead of what answers."""
WORK = [sys.executable, "-m", "payforsuccess.web", "work", "--stale-after", "4"]
APPROVERS = ("payor", "second-payor")
STEPS = tuple(
    (number, *step)
    for number in (1, 2, 3, 4)
    for step in (
        ("statement", "coordinator", ""),
        *(("approve", who, "") for who in APPROVERS),
        ("warrant", "auditor-controller", "1.00"),
        ("warrant", "auditor-controller", ""),
    )
)
"""Every step of every period: its number, page, who does it, and the amount of a warrant."""
SIGNED = date(2026, 1, 31)
Done = tuple[str, int, str]
"""A step that is on record: its kind, the statement, and by whom or under which warrant."""


@dataclass
class Office:
    """The people of one county, and what the server answered them that it had done.

    seen_done: steps whose answer was lost, and that a later look at the page showed to be done.
    told_later: steps on record that the log was told of afterwards, under another name; a part
    payment is then sent again under its number, found on record, and answered.
    has_asked: that the feeds be loaded. seconds, steps: how long steps took that were answered.
    in_vain: kills in a row by which nothing more of `done` steps was done; on a busy machine people
    then get longer.
    """

    cast: Cast
    people: dict[str, Person]
    answered: set[Done] = field(default_factory=set)
    seen_done: set[Done] = field(default_factory=set)
    told_later: set[Done] = field(default_factory=set)
    has_asked: bool = False
    seconds: float = 0.0
    steps: int = 0
    done: int = 0
    in_vain: int = 0

    def go_on(self, ready: threading.Event, stop: threading.Event) -> None:
        """Do every step that can be done, until the server is gone or nothing is left."""
        from tests.web.truth.over_http import NoAnswer

        try:
            self.people["coordinator"].open(f"/{self.cast.slug}/payments/")
            ready.set()
            if not self.has_asked:
                self.has_asked = self.people["data-steward"].do(f"/{self.cast.slug}/jobs/new/load/")
            for number, page, who, amount in STEPS:
                if stop.is_set():
                    return
                self.step(number, page, who, amount)
        except NoAnswer:
            return
        finally:
            ready.set()

    def step(self, number: int, page: str, who: str, amount: str) -> None:
        """One step, unless it is known to be done; what the server says is done is noted down."""
        from django.utils import timezone

        entered: dict[str, str] = {}
        name = "" if page == "statement" else self.cast.users[who].full_name
        if page == "warrant":
            name = f"W-{number}-{1 if amount else 2}"
            entered = {"reference": name, "on": str(timezone.localdate()), "amount": amount}
        done: Done = (page, number, name)
        if done in self.answered | self.seen_done:
            return
        began = time.monotonic()
        if self.people[who].do(f"/{self.cast.slug}/payments/{number}/{page}/", **entered):
            self.answered.add(done)
            self.seconds, self.steps = self.seconds + time.monotonic() - began, self.steps + 1
        elif done in on_record(self.cast):  # before, and its page did not answer
            self.seen_done.add(done)


def an_office(slug: str, port: int) -> Office:
    """A county whose four years are signed and not stated, and the jail's feed."""
    from django.conf import settings

    from tests.lib.approving import certified
    from tests.lib.booked import GOOD, a_jail
    from tests.lib.folders import a_folder, sign
    from tests.web.cast import another, make_cast
    from tests.web.truth.over_http import Person

    folder = Path(settings.DEALS) / slug
    deal = certified(
        data=[a_jail()],
        in_force_from="2022-01-01",
        ends_on="2025-12-31",
        periods={"every": "year", "from": "2022-01-01"},
        finality={"look_back": "12 months", "materiality": "0", "final_on": "2999-12-31"},
    )
    sign(a_folder(folder, deal, homes=["3", "4", "5", "6"]), on=SIGNED)
    (folder / "feeds" / "jail").mkdir(parents=True)
    (folder / "feeds" / "jail" / "bookings.csv").write_text(GOOD, "utf-8")
    cast = make_cast(slug, slug, folder)
    another(cast, "payor")
    who = {"data-steward", *(step[2] for step in STEPS)}
    return Office(cast, {each: Person(port, cast.users[each].username) for each in who})


def on_record(cast: Cast) -> set[Done]:
    """The steps of which the deal's folder has a record."""
    from payforsuccess.runs.folder import open_folder
    from payforsuccess.runs.statement.approvals import read_approvals

    folder = open_folder(cast.initiative.path)
    said = [each for each in read_approvals(folder) if each.said == "approved"]
    return {
        *(("statement", each.number, "") for each in folder.statements()),
        *(("approve", each.statement, each.by) for each in said),
        *(("warrant", each.statement, each.reference) for each in folder.paid()),
    }


def in_the_log(cast: Cast) -> set[Done]:
    """The steps of which the log tells under their own name."""
    from payforsuccess.web.audit.models import Event

    found: set[Done] = set()
    for event in Event.objects.filter(initiative=cast.slug, verb__startswith="statement."):
        number = int(event.after.get("number", 0))
        match event.verb:
            case "statement.issued":
                found.add(("statement", number, ""))
            case "statement.approved":
                found.add(("approve", number, event.by_name))
            case "statement.paid":
                found.add(("warrant", number, event.after["warrant"]))
    return found


def main(times: int, seed: int) -> None:
    """Kill so often, and say what was left."""
    django.setup()
    from tests.web.truth.over_http import Server
    from tests.web.truth.paying import away, look_after

    chance, killed, found = random.Random(seed), Counter[str](), Counter[str]()
    server = Server()
    server.start()
    worker = subprocess.Popen(WORK, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    office = an_office("office-0", server.port)
    try:
        while killed.total() < times:
            for each in kill_in_a_step(office, server, worker, chance):
                killed[each] += 1
            if worker.poll() is not None:
                worker = subprocess.Popen(
                    WORK, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            server.start()
            wait_until_quiet()
            assert office.answered <= on_record(office.cast), "an answered step is not on record"
            known = in_the_log(office.cast) | office.told_later
            assert office.answered <= known, "an answered step is not in the log"
            office.told_later |= on_record(office.cast) - known
            left = look_after(office.cast, set())
            found["told_later"] += left.unknown
            if left.is_done:
                wait_for_jobs()
                found["answered"] += len(office.answered)
                found["counties_paid"] += 1
                away(office.cast)
                office = an_office(f"office-{found['counties_paid']}", server.port)
        wait_for_jobs()
        found["answered"] += len(office.answered)
    finally:
        server.kill(whole=True)
        worker.terminate()
        worker.wait()
    print(json.dumps({"killed": killed.total(), **killed, **found, **dict(jobs_done())}))


def kill_in_a_step(
    office: Office, server: Server, worker: subprocess.Popen[bytes], chance: random.Random
) -> Iterator[str]:
    """Let people go on, and kill something at a random point; says what."""
    from tests.web.truth.over_http import children_of, kill

    ready, stop = threading.Event(), threading.Event()
    people = threading.Thread(target=office.go_on, args=(ready, stop))
    people.start()
    ready.wait()
    one_step = office.seconds / office.steps if office.steps else FIRST_STEP
    done = len(office.answered) + len(office.seen_done)
    office.in_vain, office.done = (0, done) if done > office.done else (office.in_vain + 1, done)
    time.sleep(chance.random() * one_step * MOST_STEPS * (1 + office.in_vain))
    if chance.random() < WORKER_TOO:
        for process in chance.choice([[worker.pid], children_of(worker.pid)]):
            kill(process)
        yield "worker"
    whole = chance.random() < WHOLE_SERVER
    server.kill(whole=whole)
    yield "server" if whole else "answering"
    stop.set()
    people.join()


def wait_until_quiet() -> None:
    """Until PostgreSQL noticed who is gone, and took back what they had begun."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.01)


def wait_for_jobs() -> None:
    """Until the worker has done what was asked for."""
    from payforsuccess.web.jobs.models import OPEN, Job

    until = time.monotonic() + LONGEST_JOB
    while Job.objects.filter(state__in=OPEN).exists():
        assert time.monotonic() < until, "a job is never done"
        time.sleep(0.2)


def jobs_done() -> Iterator[tuple[str, int]]:
    """How many jobs there were, how many were done, and how often the log says so."""
    from payforsuccess.web.audit.models import Event
    from payforsuccess.web.jobs.models import DONE, Job

    yield "jobs", Job.objects.count()
    yield "jobs_done", Job.objects.filter(state=DONE).count()
    yield "jobs_told_done", Event.objects.filter(verb="job.done").count()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
