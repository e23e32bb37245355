"""Kill the process that pays, again and again: `python -m tests.web.truth.killing TIMES SEED`.

Each process is a copy of this one, killed with SIGKILL at a random point. What it left is looked
at, then the next goes on from there; a county that is done makes room for a new one. Says, as JSON,
how many were killed and what was found.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time

import django

MOST_STEPS = 4.0
"""A process is killed before it has done about this many steps."""


def main(times: int, seed: int) -> None:
    """Kill so many processes, and say what they left."""
    django.setup()
    from tests.web.truth.paying import a_county, away, look_after

    chance = random.Random(seed)
    done = unknown = counties = 0
    cast, told = a_county("county-0"), set[str]()
    one_step = 0.05
    for _ in range(times):
        said, seconds = kill_one(cast, wait=chance.random() * one_step * MOST_STEPS)
        if said:
            one_step = min(max(seconds / len(said), 0.02), 1.0)
        told |= said
        left = look_after(cast, told)
        unknown += left.unknown
        if left.is_done:
            away(cast)
            done, counties = done + 1, counties + 1
            cast, told = a_county(f"county-{counties}"), set()
    print(json.dumps({"killed": times, "counties_paid": done, "told_later": unknown}))


def kill_one(cast: object, *, wait: float) -> tuple[set[str], float]:
    """What a process said that it had done before it was killed, and for how long it ran."""
    from django.db import connections

    from tests.web.truth.paying import pay_on

    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            pay_on(cast, lambda checksum: os.write(write, f"{checksum}\n".encode()))  # type: ignore[arg-type]
        finally:
            os._exit(0)
    os.close(write)
    began = time.monotonic()
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seconds = time.monotonic() - began
    with os.fdopen(read) as said:
        found = {line for line in said.read().split("\n") if line}
    wait_for_others()
    return found, seconds


def wait_for_others() -> None:
    """Until PostgreSQL noticed that the process is gone, and took back what it had begun."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.01)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
