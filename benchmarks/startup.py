"""How long a command takes from nothing: `pfs --help` and `pfs check` of a typical deal.

Floor: the same interpreter doing nothing, in the same run. Memory is the peak of the process.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from measured import keep

DEAL = Path(__file__).parent.parent / "src/payforsuccess/library/denver-sib/deal.yaml"
PFS = [sys.executable, "-c", "from payforsuccess.cli import main; main()"]
PEAK = (
    "import resource, sys\n"
    "from payforsuccess.cli import main\n"
    "try:\n    main()\n"
    "except SystemExit:\n    pass\n"
    "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))\n"
)


def seconds(command: list[str], *, times: int = 12) -> float:
    """The shortest of several runs."""
    found: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found.append(time.perf_counter() - start)
    return min(found)


def megabytes(*arguments: str) -> float:
    """The peak memory of one command."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=True
    )
    return int(done.stderr.strip().splitlines()[-1]) / 1024


def main() -> None:
    """Both commands beside the floor."""
    floor = seconds([sys.executable, "-c", "pass"])
    help_seconds = seconds([*PFS, "--help"])
    check_seconds = seconds([*PFS, "check", str(DEAL)])
    keep(
        "startup",
        {
            "floor": "python -c pass",
            "floor_seconds": round(floor, 3),
            "help_seconds": round(help_seconds, 3),
            "help_seconds_claimed": 0.25,
            "help_ratio_to_floor": round(help_seconds / floor, 1),
            "help_megabytes": round(megabytes("--help")),
            "check_deal": "denver-sib",
            "check_seconds": round(check_seconds, 3),
            "check_seconds_claimed": 0.5,
            "check_ratio_to_floor": round(check_seconds / floor, 1),
            "check_megabytes": round(megabytes("check", str(DEAL))),
            "megabytes_claimed": 80,
        },
    )


if __name__ == "__main__":
    main()
