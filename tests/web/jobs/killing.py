"""Kill workers and what they start: `python -m tests.web.jobs.killing TIMES SEED`.

A worker, or the process of its job, is killed with SIGKILL at a random moment, or both at once;
then the next worker comes. In the end every job was done once, and says so as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import django

COMMAND = [sys.executable, "-m", "payforsuccess.web", "work", "--until-idle", "--stale-after", "4"]
LONGEST = 3.5
"""Seconds after which a job of this small feed has mostly come to its end."""


def main(times: int, seed: int) -> None:
    """Kill so many, and say what was left."""
    django.setup()
    from django.conf import settings

    from payforsuccess.web.audit.models import Event
    from payforsuccess.web.audit.queries import check_chain
    from payforsuccess.web.jobs.actions import ask
    from payforsuccess.web.jobs.models import DONE, FAILED, OPEN, Job
    from tests.lib.booked import a_booked_folder
    from tests.web.cast import make_cast

    a_booked_folder(Path(settings.DEALS) / "homes")
    cast = make_cast("homes", "Homes")
    chance = random.Random(seed)
    by = cast.access("data-steward")
    killed, asked = 0, 0
    while killed < times:
        if not Job.objects.filter(state__in=OPEN).exists():
            ask(by=by, kind="load")
            asked += 1
        killed += kill_one(chance)
    finish_what_is_left()
    while Job.objects.filter(state__in=OPEN).exists():  # a try of before may still be at work
        time.sleep(0.5)
        finish_what_is_left()
    done = Event.objects.filter(verb="job.done").values_list("subject", flat=True)
    snapshots = Path(settings.DEALS) / "homes" / "out" / "snapshots"
    print(
        json.dumps(
            {
                "killed": killed,
                "asked": asked,
                "done": Job.objects.filter(state=DONE).count(),
                "failed": Job.objects.filter(state=FAILED).count(),
                "told_done": len(done),
                "told_once": len(set(done)),
                "most_tries": max(Job.objects.values_list("tries", flat=True)),
                "snapshots": sum(len(p.name) == 64 for p in snapshots.iterdir()),
                "chain_holds": check_chain().is_whole,
            }
        )
    )


def kill_one(chance: random.Random) -> bool:
    """Start a worker, and kill it, what it started, or both; False where it was done before."""
    worker = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 0.8 + chance.random() * LONGEST
    while time.monotonic() < until:
        if worker.poll() is not None:
            return False
        time.sleep(0.02)
    whom = chance.choice(["worker", "child", "both"])
    children = children_of(worker.pid)
    if whom != "worker":
        for child in children:
            kill(child)
    if whom != "child" or not children:
        kill(worker.pid)
    worker.wait()
    return True


def children_of(process: int) -> list[int]:
    """The processes that a process started."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(each) for each in text.split()]


def kill(process: int) -> None:
    """With SIGKILL, unless it is gone."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def finish_what_is_left() -> None:
    """A worker that nobody kills."""
    subprocess.run(COMMAND, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
