"""Remake gray.json: what another package says of Gray's test on made-up people.

Run by `make references`.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from comprisk import gray_test


def figures() -> dict[str, object]:
    rng = np.random.default_rng(1988)
    cases = []
    for people, last in ((30, 8), (80, 15), (200, 400)):
        times = rng.integers(1, last, people).astype(float)
        causes, arms = rng.integers(0, 3, people), rng.integers(0, 2, people)
        found = gray_test(times, causes, 1 - arms)
        cases.append(
            {
                "times": list(times),
                "causes": [int(cause) for cause in causes],
                "arms": [int(arm) for arm in arms],
                "statistic": float(found.stat),
                "p_value": float(found.pvalue),
            }
        )
    return {"packages": {"comprisk": version("comprisk")}, "made_up": True, "cases": cases}


if __name__ == "__main__":
    out = Path(__file__).with_name("gray.json")
    out.write_text(json.dumps(figures()) + "\n")
