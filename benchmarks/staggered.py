"""Group-time effects of 1,000 units over 10 periods with 999 bootstrap draws.

Against diff-diff and csdid, and against the same in numpy for plain means alone. The packages run
in the environment that `make references` sets up, or in that of the Python that
PFS_REFERENCES_PYTHON names; without it only the hand-written peer is compared. Seconds are of the
processor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

import numpy as np
from measured import in_own_process, keep, tell
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from payforsuccess.evaluation.panels import (
    NEVER,
    Aggregated,
    Bands,
    Panel,
    aggregate,
    group_time_effects,
    uniform_bands,
)
from tests.lib.staggered import a_staggered_panel

UNITS, PERIODS, STARTS, DRAWS, TIMES = 1_000, 10, (3, 5, 7), 999, 15
HERE = Path(__file__).parent
REFERENCES = Path(
    os.environ.get("PFS_REFERENCES_PYTHON", HERE.parent / ".venv-references" / "bin" / "python")
)


def a_panel() -> Panel:
    made = a_staggered_panel(UNITS, PERIODS, STARTS)
    return Panel(made.outcomes, made.first_treated)


def ours(panel: Panel) -> tuple[Aggregated, Bands]:
    """All cells and the overall effect, with errors and a band over them together."""
    cells = group_time_effects(panel, controls="never-treated")
    found = aggregate(cells, "simple")
    bands = uniform_bands(
        np.append(cells.values, found.overall.value),
        np.column_stack([cells.influence, found.overall_influence]),
        rng=np.random.default_rng(1),
        confidence=0.95,
        draws=DRAWS,
    )
    return found, bands


def by_hand(outcomes: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cells, their influences, signs times influences, and the draws' standard deviations."""
    rng = np.random.default_rng(1)
    never = first == NEVER
    values, moves = [], []
    for cohort in STARTS:
        mine = first == cohort
        for period in range(1, PERIODS):
            change = outcomes[:, period] - outcomes[:, min(period, cohort) - 1]
            treated, control = change[mine].mean(), change[never].mean()
            values.append(treated - control)
            moves.append(
                mine * (change - treated) / mine.sum() - never * (change - control) / never.sum()
            )
    signs = rng.integers(0, 2, (DRAWS, len(first))) * 2.0 - 1
    return np.array([values, (signs @ np.array(moves).T).std(axis=0)])


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of several runs, after one that loads."""
    work()
    found = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def peers() -> dict[str, dict[str, float]]:
    """What the packages find and how long they take; nothing where they are not installed."""
    if not REFERENCES.exists():
        print(f"no {REFERENCES}: run `make references` first to compare with packages")
        return {}
    sizes = [str(number) for number in (UNITS, PERIODS, DRAWS, TIMES, *STARTS)]
    done = subprocess.run(
        [str(REFERENCES), str(HERE / "staggered_peers.py"), *sizes],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def whole() -> None:
    """Once in this process, from the import on, with its peak of memory."""
    panel = a_panel()
    start = time.process_time()
    ours(panel)
    tell(time.process_time() - start)


def main() -> None:
    panel = a_panel()
    found, bands = ours(panel)
    cells = group_time_effects(panel, controls="never-treated")
    hand = by_hand(panel.outcomes, panel.first_treated)
    assert np.allclose(hand[0], cells.values)
    mine = seconds(lambda: ours(panel))
    by_others = peers()
    for other in by_others.values():
        assert np.isclose(other["value"], found.overall.value, rtol=1e-6)
    mine = min(mine, seconds(lambda: ours(panel)))
    hand_seconds = seconds(lambda: by_hand(panel.outcomes, panel.first_treated))
    alone = in_own_process(__file__, "whole")
    fastest = min((other["seconds"] for other in by_others.values()), default=None)
    keep(
        "staggered",
        {
            "units": UNITS,
            "periods": PERIODS,
            "cohorts": len(STARTS),
            "cells": len(cells.values),
            "draws": DRAWS,
            "overall": round(found.overall.value, 4),
            "standard_error": round(found.overall.standard_error, 4),
            "standard_error_bootstrapped": round(float(bands.standard_errors[-1]), 4),
            "seconds": round(mine, 5),
            "seconds_without_draws": round(
                seconds(lambda: group_time_effects(panel, controls="never-treated")), 5
            ),
            "hand_peer": "the same in numpy for plain means and never-treated units alone",
            "seconds_hand": round(hand_seconds, 5),
            "hand_ratio": round(mine / hand_seconds, 2),
            "peers": {
                name: {
                    "version": other["version"],
                    "seconds": round(other["seconds"], 5),
                    "ratio": round(other["seconds"] / mine, 1),
                    "standard_error": round(other["standard_error"], 4),
                }
                for name, other in by_others.items()
            },
            "times_faster_than_the_fastest_package": (
                None if fastest is None else round(fastest / mine, 1)
            ),
            "peak_megabytes": round(alone.megabytes),
        },
    )


if __name__ == "__main__":
    whole() if sys.argv[1:] == ["whole"] else main()
