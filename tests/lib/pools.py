"""Pools of made-up people for tests of comparison groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from payforsuccess.evaluation.comparison import ComparisonPool, Outcomes


def pool_of(treated: Sequence[int], **traits: Sequence[float]) -> ComparisonPool:
    """A pool with keys 0, 1, 2 ...; one list a trait."""
    columns = np.column_stack([np.asarray(one, dtype=float) for one in traits.values()])
    return ComparisonPool(
        np.arange(len(treated)), np.asarray(treated, dtype=bool), tuple(traits), columns
    )


def outcomes_of(pool: ComparisonPool, values: Sequence[float]) -> Outcomes:
    return Outcomes(pool.keys, np.asarray(values, dtype=float))


def a_pool(
    people: int = 200, *, traits: int = 2, seed: int = 1, effect: float = 0.0
) -> tuple[ComparisonPool, Outcomes]:
    """People whose chance of being served, and whose outcome, rise with each trait.

    The chances lie well within 0 and 1; the outcome's other part is normal with deviation 1.
    """
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(people, traits))
    lift = columns.sum(axis=1) / np.sqrt(traits)
    treated = rng.random(people) < 1 / (1 + np.exp(0.5 - 0.7 * lift))
    treated[:2] = [True, False]
    values = 1 + lift + effect * treated + rng.normal(size=people)
    names = tuple(f"trait-{number}" for number in range(1, traits + 1))
    pool = ComparisonPool(np.arange(people), treated, names, columns)
    return pool, Outcomes(pool.keys, values)
