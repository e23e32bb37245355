"""Compliers: those whom assignment moved to take part. Their share, and their mean outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.clustered import Effects
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, coefficient
from payforsuccess.evaluation.regression.instruments import INSTRUMENT, TAKEN_UP, two_stage_rows
from payforsuccess.evaluation.regression.least_squares import Codes, Floats
from payforsuccess.evaluation.regression.rows import Arms, check_rows


@dataclass(frozen=True)
class Compliers:
    """share: of all people. treated_mean, control_mean: their outcomes with and without the
    programme, in the outcome's unit; the effect of taking part is the one less the other.
    """

    share: Estimated
    treated_mean: Estimated
    control_mean: Estimated


def compliers(
    outcome: Floats,
    arms: Arms,
    took_part: NDArray[np.bool_],
    *,
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
    clusters: Codes | None = None,
    flavour: Flavour = "hc1",
    effects: Effects = "counted",
) -> Compliers:
    """The share of compliers and their means (Imbens and Rubin 1997; Abadie 2002).

    Inputs and refusals as `effect_of_taking_part`. Each mean is a two-stage fit of the outcome of
    those with (without) the programme, 0 for the others, on taking part (not taking part).
    """
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    taken = took_part.astype(np.float64)
    errors = Errors(flavour, clusters, effects)
    found = []
    for part, which in ((taken, "with"), (1 - taken, "without")):
        fit = two_stage_rows(replace(rows, outcome=rows.outcome * part), part).fit
        method = f"Mean of compliers {which} the programme, two-stage least squares"
        found.append(coefficient(fit, TAKEN_UP, errors, method=method))
    first = two_stage_rows(rows, taken).first
    share = coefficient(first, INSTRUMENT, errors, method="Share of compliers")
    return Compliers(share, found[0], found[1])
