"""A model of counts: the rate ratio of the arms with robust errors; shown, never paid on."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.evaluation.plan import PlanBase
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs.compared import effect_of, ends_of
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.ratios import RatioOfMeans
from payforsuccess.evaluation.regression.rows import check_rows


def rate_ratio_of_counts(
    plan: PlanBase, sample: Sample, model: Literal["poisson", "negative-binomial"]
) -> tuple[Effect, int]:
    """The treated arm's rate over the control arm's, from a log-linear model (statsmodels).

    sample: the people with a known outcome, none below 0. Poisson: HC1 errors. Negative binomial:
    of the second kind, its dispersion estimated, with the model's robust errors. Refuses negative
    outcomes and a model that does not settle.
    """
    from statsmodels.discrete.discrete_model import NegativeBinomial, Poisson

    covariates, names = sample.covariates(plan.covariates)
    rows = check_rows(sample.outcome, sample.treated, covariates=covariates, names=names)
    if (rows.outcome < 0).any() or not rows.outcome[~rows.arms].any():
        raise Refusal(
            Problem(
                "A model of counts needs outcomes from 0 on, and some in the control arm.",
                "Leave this variation out.",
            )
        )
    columns = np.column_stack([np.ones(rows.people), rows.arms, rows.covariates])
    of = Poisson if model == "poisson" else NegativeBinomial
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = of(rows.outcome, columns.astype(float)).fit(disp=0, cov_type="HC1", maxiter=200)
    error = float(fit.bse[1])
    if not fit.mle_retvals["converged"] or not np.isfinite(error):
        raise Refusal(
            Problem(
                f"The {model} model does not settle on these outcomes.",
                "Leave this variation out, or fewer covariates.",
            )
        )
    log = Estimated(float(fit.params[1]), error, rows.people, f"{model} model, HC1 errors")
    ratio = RatioOfMeans(float(np.exp(log.value)), 1.0, log)
    confidence = float(plan.confidence or 0)
    ends = ratio.ratio_interval(confidence)
    effect = effect_of(
        Estimated(ratio.ratio, ratio.ratio_error, rows.people, log.method),
        "rate-ratio",
        "ratio",
        confidence=confidence,
    )
    return effect.model_copy(update={"interval": ends_of(ends)}), rows.people
