"""Several estimates pooled into one payable value, with the error of the whole.

The estimates share people (those treated, as a rule), so their errors hang together. People are
drawn again once for all plans, and every plan's formula runs on the same draw: a joint bootstrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs import compare
from payforsuccess.evaluation.designs.resampled import without_draws
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval

MOST_LOST = 0.02
"""The largest share of draws in which a formula may find nothing, such as an arm without events."""


@dataclass(frozen=True, eq=False)
class Part:
    """One plan in a pooled value: its weight, and its people with their numbers in `person`.

    unit: of the plan's measure, so that draws of an effect are in the unit of the effect.
    """

    plan: EvaluationPlan
    weight: float
    sample: Sample
    unit: str = "unit"


@dataclass(frozen=True, eq=False)
class Pooled:
    """The weighted value with its error and percentile interval, from draws of people.

    correlation: of the parts' values over the draws, (parts, parts).
    """

    found: Estimated
    interval: Interval
    correlation: np.ndarray
    draws: int


def pooled(
    parts: Sequence[Part],
    *,
    draws: int,
    confidence: float,
    rng: np.random.Generator,
) -> Pooled:
    """The weighted sum of the parts' point estimates, each in its plan's own form.

    People are drawn with replacement within cells of equal standing: in which plans they are, and
    in which arm of each. Efron and Tibshirani (1993), percentile interval, the outer of two
    neighbours. Refuses parts in different forms, rows that do not say whose they are, cells of one
    person, and draws in which a formula finds nothing too often.
    """
    _refuse_unlike(parts)
    at_hand = _point(parts, [part.sample for part in parts], rng)
    people = [part.sample.rows["person"].to_numpy() for part in parts]
    cells = _cells(parts, people)
    places = [_places(codes) for codes in people]
    values = np.full((draws, len(parts)), np.nan)
    lost = 0
    for draw in range(draws):
        chosen = np.concatenate([cell[rng.integers(0, len(cell), len(cell))] for cell in cells])
        samples = [
            part.sample.take(np.concatenate([where.get(int(person), _NONE) for person in chosen]))
            for part, where in zip(parts, places, strict=True)
        ]
        try:
            values[draw] = _point(parts, samples, rng)
        except Refusal:
            lost += 1
    if lost > MOST_LOST * draws:
        raise Refusal(
            Problem(
                f"In {lost:,} of {draws:,} draws of people a formula finds nothing, so the pooled "
                "value has no error.",
                "Wait for more people, or agree on a formula that needs fewer.",
            )
        )
    kept = values[~np.isnan(values).any(axis=1)]
    weights = np.array([part.weight for part in parts])
    combined = kept @ weights
    tail = (1 - confidence) / 2
    says = " and ".join(f"{part.weight:g} of {part.plan.estimator}" for part in parts)
    return Pooled(
        Estimated(
            float(at_hand @ weights),
            float(combined.std(ddof=1)),
            len(np.unique(np.concatenate([part.sample.known.rows["person"] for part in parts]))),
            f"Weighted sum, {says}; joint bootstrap, {len(kept):,} draws of people",
        ),
        Interval(
            float(np.quantile(combined, tail, method="lower")),
            float(np.quantile(combined, 1 - tail, method="higher")),
        ),
        np.atleast_2d(np.corrcoef(kept, rowvar=False)),
        len(kept),
    )


_NONE = np.empty(0, np.int64)


def _point(
    parts: Sequence[Part], samples: Sequence[Sample], rng: np.random.Generator
) -> np.ndarray:
    found = (
        compare(without_draws(part.plan), sample, unit=part.unit, rng=rng).in_form(part.plan.as_)
        for part, sample in zip(parts, samples, strict=True)
    )
    return np.array([float(effect.value) for effect in found])


def _refuse_unlike(parts: Sequence[Part]) -> None:
    forms = dict.fromkeys(str(part.plan.as_) for part in parts)
    if len(forms) > 1:
        raise Refusal(
            Problem(
                f"The pooled plans state their effects in different forms: {', '.join(forms)}.",
                "State all of them in one form.",
            )
        )
    if not all(part.sample.has("person") for part in parts):
        raise ValueError("rows to be pooled say by a number whose they are")


def _cells(parts: Sequence[Part], people: Sequence[np.ndarray]) -> list[np.ndarray]:
    """People by which plans and arms they are in: shape (people of the cell,) each."""
    standing: dict[int, tuple[str, ...]] = {}
    for at, (part, codes) in enumerate(zip(parts, people, strict=True)):
        for person, arm in zip(codes.tolist(), part.sample.treated.tolist(), strict=True):
            standing[person] = (*standing.get(person, ()), f"{at}{arm}")
    by_standing: dict[tuple[str, ...], list[int]] = {}
    for person in sorted(standing):
        by_standing.setdefault(tuple(sorted(set(standing[person]))), []).append(person)
    if any(len(members) < 2 for members in by_standing.values()):
        raise Refusal(
            Problem(
                "A group of people with the same arms in the pooled plans holds one person, so "
                "drawing again shows no chance.",
                "Check the arms and populations of the plans.",
            )
        )
    return [np.array(by_standing[key]) for key in sorted(by_standing)]


def _places(codes: np.ndarray) -> dict[int, np.ndarray]:
    """The rows of each person."""
    order = np.argsort(codes, kind="stable")
    persons, starts = np.unique(codes[order], return_index=True)
    return {
        int(person): rows for person, rows in zip(persons, np.split(order, starts[1:]), strict=True)
    }
