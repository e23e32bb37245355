"""How firm a ranking is: who wins when weights and scores move, and without each reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from payforsuccess.selection.aggregate import cost_points
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile

Floats = NDArray[np.float64]

# Draws held at once: enough to be fast, few enough for 500 proposals and 20 reviewers.
BLOCK = 500


@dataclass(frozen=True)
class Bounds:
    """How far things may move.

    weight: each weight is multiplied by something between 1 - weight and 1 + weight, and all are
    brought back to the same total. score: each score moves by up to this on its scale, and stays
    on it.
    """

    weight: float = 0.2
    score: float = 0.5


@dataclass(frozen=True)
class Firmness:
    """What came out of the draws.

    wins: the share of draws in which each proposal comes first; a tie is shared. first: the one
    ranked first without any movement. without: for each reviewer whose absence would put another
    proposal first, that other proposal.
    """

    draws: int
    bounds: Bounds
    wins: tuple[tuple[str, float], ...]
    without: tuple[tuple[str, str], ...]

    @property
    def one_reviewer_decides(self) -> bool:
        """Whether some one reviewer's absence would change who is first."""
        return bool(self.without)


def firmness_of(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    proposals: Sequence[str],
    *,
    bounds: Bounds,
    random: np.random.Generator,
    draws: int = 10_000,
) -> Firmness:
    """Draw weights and scores within the bounds and rank each time by the solicitation's method.

    given: the scores that count. proposals: those that are ranked.
    """
    criteria = [each for each in solicitation.criteria if not each.is_cost]
    reviewers = sorted({one.reviewer for one in given})
    scores = _array(solicitation, given, proposals, reviewers)
    points = np.array([float(each.points) for each in criteria]) / float(solicitation.scale)
    costs = cost_points(solicitation, proposals)
    cost = np.array([float(costs.get(name, Fraction(0))) for name in proposals])
    wins = np.zeros(len(proposals))
    for start in range(0, draws, BLOCK):
        count = min(BLOCK, draws - start)
        factors = random.uniform(1 - bounds.weight, 1 + bounds.weight, (count, len(criteria)))
        weights = points * factors
        weights *= points.sum() / weights.sum(axis=1, keepdims=True)
        wins += _first(_drawn(solicitation, scores, weights, cost, bounds, random))
    first = _winner(solicitation, scores, points, cost)
    without = []
    for at, reviewer in enumerate(reviewers):
        other = _winner(solicitation, np.delete(scores, at, axis=1), points, cost)
        if len(reviewers) > 1 and other != first:
            without.append((reviewer, proposals[other]))
    shares = sorted(zip(proposals, wins / draws, strict=True), key=lambda one: (-one[1], one[0]))
    return Firmness(
        draws,
        bounds,
        tuple((name, float(share)) for name, share in shares),
        tuple(without),
    )


def _array(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    proposals: Sequence[str],
    reviewers: Sequence[str],
) -> Floats:
    """Proposals by reviewers by criteria, missing where a reviewer did not score."""
    names = [each.name for each in solicitation.criteria if not each.is_cost]
    places = (
        {name: at for at, name in enumerate(proposals)},
        {name: at for at, name in enumerate(reviewers)},
        {name: at for at, name in enumerate(names)},
    )
    scores = np.full((len(proposals), len(reviewers), len(names)), np.nan)
    for one in given:
        if one.proposal in places[0]:
            at = (places[0][one.proposal], places[1][one.reviewer], places[2][one.criterion])
            scores[at] = float(one.score)
    return scores


def _drawn(
    solicitation: SolicitationFile,
    scores: Floats,
    weights: Floats,
    cost: Floats,
    bounds: Bounds,
    random: np.random.Generator,
) -> Floats:
    """Draws by proposals: a number of which the greatest wins."""
    top = float(solicitation.scale)
    by_average = solicitation.method in ("plain-average", "informed-average")
    if by_average and not solicitation.drops_high_and_low:
        # Moving each of many scores by itself moves their mean by nearly a normal amount whose
        # spread follows from theirs: a uniform move of up to s has the variance s * s / 3.
        means = np.nanmean(scores, axis=1)
        counts = np.maximum((~np.isnan(scores)).sum(axis=1), 1)
        spread = np.sqrt((weights**2) @ (bounds.score**2 / 3 / counts).T)
        noise = random.standard_normal((len(weights), len(scores)))
        moved: Floats = weights @ means.T + cost + spread * noise
        return moved
    values = np.empty((len(weights), len(scores)))
    for at, mine in enumerate(weights):
        shaken = scores + random.uniform(-bounds.score, bounds.score, scores.shape)
        values[at] = _by_method(solicitation, np.clip(shaken, 0, top) @ mine + cost[:, None])
    return values


def _by_method(solicitation: SolicitationFile, totals: Floats) -> Floats:
    """Proposals by reviewers to one number a proposal, of which the greatest wins."""
    match solicitation.method:
        case "plain-average" | "informed-average":
            if solicitation.drops_high_and_low and totals.shape[1] >= 3:
                ordered = np.sort(totals, axis=1)
                counts = (~np.isnan(totals)).sum(axis=1)
                last = np.take_along_axis(ordered, counts[:, None] - 1, axis=1)[:, 0]
                kept = np.nansum(totals, axis=1) - ordered[:, 0] - last
                dropped: Floats = np.where(
                    counts >= 3, kept / np.maximum(counts - 2, 1), np.nanmean(totals, axis=1)
                )
                return dropped
            mean: Floats = np.nanmean(totals, axis=1)
            return mean
        case "standardised":
            centre = np.nanmean(totals, axis=0)
            deviation = np.nanstd(totals, axis=0)
            z = (totals - centre) / np.where(deviation > 0, deviation, 1.0)
            standard: Floats = np.nanmean(z, axis=1)
            return standard
        case "rank-sum":
            above = (totals[:, None, :] < totals[None, :, :]).sum(axis=1)
            equal = (totals[:, None, :] == totals[None, :, :]).sum(axis=1)
            ranks = above + (equal + 1) / 2
            scored = ~np.isnan(totals)
            middle = (scored.sum(axis=0) + 1) / 2
            sums: Floats = -np.where(scored, ranks, middle).sum(axis=1)
            return sums


def _first(values: Floats) -> Floats:
    """How often each column is the greatest of its row; a tie is shared."""
    best = values >= values.max(axis=1, keepdims=True) - 1e-12
    shares: Floats = (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
    return shares


def _winner(solicitation: SolicitationFile, scores: Floats, points: Floats, cost: Floats) -> int:
    """The place of the proposal that is first without any movement."""
    values = _by_method(solicitation, scores @ points + cost[:, None])
    return int(np.nanargmax(values))
