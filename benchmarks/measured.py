"""Runs one side of a comparison in a process of its own and tells its time and peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Measured:
    """Seconds of wall time (the best of several) and the peak of memory in megabytes."""

    seconds: float
    megabytes: float


def best_of(work: Callable[[], object], *, times: int) -> float:
    """The shortest of several timed runs, in seconds."""
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def tell(seconds: float) -> None:
    """Print this process's figures for `in_own_process` to read."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(asdict(Measured(seconds, peak))))


def in_own_process(*arguments: str) -> Measured:
    """Figures of a script that ends with `tell`."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout.strip().splitlines()[-1]))


def keep(name: str, figures: dict[str, object]) -> None:
    """Write the figures of a comparison beside the others, and print them."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(name, text)
