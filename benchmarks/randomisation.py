"""Randomisation inference: 10,000 people, 10,000 draws, five outcomes, difference in means.

Ours draws once and scores all outcomes together; SciPy's `permutation_test` (vectorised) and
pyfixest's `ritest` (its compiled path, once warm) take one outcome at a time, so five runs of each
are counted. They are timed on fewer draws and scaled up by the time of a draw more, so that what
they do once is not counted more often. Peers that are not installed are left out and named.
pyfixest may live in an environment of its own: give its interpreter as the only argument. One
thread each; seconds are of the processor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["NUMBA_NUM_THREADS"] = "1"

import numpy as np

PEOPLE, DRAWS, OUTCOMES = 10_000, 10_000, 5
SCIPY_DRAWS, PYFIXEST_DRAWS = 1_000, 500


def data() -> tuple[Any, Any]:
    """Half of the people treated, and outcomes that go together; made up."""
    rng = np.random.Generator(np.random.PCG64(7))
    treated = np.zeros(PEOPLE, bool)
    treated[rng.permutation(PEOPLE)[: PEOPLE // 2]] = True
    shared = rng.standard_normal((PEOPLE, 1))
    return treated, rng.standard_normal((PEOPLE, OUTCOMES)) + shared + 0.03 * treated[:, None]


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The least processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def ours(**choices: Any) -> Any:
    from payforsuccess.evaluation.chance import complete_as, randomisation_inference

    treated, outcomes = data()
    rng = np.random.Generator(np.random.PCG64(8))
    return randomisation_inference(
        complete_as(treated), treated, outcomes, times=DRAWS, rng=rng, **choices
    )


def by_scipy(draws: int) -> float:
    """p of the first outcome."""
    from scipy.stats import permutation_test

    treated, outcomes = data()
    found = permutation_test(
        (outcomes[treated, 0], outcomes[~treated, 0]),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        vectorized=True,
        n_resamples=draws,
        batch=100,
        rng=np.random.Generator(np.random.PCG64(9)),
    )
    return float(found.pvalue)


def scaled(work: Callable[[int], object], draws: int) -> float:
    """Seconds of five runs of all draws: a run of few, and the cost of more draws added."""
    few, many = (seconds(lambda n=n: work(n), times=2) for n in (draws // 5, draws))
    each = (many - few) / (draws - draws // 5)
    return OUTCOMES * (many + each * (DRAWS - draws))


def pyfixest_here() -> None:
    """Print the seconds that five runs would take, from those of few draws."""
    import pandas as pd
    import pyfixest as pf

    treated, outcomes = data()
    frame = pd.DataFrame({"y": outcomes[:, 0], "arm": treated.astype(float)})
    fit = pf.feols("y ~ arm", frame)

    def run(draws: int) -> object:
        return fit.ritest("arm", reps=draws, rng=np.random.default_rng(1), choose_algorithm="fast")

    run(10)  # compiles
    print(f"{scaled(run, PYFIXEST_DRAWS)}")


def by_pyfixest(python: str) -> float | None:
    done = subprocess.run(
        [python, __file__, "pyfixest"], capture_output=True, text=True, check=False
    )
    return float(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None


def whole() -> None:
    from measured import tell

    tell(seconds(ours, times=1))


def main(python: str) -> None:
    from measured import in_own_process, keep

    ours()
    mine = seconds(ours)
    scipy = scaled(by_scipy, SCIPY_DRAWS)
    pyfixest = by_pyfixest(python)
    again = seconds(ours)
    best = min(mine, again)
    alone = in_own_process(__file__, "whole")
    ratio = None if pyfixest is None else round(pyfixest / best)
    keep(
        "randomisation",
        {
            "people": PEOPLE,
            "draws": DRAWS,
            "outcomes": OUTCOMES,
            "seconds": round(best, 3),
            "seconds_before_and_after_the_peers": [round(mine, 3), round(again, 3)],
            "seconds_with_intervals": round(seconds(lambda: ours(confidence=0.95)), 3),
            "seconds_studentised": round(seconds(lambda: ours(statistic="studentised")), 3),
            "p_values": [round(test.p_value, 4) for test in ours()],
            "seconds_scipy_five_runs": round(scipy, 1),
            "scipy_draws_timed": SCIPY_DRAWS,
            "scipy_ratio": round(scipy / best),
            "scipy_ratio_claimed": 25,
            "scipy_p_value_of_the_first": round(by_scipy(SCIPY_DRAWS), 4),
            "seconds_pyfixest_five_runs": None if pyfixest is None else round(pyfixest, 1),
            "pyfixest_draws_timed": PYFIXEST_DRAWS,
            "pyfixest_ratio": "pyfixest is not installed" if ratio is None else ratio,
            "pyfixest_ratio_claimed": 75,
            "peak_megabytes": round(alone.megabytes),
            "load": round(os.getloadavg()[0], 1),
        },
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    if sys.argv[1:] == ["pyfixest"]:
        pyfixest_here()
    elif sys.argv[1:] == ["whole"]:
        whole()
    else:
        main(sys.argv[1] if sys.argv[1:] else sys.executable)
