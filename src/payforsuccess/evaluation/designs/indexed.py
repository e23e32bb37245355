"""The outcome of a plan that is an index of several: one number a person in place of the first."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from payforsuccess.deal.evaluation import OutcomeIndex
from payforsuccess.evaluation.chance.index import Index, anderson_index, simple_index
from payforsuccess.evaluation.designs.people import refuse_missing, unknown_where
from payforsuccess.evaluation.designs.sample import Sample, with_column

PART = ":part:"
"""Before the name of an outcome of the index: the column of its quantity, missing where unknown."""
OWN = ":part"
"""The column that keeps the plan's own measure."""
_WAYS = {"equal": simple_index, "inverse-covariance": anderson_index}


def indexed(index: OutcomeIndex, sample: Sample) -> Sample:
    """The sample with the index as its outcome; of whom a part is unknown, so is the index.

    Refuses rows without a part, and what the index refuses: a part that does not vary in the
    control arm, and one that follows from the others.
    """
    columns = [PART + part.name for part in index.parts]
    refuse_missing(sample, columns, "of which the plan's index is made")
    unknown = np.isnan(np.column_stack([sample.numbers(name) for name in columns]))
    lost = np.asarray(unknown.any(axis=1))
    own = pa.array(sample.outcome, from_pandas=True)
    kept = Sample(with_column(sample.rows, OWN, own), sample.treated_arm, sample.control_arm)
    told = unknown_where(kept, lost, "part of the index not known")
    is_known = ~np.isnan(told.outcome)
    values = np.full(len(told), np.nan)
    if (is_known & ~told.treated).any():
        values[is_known] = _index_of(index, told.take(is_known)).values
    rows = with_column(told.rows, "quantity", pa.array(values, from_pandas=True))
    return Sample(rows, told.treated_arm, told.control_arm)


def index_told(index: OutcomeIndex, known: Sample) -> tuple[str, ...]:
    """How the index was made, with its weights, and each outcome's difference in its own unit."""
    found = _index_of(index, known)
    names = ["own measure", *(part.name for part in index.parts)]
    weights = ", ".join(
        f"{name} {weight:.4g}" for name, weight in zip(names, found.weights, strict=True)
    )
    gaps = [
        f"{name} {column[known.treated].mean() - column[~known.treated].mean():,.6g}"
        for name, column in zip(names, _outcomes(index, known).T, strict=True)
    ]
    return (
        f"{found.method}; higher is better. Weights: {weights}. The scale is taken as known.",
        f"Differences of means of its parts, each in its own unit: {'; '.join(gaps)}.",
    )


def _index_of(index: OutcomeIndex, known: Sample) -> Index:
    better = [index.better, *(part.better for part in index.parts)]
    signs = np.array([1.0 if one == "more" else -1.0 for one in better])
    return _WAYS[index.weights](_outcomes(index, known), ~known.treated, signs)


def _outcomes(index: OutcomeIndex, known: Sample) -> np.ndarray:
    columns = [OWN, *(PART + part.name for part in index.parts)]
    return np.column_stack([known.numbers(name) for name in columns])
