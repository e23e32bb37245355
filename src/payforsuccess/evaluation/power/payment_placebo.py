"""People who had no programme, split by chance into two made-up arms, again and again.

What an evaluator would find of nothing, from the outcomes of real people and not from a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.power.payment_rule import DrawnEstimates, PlannedRule, read_estimates

CELLS = 4_000_000
"""Numbers held at once while people are shuffled."""


@dataclass(frozen=True)
class Placebo:
    """Splits of one cohort: the estimates, and how many people each made-up arm had."""

    estimates: DrawnEstimates
    treated: int
    control: int


def split_at_random(
    outcomes: NDArray[np.float64],
    rule: PlannedRule,
    form: EffectForm,
    *,
    treated_share: float,
    as_share: bool,
    splits: int,
    rng: np.random.Generator,
    people: tuple[int, int] | None = None,
) -> Placebo:
    """`splits` made-up trials; outcomes: shape (n,), one a person, all known.

    Everyone is in one arm, the treated one getting `treated_share` of them, rounded. With `people`
    both arms are drawn of the cohort with replacement, so that they are as large as a study that is
    planned. as_share: outcomes are 0 and 1, and a difference is one in percentage points. Refuses
    fewer than four people, and a cohort in which everyone has the same outcome.
    """
    count = len(outcomes)
    treated, control = people or _sizes(count, treated_share)
    if count < 4 or treated < 2 or control < 2:
        raise Refusal(
            Problem(
                f"{count:,} people with a known outcome are too few to be split into two arms.",
                "Give a larger cohort.",
            )
        )
    if np.all(outcomes == outcomes[0]):
        raise Refusal(
            Problem(
                f"All {count:,} people have the same outcome, so no split of them can differ.",
                "Correct the measure, or give a cohort in which the outcome varies.",
            )
        )
    if people is None:
        first = _first_arm(outcomes, treated, splits, rng)
        whole = np.array([outcomes.sum(), (outcomes**2).sum()])[:, None]
        sums = first, whole - first
    else:
        sums = (
            _resampled(outcomes, treated, splits, rng),
            _resampled(outcomes, control, splits, rng),
        )
    one, other = (_moments(part, size) for part, size in zip(sums, (treated, control), strict=True))
    estimates = read_estimates(
        one,
        other,
        (treated, control),
        rule,
        form,
        as_share=as_share,
    )
    return Placebo(estimates, treated, control)


def _sizes(count: int, treated_share: float) -> tuple[int, int]:
    treated = int(count * treated_share + 0.5)
    return treated, count - treated


def _first_arm(
    outcomes: NDArray[np.float64], treated: int, splits: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Sums and sums of squares of the treated arm, shape (2, splits)."""
    ones = _ones(outcomes)
    if ones is not None:
        drawn = rng.hypergeometric(ones, len(outcomes) - ones, treated, splits).astype(float)
        return np.stack([drawn, drawn])
    found = np.empty((2, splits))
    step = max(CELLS // len(outcomes), 1)
    for start in range(0, splits, step):
        size = min(step, splits - start)
        keys = rng.random((size, len(outcomes)))
        chosen = outcomes[np.argpartition(keys, treated - 1, axis=1)[:, :treated]]
        found[:, start : start + size] = chosen.sum(axis=1), (chosen**2).sum(axis=1)
    return found


def _resampled(
    outcomes: NDArray[np.float64], people: int, splits: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    ones = _ones(outcomes)
    if ones is not None:
        drawn = rng.binomial(people, ones / len(outcomes), splits).astype(float)
        return np.stack([drawn, drawn])
    found = np.empty((2, splits))
    step = max(CELLS // people, 1)
    for start in range(0, splits, step):
        size = min(step, splits - start)
        chosen = rng.choice(outcomes, (size, people))
        found[:, start : start + size] = chosen.sum(axis=1), (chosen**2).sum(axis=1)
    return found


def _ones(outcomes: NDArray[np.float64]) -> int | None:
    """How many have a 1, where every outcome is 0 or 1."""
    return int(outcomes.sum()) if np.all((outcomes == 0) | (outcomes == 1)) else None


def _moments(sums: NDArray[np.float64], people: int) -> tuple[Any, Any]:
    """The mean of an arm in each split, and the variance between its people (over n - 1)."""
    mean = sums[0] / people
    return mean, np.maximum(sums[1] - people * mean**2, 0) / (people - 1)
