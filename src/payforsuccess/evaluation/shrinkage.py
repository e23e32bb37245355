"""Groups beside one another, each drawn towards all: what is left of a rank after chance (R108).

Empirical Bayes for normal means with unequal variances, after Morris (1983), "Parametric Empirical
Bayes Inference: Theory and Applications", Journal of the American Statistical Association 78,
equations 1.12 to 1.17. With equal variances it is the estimator of Efron and Morris (1977).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.evaluation.proportions import Interval

LEAST_GROUPS = 4
"""With fewer groups nothing can be told of how far they truly differ."""
_Z = 1.959963984540054
_ROUNDS = 200


@dataclass(frozen=True)
class Shrunk:
    """One group: its raw share, and what is left of it once chance is taken into account.

    weight: how far it is drawn towards all, from 0 (as it is) to 1 (no more than all say). best and
    worst: the ranks it may have, counting only groups whose intervals lie wholly apart.
    """

    group: str
    raw: float
    estimate: float
    interval: Interval
    weight: float
    best: int
    worst: int


@dataclass(frozen=True)
class Shrinkage:
    """The groups, the share of all that they are drawn to, and how far they truly differ."""

    groups: tuple[Shrunk, ...]
    pooled: float
    spread: float

    @property
    def tells_apart(self) -> bool:
        """Whether any group can be told from any other."""
        return any(one.best > 1 or one.worst < len(self.groups) for one in self.groups)


@dataclass(frozen=True)
class Means:
    """Estimates of normal means, with their standard errors. between: their true variance."""

    pooled: float
    between: float
    estimates: tuple[float, ...]
    errors: tuple[float, ...]
    weights: tuple[float, ...]


def shrunk_means(values: Sequence[float], variances: Sequence[float]) -> Means:
    """Each mean drawn towards all, the more the wider its own error; ValueError below four."""
    count = len(values)
    if count < LEAST_GROUPS or len(variances) != count or min(variances) <= 0:
        raise ValueError("at least four groups, each with a variance above nothing")
    between = 0.0
    for _ in range(_ROUNDS):
        inverse = [1 / (own + between) for own in variances]
        total = sum(inverse)
        pooled = sum(w * y for w, y in zip(inverse, values, strict=True)) / total
        excess = sum(
            w * (count / (count - 1) * (y - pooled) ** 2 - own)
            for w, y, own in zip(inverse, values, variances, strict=True)
        )
        found = max(0.0, excess / total)
        if math.isclose(found, between, rel_tol=1e-12, abs_tol=1e-15):
            break
        between = found
    inverse = [1 / (own + between) for own in variances]
    total = sum(inverse)
    pooled = sum(w * y for w, y in zip(inverse, values, strict=True)) / total
    mean_variance = sum(w * own for w, own in zip(inverse, variances, strict=True)) / total
    weights, estimates, errors = [], [], []
    for value, own, w in zip(values, variances, inverse, strict=True):
        weight = (count - 3) / (count - 1) * own / (own + between)
        share = count * w / total
        variance_of_weight = (
            2 / (count - 3) * weight**2 * (mean_variance + between) / (own + between)
        )
        weights.append(weight)
        estimates.append((1 - weight) * value + weight * pooled)
        error = own * (1 - (count - share) / count * weight)
        errors.append(math.sqrt(error + variance_of_weight * (value - pooled) ** 2))
    return Means(pooled, between, tuple(estimates), tuple(errors), tuple(weights))


def shrunk_shares(counts: Mapping[str, tuple[int, int]]) -> Shrinkage:
    """Groups' shares drawn towards that of all: those who did it, and of how many, by group.

    A share's own variance is taken at the share of all, so that a group in which no one or everyone
    did it has one too; where no one or everyone did it anywhere, nothing differs. Intervals are of
    95 percent. ValueError with fewer than four groups, and for a group of no one.
    """
    if len(counts) < LEAST_GROUPS or any(
        not 0 <= yes <= people or people == 0 for yes, people in counts.values()
    ):
        raise ValueError("at least four groups, each with someone in it")
    yes, people = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    # Half a person more on each side: a variance of nothing would take chance for certainty.
    common = (yes + 0.5) / (people + 1)
    raw = [did / of for did, of in counts.values()]
    means = shrunk_means(raw, [common * (1 - common) / of for _, of in counts.values()])
    intervals = [
        Interval(max(0.0, middle - _Z * error), min(1.0, middle + _Z * error))
        for middle, error in zip(means.estimates, means.errors, strict=True)
    ]
    groups = tuple(
        Shrunk(
            name,
            raw[at],
            means.estimates[at],
            intervals[at],
            means.weights[at],
            1 + sum(other.low > intervals[at].high for other in intervals),
            len(counts) - sum(other.high < intervals[at].low for other in intervals),
        )
        for at, name in enumerate(counts)
    )
    return Shrinkage(groups, means.pooled, math.sqrt(means.between))
