"""The wild cluster bootstrap against wildboottest: 10,000 people, 40 clusters, 9,999 draws.

Both impose the null, draw Rademacher weights, use CR1 errors and start from the same arrays: an
outcome, an arm and one covariate, on one thread. wildboottest compiles a part of itself anew at
each call, and its time holds that; so ten times the draws stand beside. It is one of the packages
for references: without it nothing is measured and nothing written.
`python benchmarks/wild_cluster.py`
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from measured import keep

PEOPLE, CLUSTERS, TIMES = 10_000, 40, 7
DRAWS, MANY = 9_999, 99_999
CLAIM = 50


def world() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Made-up people whose clusters share their fortune; half the clusters are treated."""
    rng = np.random.default_rng(6)
    clusters = np.sort(rng.integers(0, CLUSTERS, PEOPLE))
    arms = clusters % 2 == 0
    age = rng.normal(size=PEOPLE)
    outcome = rng.normal(size=PEOPLE) + 0.5 * rng.normal(size=CLUSTERS)[clusters] + 0.3 * age
    return outcome + 0.15 * arms, arms, clusters, age


def ours(draws: int) -> tuple[float, float]:
    """The p-value and the statistic of this program."""
    from payforsuccess.evaluation.regression import wild_cluster_bootstrap

    outcome, arms, clusters, age = WORLD
    found = wild_cluster_bootstrap(
        outcome,
        arms,
        clusters,
        rng=np.random.default_rng(1),
        draws=draws,
        covariates=age[:, None],
        names=["age"],
    )
    return found.p_value, found.statistic


def peer(draws: int) -> tuple[float, float]:
    """The p-value and the statistic of wildboottest."""
    from wildboottest.wildboottest import WildboottestCL

    outcome, arms, clusters, age = WORLD
    boot = WildboottestCL(
        X=np.column_stack([np.ones(PEOPLE), arms, age]),
        Y=outcome,
        cluster=clusters,
        R=np.array([0.0, 1.0, 0.0]),
        B=draws,
        seed=1,
        parallel=False,
    )
    boot.get_scores(bootstrap_type="11", impose_null=True)
    boot.get_weights(weights_type="rademacher")
    boot.get_numer()
    boot.get_denom()
    boot.get_tboot()
    boot.get_vcov()
    boot.get_tstat()
    boot.get_pvalue()
    return float(boot.pvalue), float(np.ravel(boot.t_stat)[0])


def processor_seconds(work: Callable[[int], object], draws: int) -> float:
    """The least of several runs, of this process's processor time."""
    found = []
    for _ in range(TIMES):
        began = time.process_time()
        work(draws)
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    """Both in turn, in one process on one thread."""
    if find_spec("wildboottest") is None:
        print("wildboottest is not installed: install requirements/references.txt to compare")
        return
    sides = {"ours": ours, "wildboottest": peer}
    answers = {name: side(MANY) for name, side in sides.items()}
    taken = {
        draws: {name: processor_seconds(side, draws) for name, side in sides.items()}
        for draws in (DRAWS, MANY)
    }
    keep(
        "wild_cluster",
        {
            "people": PEOPLE,
            "clusters": CLUSTERS,
            "claimed": f"at least {CLAIM} times faster than wildboottest",
            "processes_waiting": round(os.getloadavg()[1], 1),
            "p_value": {name: round(p, 4) for name, (p, _) in answers.items()},
            "statistic": {name: round(t, 6) for name, (_, t) in answers.items()},
            "by_draws": {
                f"{draws:,}": {
                    "processor_milliseconds": {n: round(1e3 * s, 2) for n, s in seconds.items()},
                    "times_faster": round(seconds["wildboottest"] / seconds["ours"]),
                }
                for draws, seconds in taken.items()
            },
        },
    )


WORLD = world()

if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
        if os.environ.get(name) != "1":
            os.execve(
                sys.executable,
                [sys.executable, *sys.argv],
                {
                    **os.environ,
                    "OMP_NUM_THREADS": "1",
                    "OPENBLAS_NUM_THREADS": "1",
                    "NUMBA_NUM_THREADS": "1",
                },
            )
    main()
