"""A count that someone verifies: nothing is compared, and no effect is claimed."""

from __future__ import annotations

import numpy as np

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.evaluation import VerifiedCount
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.sample import Sample


def count_people(
    plan: VerifiedCount, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The exact sum of the quantities of the people whose result is known, and nothing else."""
    everyone = np.ones(len(sample), dtype=np.bool_)
    effect = Effect(
        form="count",
        unit=unit,
        value=sample.total(everyone),
        method="Sum over the people whose result is known; nothing is estimated",
    )
    return Compared(
        {"count": effect},
        len(sample.known),
        notes=(
            f"This is a count that {plan.verified_by} verifies; it claims no effect, as nothing "
            "shows what it would have been without the programme.",
        ),
    )
