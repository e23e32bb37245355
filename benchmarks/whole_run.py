"""How long a whole `pfs run` takes on small files: from extracts to statement and report.

Two deals: the one of `examples/maryland-reentry`, 432 people in one file, with a plan for its
effect and no matching; and `examples/just-in-reach` on a made-up county, 330 people whose records
in five agencies' files are matched and whose dollars at risk are told. Each run begins with
nothing kept. Floor: a process that loads the libraries the deal needs and has the engine read the
same files once. Both run from modules that Python has compiled before, as it does when a package is
installed; compiling all of them anew takes longer than the run. Processor seconds are those of all
threads; wall seconds are longer where others use the machine.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from measured import keep

EXAMPLES = Path(__file__).parent.parent / "examples"
PFS = [sys.executable, "-c", "from payforsuccess.cli import main; main()"]
COUNTY = ["--people", "6000", "--seed", "2017", "--enrolled", "330"]
CLAIMED = 5
FLOOR = """
import sys
from pathlib import Path
import duckdb, ibis, pyarrow, pyarrow.compute
import ibis.backends.duckdb
for name in sys.argv[2:]:
    __import__(name)
engine = duckdb.connect()
for path in sorted(Path(sys.argv[1]).rglob("*.csv")):
    engine.execute(f"CREATE OR REPLACE TABLE t AS FROM read_csv('{path}', all_varchar = true)")
"""


@dataclass(frozen=True)
class Spent:
    """Processor and wall seconds of a command."""

    processor: float
    wall: float


def installed(folder: Path) -> dict[str, str]:
    """The environment, with a folder in which Python keeps the modules it has compiled."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder)}


def spent(command: list[str], environment: dict[str, str]) -> Spent:
    """What one command took, with all its threads."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(processor, wall)


def least(found: list[Spent]) -> Spent:
    """The shortest of several."""
    return Spent(min(one.processor for one in found), min(one.wall for one in found))


def whole_runs(deal: Path, environment: dict[str, str], *, times: int) -> Spent:
    """`pfs run` of a deal, nothing kept from the run before but the compiled modules."""
    found = []
    for _ in range(times + 1):
        for kept in ("out", "vault"):
            shutil.rmtree(deal / kept, ignore_errors=True)
        found.append(spent([*PFS, "run", str(deal)], environment))
    return least(found[1:])


def beside(
    deal: Path, libraries: list[str], environment: dict[str, str], *, times: int
) -> dict[str, object]:
    """A deal's whole run and its floor, in figures; the first of each compiles modules."""
    reading = [sys.executable, "-c", FLOOR, str(deal / "feeds"), *libraries]
    floor = least([spent(reading, environment) for _ in range(times + 1)][1:])
    run = whole_runs(deal, environment, times=times)
    return {
        "processor_seconds": round(run.processor, 2),
        "wall_seconds": round(run.wall, 2),
        "floor_processor_seconds": round(floor.processor, 2),
        "floor_wall_seconds": round(floor.wall, 2),
        "processor_ratio_to_floor": round(run.processor / floor.processor, 1),
        "is_claim_met": run.wall <= CLAIMED,
    }


def main() -> None:
    """Both deals."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("maryland-reentry", "just-in-reach"):
            left_out = shutil.ignore_patterns("out", "vault", "feeds" if "just" in name else "")
            shutil.copytree(EXAMPLES / name, Path(folder) / name, ignore=left_out)
        environment = installed(Path(folder) / "compiled")
        county = Path(folder) / "just-in-reach"
        subprocess.run(
            [*PFS, "simulate-county", *COUNTY, "--to", str(county)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        keep(
            "whole_run",
            {
                "floor": "a process that loads the libraries, and the engine reading the files",
                "wall_seconds_claimed": CLAIMED,
                "times": times,
                "others_waiting_for_the_processors": round(load, 1),
                "processors": os.cpu_count(),
                "unmatched_432_people": beside(
                    Path(folder) / "maryland-reentry", ["scipy.special"], environment, times=times
                ),
                "matched_330_people": beside(county, ["splink"], environment, times=times),
            },
        )


if __name__ == "__main__":
    main()
