"""The signs by which a wild cluster bootstrap shakes whole clusters."""

from __future__ import annotations

from typing import Literal

import numpy as np

from payforsuccess.evaluation.regression.least_squares import Floats

WildWeights = Literal["rademacher", "webb"]

_WEBB = np.sqrt([0.5, 1.0, 1.5])


def drawn_weights(kind: WildWeights, clusters: int, draws: int, rng: np.random.Generator) -> Floats:
    """(draws, clusters): independent weights of mean 0 and variance 1.

    rademacher: 1 or -1. webb: plus or minus the root of 1/2, 1 or 3/2 (Webb 2023), for few
    clusters, where there are few different patterns of two signs.
    """
    bits = np.frombuffer(rng.bytes((draws * clusters + 7) // 8), dtype=np.uint8)
    signs = np.unpackbits(bits, count=draws * clusters).reshape(draws, clusters) * 2.0 - 1.0
    if kind == "rademacher":
        return signs
    return signs * _WEBB[rng.integers(0, 3, size=(draws, clusters))]


def all_signs(clusters: int, start: int, count: int) -> Floats:
    """(count, clusters): patterns of signs with 1 in the first cluster, from number `start` on.

    There are 2 ** (clusters - 1). Turning every sign turns the sign of the statistic alone, so the
    others add nothing to a two-sided test. Pattern 0 is all 1: the data as they were.
    """
    patterns = np.arange(start, start + count)
    return 1.0 - 2.0 * ((patterns[:, None] >> np.arange(clusters)[::-1]) & 1)
