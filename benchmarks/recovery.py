"""Every formula a plan can name on made-up cohorts with a planted effect: bias and coverage.

The cohorts are those of tests/lib/planted.py, which the tests see a few of; here there are many.
Bias is the mean of the estimates less the truth, beside its standard error from so many cohorts;
coverage the share of 95 percent intervals that hold the truth.

    python benchmarks/recovery.py
"""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

from measured import keep

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.lib.planted import ALSO_PLANTED, PLANTED, recover

COHORTS = 400
SEED = 2_026


def main() -> None:
    figures: dict[str, object] = {"cohorts": COHORTS, "seed": SEED}
    for formula, planted in {**PLANTED, **ALSO_PLANTED}.items():
        found = recover(planted, COHORTS, SEED)
        row = {
            "truth": round(found.truth, 5),
            "bias": round(found.mean - found.truth, 5),
            "bias_error": round(found.spread / math.sqrt(COHORTS), 5),
            "spread": round(found.spread, 5),
            "mean_error": None if found.error is None else round(found.error, 5),
            "coverage": None if found.covered is None else round(found.covered, 4),
        }
        figures[" ".join(formula)] = row
        print(f"{' '.join(formula)}: {row}", flush=True)
    keep("recovery", figures)


if __name__ == "__main__":
    main()
