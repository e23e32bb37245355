"""Several tests at once: p-values raised so that chance does not win by trying often.

Each function takes p-values, shape (tests,), and gives adjusted ones in the same order; a test
rejects at a level when its adjusted p-value is at most that level.
"""

from __future__ import annotations

import numpy as np

from payforsuccess.evaluation.chance.scores import Floats


def bonferroni(p_values: Floats) -> Floats:
    """p times the number of tests: the chance of any false rejection is held, whatever depends."""
    _refuse(p_values)
    return np.minimum(1.0, p_values * len(p_values))


def holm(p_values: Floats) -> Floats:
    """Holm (1979), step-down: holds the same chance, and rejects at least as much."""
    _refuse(p_values)
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")
    steps = np.maximum.accumulate(p_values[order] * (count - np.arange(count)))
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(1.0, steps)
    return adjusted


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Benjamini and Hochberg (1995), step-up: holds the expected share of false rejections.

    It does so for tests that are independent or depend on one another positively.
    """
    _refuse(p_values)
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")
    steps = p_values[order] * count / np.arange(1, count + 1)
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(steps[::-1])[::-1])
    return adjusted


def _refuse(p_values: Floats) -> None:
    if p_values.ndim != 1 or not len(p_values) or not ((p_values >= 0) & (p_values <= 1)).all():
        raise ValueError("p-values lie between 0 and 1, one a test")
