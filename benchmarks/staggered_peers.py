"""Group-time effects by diff-diff and csdid, timed; run by `staggered.py` in their environment."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time
os.environ["RAYON_NUM_THREADS"] = "1"

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "lib"))

from staggered import a_staggered_panel


def rows_of(units: int, periods: int, starts: tuple[int, ...]) -> pd.DataFrame:
    panel = a_staggered_panel(units, periods, starts)
    unit, period = np.divmod(np.arange(units * periods), periods)
    start = np.where(panel.first_treated < 0, 0, panel.first_treated + 1)[unit]
    return pd.DataFrame(
        {"unit": unit, "time": period + 1, "y": panel.outcomes.ravel(), "start": start}
    )


def by_diff_diff(rows: pd.DataFrame, draws: int) -> tuple[float, float]:
    from diff_diff import CallawaySantAnna

    found = CallawaySantAnna(estimation_method="reg", n_bootstrap=draws, seed=1).fit(
        rows, outcome="y", unit="unit", time="time", first_treat="start"
    )
    return float(found.overall_att), float(found.overall_se)


def by_csdid(rows: pd.DataFrame, draws: int) -> tuple[float, float]:
    from csdid.att_gt import ATTgt

    with contextlib.redirect_stdout(io.StringIO()):
        found = ATTgt(
            yname="y", tname="time", idname="unit", gname="start", data=rows, biters=draws
        ).fit(est_method="reg", bstrap=True)
        found.aggte(typec="simple", bstrap=True, biters=draws)
    overall = found.atte
    return float(overall["overall_att"]), float(np.ravel(overall["overall_se"])[0])


def least(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs, after one that loads and compiles."""
    work()
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main(units: int, periods: int, draws: int, times: int, *starts: int) -> None:
    warnings.simplefilter("ignore")
    rows = rows_of(units, periods, starts)
    told = {}
    for name, work in (("diff-diff", by_diff_diff), ("csdid", by_csdid)):
        value, error = work(rows, draws)
        told[name] = {
            "version": version(name),
            "seconds": least(lambda work=work: work(rows, draws), times),
            "value": value,
            "standard_error": error,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
