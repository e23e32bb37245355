"""How firm a ranking is: who wins when weights and scores move, and without each reviewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from payforsuccess.selection.aggregate import FEWEST_TO_DROP, cost_points
from payforsuccess.selection.many_draws import (
    dropped_averages,
    moments_of,
    moved,
    normals,
    rank_sums,
    standardised,
)
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import AVERAGES, SolicitationFile

Floats = NDArray[np.float64]
_Way = Callable[[Floats, Floats, np.random.Generator], Floats]

AT_ONCE = 2_000_000
"""Numbers held at once, which bounds memory."""
SUMS_AT_ONCE = 1_000_000
"""Sums of moves held at once, few enough to stay near the processor."""
EACH_MOVED = 100_000_000
"""Up to so many moves of single scores, each is drawn by itself."""
CLOSE = 1e-9


@dataclass(frozen=True)
class Bounds:
    """How far things may move.

    weight: each weight is multiplied by something between 1 - weight and 1 + weight, and all are
    brought back to the same total. score: each score moves by up to this, and stays on its scale.
    """

    weight: float
    score: float


@dataclass(frozen=True)
class Firmness:
    """What came out of the draws.

    wins: the share of draws in which each proposal comes first; a tie is shared. without: for each
    reviewer in whose absence others are first, those others. is_each_moved: whether every score
    was moved by itself; with very many, a reviewer's or a panel's moves are drawn as their sum,
    normal with the mean and the variance that the single moves give it.
    """

    draws: int
    bounds: Bounds
    wins: tuple[tuple[str, float], ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]
    is_each_moved: bool

    @property
    def one_reviewer_decides(self) -> bool:
        """Whether some one reviewer's absence would change who is first."""
        return bool(self.without)


@dataclass(frozen=True)
class _Case:
    """A competition as arrays: proposals by reviewers by criteria, 0 where nobody scored.

    counts: proposals by reviewers, 1 where scored. points: what one step of the scale is worth in
    each criterion. cost: what part of the points for cost each proposal gets.
    """

    scores: Floats
    counts: Floats
    points: Floats
    cost_points: float
    cost: Floats
    top: float
    method: str
    drops: bool


def firmness_of(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    proposals: Sequence[str],
    *,
    bounds: Bounds,
    seed: int,
    draws: int = 10_000,
) -> Firmness:
    """Draw weights and scores within the bounds and rank each time by the solicitation's method.

    given: the scores that count. proposals: those that are ranked.
    seed: the same gives the same draws.
    """
    # Named, so that no later default of the library changes a draw.
    random = np.random.Generator(np.random.PCG64(seed))
    names = sorted(proposals)
    reviewers = sorted({one.reviewer for one in given})
    case = _case(solicitation, given, names, reviewers)
    is_each_moved = case.scores.size * draws <= EACH_MOVED
    values_of, held = _way_of(case, bounds, is_each_moved=is_each_moved)
    wins = np.zeros(len(names))
    for start in range(0, draws, max(1, held)):
        count = min(max(1, held), draws - start)
        weights, cost_points = _weights(case, bounds, count, random)
        wins += _first(values_of(weights, cost_points, random))
    shares = sorted(zip(names, wins / draws, strict=True), key=lambda one: (-one[1], one[0]))
    return Firmness(
        draws,
        bounds,
        tuple((name, float(share)) for name, share in shares),
        _without(case, names, reviewers),
        is_each_moved,
    )


def _way_of(case: _Case, bounds: Bounds, *, is_each_moved: bool) -> tuple[_Way, int]:
    """How draws of weights become one number a proposal, and how many draws are held at once.

    Where scores do not move at all, ties are real, and are looked for by the exact way.
    """
    if not is_each_moved and _is_average(case) and not case.drops:

        def of_panel(weights: Floats, cost: Floats, random: np.random.Generator) -> Floats:
            values: Floats = _panel_moved(case, weights, bounds, random)
            values += cost[:, None] * case.cost
            return values

        return of_panel, AT_ONCE // len(case.scores)
    if is_each_moved or not bounds.score:

        def exact(weights: Floats, cost: Floats, random: np.random.Generator) -> Floats:
            totals = (
                _each_moved(case, weights, bounds, random)
                if is_each_moved
                else _unmoved(case, weights)
            )
            return _by_method(case, totals + (cost[:, None] * case.cost)[:, :, None])

        return exact, AT_ONCE // case.scores.size
    is_centred = not _is_average(case)
    moments = moments_of(*_moments(case, bounds), case.counts, case.cost, is_centred=is_centred)
    table = normals()

    def many(weights: Floats, cost: Floats, random: np.random.Generator) -> Floats:
        totals = moved(moments, np.column_stack([weights, cost]), table, random)
        match case.method:
            case "rank-sum":
                return rank_sums(totals, moments)
            case "standardised":
                return standardised(totals, moments)
            case _:
                return dropped_averages(totals, moments, FEWEST_TO_DROP)

    return many, SUMS_AT_ONCE // case.counts.size


