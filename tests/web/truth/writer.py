"""One of several processes that write at once: `... tests.web.truth.writer COUNT AT_ONCE [MODE]`.

It says `ready`, waits for a line, writes COUNT transactions on AT_ONCE connections, and says what
failed. Each reads before it writes: the newest entry of the log and a count kept beside it. MODE
deferred: SQLite as Django sets it up by itself.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings

COUNTER = "Counter"


def write(number: int) -> None:
    """One entry of the log, and a count one higher, in one transaction."""
    from django.db import transaction

    from payforsuccess.web.accounts.models import Organisation
    from payforsuccess.web.audit.actions import SYSTEM, Subject, record

    with transaction.atomic():
        record(SYSTEM, "truth.written", Subject("number", str(number)))
        counter = Organisation.objects.get(name=COUNTER)
        time.sleep(0.001)
        counter.party = str(int(counter.party) + 1)
        counter.save()


def main(count: int, at_once: int, mode: str = "") -> None:
    """Write, and say how it went."""
    if mode == "deferred":
        settings.DATABASES["default"]["OPTIONS"] = {}
    django.setup()
    from django.db import OperationalError

    failed: list[str] = []
    together = threading.Barrier(at_once)

    def several(numbers: range) -> float:
        longest = 0.0
        together.wait()
        for number in numbers:
            began = time.monotonic()
            try:
                write(number)
            except OperationalError as error:
                failed.append(str(error))
            longest = max(longest, time.monotonic() - began)
        return longest

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(at_once) as pool:
        longest = max(pool.map(several, [range(n, count, at_once) for n in range(at_once)]))
    print(json.dumps({"failed": failed, "longest": round(longest, 3)}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
