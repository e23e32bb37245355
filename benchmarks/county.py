"""A simulated county from small to large: time grows with its people, memory does not.

`python benchmarks/county.py [PEOPLE ...]`; 1,000, 100,000, a million and ten million if left out,
each in a process of its own, written to a temporary folder and taken away again: ten million people
need 10 GB of it (name another with TMPDIR). Floor: the engine copying the largest file of that
county from CSV to CSV, by its rows a second. Where more processes wait than the machine has
processors, read `processor_seconds`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured import keep

from payforsuccess.runs.simulate_county import simulate_county
from payforsuccess.store import StoreSettings, open_store

SEED = 7
PEOPLE = (1_000, 100_000, 1_000_000, 10_000_000)
COPIED = Path("feeds") / "hmis" / "Services.csv"


def measure(people: int, folder: Path) -> None:
    """Simulate in this process, and print what it took."""
    began = time.perf_counter()
    made = simulate_county(folder, people=people, seed=SEED)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "people": people,
                "rows": sum(rows for _, rows in made.files),
                "seconds": round(time.perf_counter() - began, 1),
                "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
                "megabytes": round(used.ru_maxrss / 1024),
                "processes_waiting": round(os.getloadavg()[1], 1),
            }
        )
    )


def rows_copied_a_second(folder: Path) -> int:
    """The floor: the engine reading a file of the county and writing it again."""
    with open_store(StoreSettings(threads=1)) as store:
        began = time.perf_counter()
        [(rows,)] = store.backend.con.execute(
            f"COPY (FROM read_csv('{folder / COPIED}', all_varchar = true)) "
            f"TO '{folder / 'copy.csv'}'"
        ).fetchall()
        return round(rows / (time.perf_counter() - began))


def main() -> None:
    """Each size in its own process; kept where the largest is the largest that can be asked for."""
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]), Path(sys.argv[3]))
        return
    sizes = tuple(map(int, sys.argv[1:])) or PEOPLE
    found = []
    for people in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "county"
            done = subprocess.run(
                [sys.executable, __file__, "--measure", str(people), str(folder)],
                capture_output=True,
                text=True,
                check=True,
            )
            one = json.loads(done.stdout.strip().splitlines()[-1])
            one["rows_a_second"] = round(one["rows"] / one["seconds"])
            one["rows_copied_a_second"] = rows_copied_a_second(folder)
            found.append(one)
    figures = {
        "claimed": "memory at ten million people within 1.2 times that at a hundred thousand",
        "sizes": found,
        "ratio_of_megabytes": round(found[-1]["megabytes"] / found[1 % len(found)]["megabytes"], 2),
    }
    if sizes == PEOPLE:
        keep("county", figures)
    else:
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
