"""Remake xirr.json: what pyxirr says of the rates of dated flows. Run by `make references`."""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyxirr

SEED = 20260101
FLOWS = 150


def days() -> list[date]:
    """Draws on the first day of each quarter, payments a month and 12 days later: 7 years."""
    found = []
    for number in range(28):
        year, quarter = divmod(number, 4)
        found.append(date(2026 + year, 1 + 3 * quarter, 1))
        found.append(date(2026 + year, 2 + 3 * quarter, 12))
    return found


def flows() -> np.ndarray:
    """Whole cents: drawn over two years, repaid in part, in full or with a return after one."""
    rng = np.random.default_rng(SEED)
    made = np.zeros((FLOWS, 56))
    made[:, 0:16:2] = -rng.integers(0, 10_000_000, (FLOWS, 8))
    made[:, 9::2] = rng.integers(0, 6_000_000, (FLOWS, 24)) * rng.uniform(0, 1.5, (FLOWS, 1))
    return np.round(made)


def rates(matrix: np.ndarray) -> list[float | None]:
    when = days()
    return [pyxirr.xirr(when, flow.tolist(), silent=True) for flow in matrix]


if __name__ == "__main__":
    matrix = flows()
    made = {
        "made_with": f"pyxirr {version('pyxirr')}",
        "days": [str(day) for day in days()],
        "flows": [[int(amount) for amount in flow] for flow in matrix],
        "rates": rates(matrix),
    }
    text = json.dumps(made, separators=(",", ":")).replace("],[", "],\n[")
    Path(__file__).with_name("xirr.json").write_text(text + "\n")
