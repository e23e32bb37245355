"""Remake looks.json: the chance that no look passes its bound, by SciPy's multivariate normal.

Run by `make references`. The statistics at information times s < t correlate by sqrt(s / t); the
chance of staying within all bounds is an integral over a box, which SciPy takes at once with
quasi-random points (Genz), where ours goes look by look.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.stats import multivariate_normal

CASES = [
    {"times": [0.5, 1.0], "bounds": [2.178, 2.178], "drift": 0.0},
    {"times": [0.5, 1.0], "bounds": [2.797, 1.977], "drift": 2.8},
    {"times": [0.2, 0.4, 0.6, 0.8, 1.0], "bounds": [2.413] * 5, "drift": 0.0},
    {
        "times": [0.2, 0.4, 0.6, 0.8, 1.0],
        "bounds": [4.8769, 3.357, 2.6803, 2.2898, 2.031],
        "drift": 0.0,
    },
    {
        "times": [0.2, 0.4, 0.6, 0.8, 1.0],
        "bounds": [4.3826, 3.0997, 2.5534, 2.2538, 2.0635],
        "drift": 3.24,
    },
    {"times": [0.1, 0.15, 0.7, 0.95], "bounds": [3.0, 2.5, 2.2, 2.1], "drift": 0.0},
    {"times": [0.1, 0.15, 0.7, 0.95], "bounds": [3.0, 2.5, 2.2, 2.1], "drift": -1.5},
]


def within(times: list[float], bounds: list[float], drift: float) -> float:
    """The chance that no statistic is beyond its bound."""
    t = np.array(times)
    correlations = np.sqrt(np.minimum.outer(t, t) / np.maximum.outer(t, t))
    normal = multivariate_normal(
        drift * np.sqrt(t), correlations, maxpts=20_000_000, abseps=1e-9, releps=1e-9, seed=1
    )
    return float(normal.cdf(bounds, lower_limit=[-bound for bound in bounds]))


def figures() -> dict[str, object]:
    return {
        "packages": {"scipy": version("scipy")},
        "cases": [{**case, "within": within(**case)} for case in CASES],
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("looks.json")
    out.write_text(json.dumps(figures(), indent=2) + "\n")
