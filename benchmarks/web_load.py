"""Fifty case workers at once on two workers of gunicorn, on SQLite and on PostgreSQL.

`python benchmarks/web_load.py [--seconds 300] [--people 10000] [--events 1000000] [--on sqlite]`.
Each worker opens Today, someone's page, and the form of a contact, writes it, and thinks in
between. Reported: errors, contacts that were answered for and are not there (or twice there), the
median and the 95th percentile of each page by the clock, and the processor's milliseconds for each
page asked for alone, of the application and of the database. Everything runs on this machine: where
more processes wait than it has processors, the clock tells of them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from measured import keep

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.web.postgresql import server as postgresql  # noqa: E402

WORKERS = 50
THINK = 6.0
"""Seconds between two pages of one worker, on average."""
ALONE = 15
"""How often each page is asked for alone, for the processor's time."""
WARM = 10
"""Pages asked for before anything is measured: a server's first page loads the program."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Heard:
    """What the workers heard: seconds by page, errors by kind, the notes of contacts taken."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)


@dataclass
class Worker:
    """One case worker with a browser that keeps its connection and its cookies."""

    port: int
    session: str
    people: list[str]
    heard: Heard
    cookie: str = ""

    def ask(self, page: str, path: str, entered: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, and note how long it took."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.cookie}"}
        body = urlencode(entered) if entered is not None else None
        if entered is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as error:
            self.heard.errors[f"{page}: {type(error).__name__}"] += 1
            return 0, ""
        finally:
            connection.close()
        self.heard.seconds[page].append(time.perf_counter() - began)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookie = value.split(";")[0].partition("=")[2]
        if answer.status != (200 if body is None else 302):
            self.heard.errors[f"{page}: {answer.status}"] += 1
        return answer.status, text

    def write(self, one: str) -> None:
        """Open the form of a contact with someone, and send it."""
        path = f"/load/people/{one}/contact/"
        status, text = self.ask("form of a contact", path)
        found = TOKEN.search(text)
        if status != 200 or found is None:
            return
        entered = {
            "csrfmiddlewaretoken": found[1],
            "on": (datetime.now(UTC).date() - timedelta(1)).isoformat(),
            "kind": "visit",
            "is_reached": "yes",
            # A note of its own: the same contact sent twice is one contact to the application.
            "note": f"Written under load: {uuid4()}",
        }
        reached = re.search(r'name="is_reached"[^>]*value="([^"]+)"', text)
        entered["is_reached"] = reached[1] if reached else "yes"
        if self.ask("writing a contact", path, entered)[0] == 302:
            self.heard.taken.add(entered["note"])

    def work(self, until: float, draw: random.Random) -> None:
        """Today, someone's page, a contact; again until it is time to go."""
        time.sleep(draw.random() * THINK)
        while time.monotonic() < until:
            one = draw.choice(self.people)
            self.ask("today", "/load/people/")
            time.sleep(draw.expovariate(1 / THINK))
            self.ask("a person", f"/load/people/{one}/")
            time.sleep(draw.expovariate(1 / THINK))
            self.write(one)
            time.sleep(draw.expovariate(1 / THINK))


def processor_seconds(*roots: int) -> float:
    """What processes and their children have used of the processor so far."""
    of_parent: dict[int, list[int]] = defaultdict(list)
    used: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(path.parent.name)
        of_parent[int(parts[1])].append(number)
        used[number] = sum(map(int, parts[11:15])) / TICKS
    waiting, total = list(roots), 0.0
    while waiting:
        number = waiting.pop()
        total += used.get(number, 0.0)
        waiting += of_parent[number]
    return total


@contextmanager
def serving(environment: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of gunicorn with two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "--preload"]
    command += ["-b", f"127.0.0.1:{port}"]
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, "payforsuccess.web.wsgi:application"],
            env=environment,
            cwd=ROOT,
            stdout=written,
            stderr=written,
        )
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.2)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(30)


def database_process(home: Path, url: str | None) -> list[int]:
    """PostgreSQL's first process; SQLite works inside the application."""
    if url is None:
        return []
    folder = next(Path(tempfile.gettempdir()).glob("pfs-postgresql-*/data/postmaster.pid"))
    return [int(folder.read_text().splitlines()[0])]


