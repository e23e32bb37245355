"""Draws of very large competitions, in which each reviewer's moves of a proposal are one sum.

500 concepts by 20 reviewers by 10,000 draws are 100 million totals: all is held in 32 bits, by
draw, reviewer and proposal, and sorted as whole numbers that carry the proposal they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

NORMALS = 65_536
"""So many equally likely values stand for a normal number; the furthest is 4.3 away from 0."""
NEGLIGIBLE = np.float32(1e-6)
"""A deviation below this is none: all of a reviewer's totals are the same."""
KEY_BITS, WIDE_KEY_BITS = 31, 62
FINE_BITS = 20
"""A total is sorted by at least so many bits; what is closer than that counts as in order."""


@dataclass(frozen=True)
class Moments:
    """Mean and variance of moved scores, by criterion and by reviewer and proposal, one after one.

    The last criterion is cost, which does not move by itself. seen: reviewers by proposals, 1 where
    scored; where not, mean and variance are 0.
    """

    mean: Singles
    variance: Singles
    seen: Singles

    @property
    def is_whole(self) -> bool:
        """Whether every reviewer scored every proposal."""
        return bool(self.seen.all())


def moments_of(
    mean: Floats, variance: Floats, counts: Floats, cost: Floats, *, is_centred: bool
) -> Moments:
    """From proposals by reviewers by criteria, and each proposal's part of the points for cost.

    is_centred: with the mean over each reviewer's proposals taken off, where a method looks only at
    differences between one reviewer's totals; it keeps 32 bits exact enough.
    """
    seen = counts.T
    means = np.stack(
        [*mean.transpose(2, 1, 0), np.broadcast_to(cost, seen.shape)],
    )
    if is_centred:
        scored = np.maximum(seen.sum(axis=1, keepdims=True), 1)
        means = means - (means * seen).sum(axis=2, keepdims=True) / scored
    moves = np.stack([*variance.transpose(2, 1, 0), np.zeros(seen.shape)])
    shape = (len(means), -1)
    return Moments(
        (means * seen).reshape(shape).astype(np.float32),
        (moves * seen).reshape(shape).astype(np.float32),
        seen.astype(np.float32),
    )


def normals() -> Singles:
    """The values that stand for a normal number, with mean 0 and variance 1."""
    half = [NormalDist().inv_cdf((at + 0.5) / NORMALS) for at in range(NORMALS // 2)]
    values = np.array([*half, *(-each for each in reversed(half))])
    table: Singles = (values / values.std()).astype(np.float32)
    return table


def moved(
    moments: Moments, weights: Floats, table: Singles, random: np.random.Generator
) -> Singles:
    """Totals, draws by reviewers by proposals; the points for cost are the last of the weights.

    A total is normal with the mean and the variance that the single moves give it.
    """
    shape = (len(weights), *moments.seen.shape)
    single = weights.astype(np.float32)
    spread = np.matmul(single**2, moments.variance)
    np.sqrt(spread, out=spread)
    # Raw numbers of the generator, 16 bits each: the same on every version of the library.
    raw = random.bit_generator.random_raw(-(-spread.size // 4)).view(np.uint16)
    spread *= table[raw[: spread.size].reshape(spread.shape)]
    spread += np.matmul(single, moments.mean)
    totals: Singles = spread.reshape(shape)
    return totals


def standardised(totals: Singles, moments: Moments) -> Floats:
    """Mean over its reviewers of each proposal's distance from the reviewer's mean, in deviations.

    totals: centred, so that the square of a mean takes no digits away.
    """
    seen = moments.seen
    scored = np.maximum(seen.sum(axis=1), 1)
    centre = totals.sum(axis=2) / scored
    square = np.einsum("drp,drp->dr", totals, totals) / scored
    deviation = np.sqrt(np.maximum(square - centre**2, 0))
    factor = np.where(
        deviation > NEGLIGIBLE, 1 / np.maximum(deviation, NEGLIGIBLE), np.float32(0)
    ).astype(np.float32)
    sums = np.matmul(factor[:, None, :], totals)[:, 0, :]
    sums = sums - (factor * centre).astype(np.float32) @ seen
    values: Floats = sums / np.maximum(seen.sum(axis=0), 1).astype(np.float64)
    return values


def rank_sums(totals: Singles, moments: Moments) -> Floats:
    """The negative of each proposal's sum of ranks; of who was not scored, the middle rank.

    Each reviewer's totals are written as whole numbers with the proposal's place in the last bits,
    so that one sort tells both. Two that are the same to the last of these bits, which is by
    chance once in many draws, stand in the order of their names.
    """
    draws, reviewers, proposals = totals.shape
    place_bits = proposals.bit_length()
    keys = _keys(totals, moments, place_bits)
    keys.sort(axis=2)
    keys = keys & ((1 << place_bits) - 1)
    rows = np.arange(draws * reviewers, dtype=np.intp)[:, None] * proposals
    ranks = np.empty(draws * reviewers * proposals, np.int32)
    where = keys.reshape(draws * reviewers, proposals) + rows
    ranks[where.ravel()] = np.broadcast_to(
        np.arange(1, proposals + 1, dtype=np.int32), where.shape
    ).ravel()
    by_reviewer = ranks.reshape(totals.shape)
    if moments.is_whole:
        whole: Floats = -by_reviewer.sum(axis=1, dtype=np.int64).astype(np.float64)
        return whole
    unseen = moments.seen == 0
    middle = (moments.seen.sum(axis=1, dtype=np.float64) + 1) / 2
    by_reviewer[:, unseen] = 0
    left_out: Floats = (unseen * middle[:, None]).sum(axis=0)
    sums: Floats = -(by_reviewer.sum(axis=1, dtype=np.int64) + left_out)
    return sums


def _keys(totals: Singles, moments: Moments, place_bits: int) -> NDArray[np.int32 | np.int64]:
    """Totals as whole numbers, the greatest first, with the proposal's place in the last bits.

    Whoever a reviewer has not scored comes last.
    """
    is_wide = KEY_BITS - place_bits < FINE_BITS
    whole: type[np.int32 | np.int64] = np.int64 if is_wide else np.int32
    fine = min((WIDE_KEY_BITS if is_wide else KEY_BITS) - place_bits, KEY_BITS) - 1
    largest = max(float(np.abs(totals).max()), float(NEGLIGIBLE))
    values: NDArray[np.int32 | np.int64] = (totals * np.float32(-(2.0**fine) / largest)).astype(
        whole
    )
    if not moments.is_whole:
        values[:, moments.seen == 0] = 2 ** (fine + 1) - 1
    values <<= place_bits
    places = np.arange(totals.shape[2], dtype=whole)
    keys: NDArray[np.int32 | np.int64] = np.bitwise_or(values, places)
    return keys


def dropped_averages(totals: Singles, moments: Moments, fewest: int) -> Floats:
    """Means without the highest and the lowest total, of who has at least `fewest`; else means."""
    count = np.maximum(moments.seen.sum(axis=0), 1).astype(np.float64)
    sums = totals.sum(axis=1).astype(np.float64)
    means: Floats = sums / count
    if moments.is_whole:
        highest, lowest = totals.max(axis=1), totals.min(axis=1)
    else:
        seen = moments.seen > 0
        highest = np.where(seen, totals, np.float32(-np.inf)).max(axis=1)
        lowest = np.where(seen, totals, np.float32(np.inf)).min(axis=1)
    with np.errstate(invalid="ignore"):
        without = (sums - highest - lowest) / np.maximum(count - 2, 1)
    found: Floats = np.where(count >= fewest, without, means)
    return found