def _case(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    names: Sequence[str],
    reviewers: Sequence[str],
) -> _Case:
    criteria = [each for each in solicitation.criteria if not each.is_cost]
    most = float(sum(each.points for each in solicitation.criteria if each.is_cost))
    costs = cost_points(solicitation, names)
    at_name = {name: at for at, name in enumerate(names)}
    at_reviewer = {name: at for at, name in enumerate(reviewers)}
    at_criterion = {each.name: at for at, each in enumerate(criteria)}
    scores = np.zeros((len(names), len(reviewers), len(criteria)))
    counts = np.zeros((len(names), len(reviewers)))
    for one in given:
        at = at_name.get(one.proposal)
        if at is not None:
            reviewer = at_reviewer[one.reviewer]
            scores[at, reviewer, at_criterion[one.criterion]] = one.score
            counts[at, reviewer] = 1
    return _Case(
        scores,
        counts,
        np.array([float(each.points) for each in criteria]) / float(solicitation.scale),
        most,
        np.array([float(costs.get(name, Fraction(0))) / most if most else 0.0 for name in names]),
        float(solicitation.scale),
        solicitation.method,
        solicitation.drops_high_and_low,
    )


def _weights(
    case: _Case, bounds: Bounds, count: int, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draws by criteria, and each draw's points for cost; every draw has the same total."""
    whole = np.append(case.points * case.top, case.cost_points)
    moved = whole * random.uniform(1 - bounds.weight, 1 + bounds.weight, (count, len(whole)))
    moved *= whole.sum() / moved.sum(axis=1, keepdims=True)
    return moved[:, :-1] / case.top, moved[:, -1]


def _each_moved(
    case: _Case, weights: Floats, bounds: Bounds, random: np.random.Generator
) -> Floats:
    """Draws by proposals by reviewers: totals, with every score moved by itself."""
    moved = random.random((len(weights), *case.scores.shape))
    moved -= 0.5
    moved *= 2 * bounds.score
    moved += case.scores
    np.clip(moved, 0, case.top, out=moved)
    totals: Floats = np.matmul(
        moved.reshape(len(weights), -1, len(case.points)), weights[:, :, None]
    ).reshape(len(weights), *case.counts.shape)
    return totals


def _unmoved(case: _Case, weights: Floats) -> Floats:
    """The same, with weights alone moved."""
    totals: Floats = (weights @ case.scores.reshape(-1, len(case.points)).T).reshape(
        len(weights), *case.counts.shape
    )
    return totals


def _panel_moved(
    case: _Case, weights: Floats, bounds: Bounds, random: np.random.Generator
) -> Floats:
    """Draws by proposals: average totals, with the moves of all reviewers drawn as their sum."""
    mean, variance = _moments(case, bounds)
    seen = case.counts[:, :, None]
    count = np.maximum(case.counts.sum(axis=1), 1)[:, None]
    centre = weights @ ((mean * seen).sum(axis=1) / count).T
    spread = np.sqrt((weights**2) @ ((variance * seen).sum(axis=1) / count**2).T)
    values: Floats = centre + spread * random.standard_normal(centre.shape)
    return values


def _moments(case: _Case, bounds: Bounds) -> tuple[Floats, Floats]:
    """Mean and variance of each score that is moved evenly by up to the bound and cut to its scale.

    Of a number even between a and b, cut to 0 and top: the parts beyond the ends stand at the ends.
    """
    if bounds.score == 0:
        return case.scores, np.zeros_like(case.scores)
    low, high = case.scores - bounds.score, case.scores + bounds.score
    inside_low, inside_high = np.maximum(low, 0), np.minimum(high, case.top)
    width = 2 * bounds.score
    above = np.maximum(high - case.top, 0) / width
    mean = (inside_high**2 - inside_low**2) / (2 * width) + above * case.top
    square = (inside_high**3 - inside_low**3) / (3 * width) + above * case.top**2
    return mean, np.maximum(square - mean**2, 0)


def _by_method(case: _Case, totals: Floats) -> Floats:
    """Draws by proposals by reviewers to one number a proposal, of which the greatest wins."""
    seen = case.counts > 0
    count = np.maximum(seen.sum(axis=1), 1)
    if case.method == "rank-sum":
        return _rank_sums(totals, seen)
    if case.method == "standardised":
        scored = np.maximum(seen.sum(axis=0), 1)
        centre = np.where(seen, totals, 0).sum(axis=1, keepdims=True) / scored[None, None, :]
        away = np.where(seen, totals - centre, 0)
        deviation = np.sqrt((away**2).sum(axis=1, keepdims=True) / scored[None, None, :])
        z = np.where(deviation > CLOSE, away / np.maximum(deviation, CLOSE), 0.0)
        standard: Floats = z.sum(axis=2) / count
        return standard
    sums: Floats = np.where(seen, totals, 0).sum(axis=2)
    means: Floats = sums / count
    if not case.drops:
        return means
    highest = np.where(seen, totals, -np.inf).max(axis=2)
    lowest = np.where(seen, totals, np.inf).min(axis=2)
    dropped: Floats = np.where(
        count >= FEWEST_TO_DROP,
        (sums - highest - lowest) / np.maximum(count - 2, 1),
        means,
    )
    return dropped


def _rank_sums(totals: Floats, seen: NDArray[np.bool_]) -> Floats:
    """The negative of each proposal's sum of ranks; ties share the mean rank."""
    last = totals.shape[1]
    order = np.argsort(np.where(seen, -totals, np.inf), axis=1)
    ordered = np.take_along_axis(np.where(seen, -totals, np.inf), order, axis=1)
    places = np.arange(1.0, last + 1)[None, :, None]
    is_new = np.ones(ordered.shape, bool)
    with np.errstate(invalid="ignore"):
        is_new[:, 1:] = ordered[:, 1:] - ordered[:, :-1] > CLOSE
    start = np.maximum.accumulate(np.where(is_new, places, 0), axis=1)
    is_end = np.ones(ordered.shape, bool)
    is_end[:, :-1] = is_new[:, 1:]
    end = np.minimum.accumulate(np.where(is_end, places, last)[:, ::-1], axis=1)[:, ::-1]
    ranks = np.empty(ordered.shape)
    np.put_along_axis(ranks, order, (start + end) / 2, axis=1)
    middle = (seen.sum(axis=0) + 1) / 2
    sums: Floats = -np.where(seen, ranks, middle).sum(axis=2)
    return sums


def _first(values: Floats) -> Floats:
    """How often each column is the greatest of its row; a tie is shared."""
    best = values >= values.max(axis=1, keepdims=True) - CLOSE
    shares: Floats = (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
    return shares


def _without(
    case: _Case, names: Sequence[str], reviewers: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who is first without each reviewer, where that is not who is first with all."""
    first = _winners(case)
    found = []
    for at, reviewer in enumerate(reviewers if len(reviewers) > 1 else ()):
        others = _winners(
            _Case(
                np.delete(case.scores, at, axis=1),
                np.delete(case.counts, at, axis=1),
                case.points,
                case.cost_points,
                case.cost,
                case.top,
                case.method,
                case.drops,
            )
        )
        if others != first:
            found.append((reviewer, tuple(names[each] for each in sorted(others))))
    return tuple(found)


def _winners(case: _Case) -> set[int]:
    """The places of those that are first without any movement, among those anyone scored."""
    totals = case.scores @ case.points + (case.cost * case.cost_points)[:, None]
    values = _by_method(case, totals[None])[0]
    values = np.where(case.counts.any(axis=1), values, -np.inf)
    return {int(at) for at in np.flatnonzero(values >= values.max() - CLOSE)}


def _is_average(case: _Case) -> bool:
    return case.method in AVERAGES