def alone(worker: Worker, roots: dict[str, list[int]]) -> dict[str, dict[str, float]]:
    """The processor's milliseconds of each page, asked for again and again by one worker."""
    one = worker.people[0]
    asked = {
        "today": lambda: worker.ask("today", "/load/people/"),
        "a person": lambda: worker.ask("a person", f"/load/people/{one}/"),
        "form and writing of a contact": lambda: worker.write(one),
    }
    found: dict[str, dict[str, float]] = {}
    for page, ask in asked.items():
        before = {name: processor_seconds(*numbers) for name, numbers in roots.items()}
        for _ in range(ALONE):
            ask()
        found[page] = {
            f"{name}_ms": round((processor_seconds(*numbers) - before[name]) * 1000 / ALONE, 1)
            for name, numbers in roots.items()
            if numbers
        }
    return found


def lost(environment: dict[str, str], taken: set[str]) -> dict[str, object]:
    """Contacts that were answered for and are not there, or are there twice; and the log."""
    code = (
        "import json, django; django.setup()\n"
        "from payforsuccess.web.audit.queries import check_chain\n"
        "from payforsuccess.web.people.models import Contact\n"
        "found = list(Contact.objects.exclude(note='').values_list('note', flat=True))\n"
        "chain = check_chain()\n"
        "print(json.dumps([found, chain.is_whole, chain.length]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    kept, is_whole, length = json.loads(done.stdout)
    return {
        "contacts_written": len(taken),
        "contacts_lost": len(taken.difference(kept)),
        "contacts_there_twice_or_unasked": len(kept) - len(taken.intersection(kept)),
        "log_entries": length,
        "log_is_whole": is_whole,
    }


def measure(options: argparse.Namespace, url: str | None) -> dict[str, object]:
    """The figures on one database."""
    with tempfile.TemporaryDirectory(prefix="pfs-load-") as name:
        home = Path(name)
        environment = {**os.environ, "PFS_HOME": name, "PFS_MODE": "test"}
        environment |= {"DJANGO_SETTINGS_MODULE": "payforsuccess.web.settings"}
        environment.pop("PFS_DATABASE", None)
        environment |= {"PFS_DATABASE": url} if url else {}
        file = home / "workers.json"
        seed = [str(Path(__file__).with_name("web_load_seed.py"))]
        seed += [str(n) for n in (options.people, options.events, WORKERS)] + [str(file)]
        for step in (["-m", "payforsuccess.web", "migrate", "-v0"], seed):
            subprocess.run([sys.executable, *step], env=environment, check=True, cwd=ROOT)
        heard = Heard()
        with serving(environment, home / "server.log") as (port, process):
            workers = [Worker(port, w["session"], w["people"], heard) for w in _read(file)]
            roots = {"application": [process], "database": database_process(home, url)}
            for _ in range(WARM):
                workers[0].ask("today", "/load/people/")
            heard.seconds.clear()
            before = processor_seconds(process)
            until = time.monotonic() + options.seconds
            threads = [
                threading.Thread(target=worker.work, args=(until, random.Random(number)))
                for number, worker in enumerate(workers)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            used = processor_seconds(process) - before
            under_load = {page: tuple(found) for page, found in heard.seconds.items()}
            # Last, when both workers of the server have long known every page.
            by_page = alone(workers[0], roots)
        pages = sum(map(len, under_load.values()))
        return {
            "pages": pages,
            "pages_a_second": round(pages / options.seconds, 1),
            "errors": dict(heard.errors),
            **lost(environment, heard.taken),
            "application_ms_a_page": round(used * 1000 / max(pages, 1), 1),
            "by_page": {
                page: {
                    "asked": len(found),
                    "median_ms": round(statistics.median(found) * 1000),
                    "p95_ms": round(sorted(found)[int(len(found) * 0.95)] * 1000),
                }
                for page, found in under_load.items()
            },
            "processor_of_a_page_alone": by_page,
        }


def _read(file: Path) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = json.loads(file.read_text("utf-8"))
    return found


def main() -> None:
    """Both databases, or the one that is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    figures: dict[str, object] = {
        "case_workers": WORKERS,
        "seconds": options.seconds,
        "people": options.people,
        "contacts": options.events,
        "seconds_between_pages": THINK,
        "processors": os.cpu_count(),
    }
    for name in ("sqlite", "postgresql") if options.on == "both" else (options.on,):
        with postgresql() if name == "postgresql" else nullcontext() as url:
            before = os.getloadavg()[0]
            found = measure(options, url)
            waiting = {"before": round(before, 1), "after": round(os.getloadavg()[0], 1)}
            figures[name] = {**found, "processes_waiting": waiting}
            keep("web_load", figures)


if __name__ == "__main__":
    main()
