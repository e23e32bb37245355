"""Effects adjusted for what was known at baseline: ANCOVA, and Lin's regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.clustered import Effects
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour, coefficient
from payforsuccess.evaluation.regression.least_squares import (
    Codes,
    Fit,
    Floats,
    codes_of,
    fit_least_squares,
)
from payforsuccess.evaluation.regression.means import ARM
from payforsuccess.evaluation.regression.rows import Arms, Rows, check_rows, refuse_perfect


def ancova(
    outcome: Floats,
    arms: Arms,
    *,
    covariates: Floats,
    names: Sequence[str],
    strata: Codes | None = None,
    clusters: Codes | None = None,
    flavour: Flavour = "hc2",
    effects: Effects = "counted",
) -> Estimated:
    """The arm's coefficient beside the covariates, one slope each for both arms.

    outcome (n,) float64; arms (n,) bool; covariates (n, k) float64 with k names (k may be 0);
    strata (n,) codes whose effects are absorbed; clusters (n,) codes for CR1 and CR2. With strata
    of unequal treated shares this weighs a stratum by people x share x (1 - share), not by its
    people: `blocked_difference` and `lin` do the latter. effects: see `cluster_parts`.
    Refuses what `check_rows` refuses, and collinear covariates by name.
    """
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    method = "ANCOVA" if len(names) else "Regression on the arm"
    if strata is not None:
        method += f", effects of {len(np.unique(strata)):,} strata absorbed"
    errors = Errors(flavour, clusters, effects)
    return coefficient(fit_ancova(rows), ARM, errors, method=method)


def adjusted_control_mean(rows: Rows, *, by: Literal["ancova", "lin"]) -> float:
    """Everyone's mean outcome had nobody been treated, as the model of `ancova` or `lin` says.

    With the effect added it is the mean had everyone been treated: adjusted means, whose ratio is
    an adjusted percent reduction. In the unit of the outcome.
    """
    if by == "lin":
        fit = fit_lin(rows)
        return float(fit.coefficients[fit.at("constant")])  # covariates are centred at everyone
    fit = fit_ancova(rows)
    return float(rows.outcome.mean() - fit.coefficients[fit.at(ARM)] * rows.arms.mean())


def fit_ancova(rows: Rows) -> Fit:
    """The model of `ancova`, with all its coefficients; the arm's column is `ARM`."""
    columns = [rows.arms.astype(np.float64)[:, None], rows.covariates]
    labels = [ARM, *rows.names]
    if rows.strata is None:
        columns.insert(0, np.ones((rows.people, 1)))
        labels.insert(0, "constant")
    fit = fit_least_squares(rows.outcome, np.hstack(columns), labels, strata=rows.strata)
    refuse_perfect(fit.residuals, rows.outcome)
    return fit


def lin(
    outcome: Floats,
    arms: Arms,
    *,
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
    clusters: Codes | None = None,
    flavour: Flavour = "hc2",
) -> Estimated:
    """The average effect by covariates centred at everyone's mean and given a slope in each arm.

    Lin (2013). Inputs as `ancova`. Strata enter as indicators, centred and with an effect in each
    arm like the covariates, so that each stratum weighs by its people. The error is for the people
    in the study: it leaves out that the centring is estimated. Without covariates and strata it is
    the difference in means. Refuses what `ancova` refuses, and a stratum without both arms.
    """
    rows = check_rows(
        outcome, arms, covariates=covariates, names=names, strata=strata, clusters=clusters
    )
    method = "Lin's regression, covariates centred and interacted with the arm"
    if strata is not None:
        method += f", {len(np.unique(strata)):,} strata likewise"
    return coefficient(fit_lin(rows), ARM, Errors(flavour, clusters), method=method)


def fit_lin(rows: Rows) -> Fit:
    """The model of `lin`, with all its coefficients; the arm's column is `ARM`."""
    labels, columns = list(rows.names), [rows.covariates]
    if rows.strata is not None:
        from payforsuccess.evaluation.regression.blocks import refuse_one_armed

        codes = codes_of(rows.strata)
        refuse_one_armed(codes, rows.arms, at_least=1)
        columns.append((codes[:, None] == np.arange(1, int(codes.max()) + 1)).astype(np.float64))
        labels += [f"stratum {at}" for at in range(2, int(codes.max()) + 2)]
    known = np.hstack(columns)
    centred = known - known.mean(axis=0)
    arm = rows.arms.astype(np.float64)[:, None]
    fit = fit_least_squares(
        rows.outcome,
        np.hstack([np.ones_like(arm), arm, centred, arm * centred]),
        ["constant", ARM, *labels, *(f"{label} among the treated" for label in labels)],
    )
    refuse_perfect(fit.residuals, rows.outcome)
    return fit
