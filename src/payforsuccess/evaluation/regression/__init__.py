"""Effects from people's outcomes by regression: means, ratios, strata, clusters, taking part."""

from __future__ import annotations

from payforsuccess.evaluation.regression.adjusted import ancova, fit_ancova, fit_lin, lin
from payforsuccess.evaluation.regression.anderson_rubin import AndersonRubin, anderson_rubin
from payforsuccess.evaluation.regression.bias_reduced import BiasReduced, bias_reduced
from payforsuccess.evaluation.regression.blocks import Blocked, blocked_difference
from payforsuccess.evaluation.regression.clustered import Clustered, cluster_parts
from payforsuccess.evaluation.regression.compliers import Compliers, compliers
from payforsuccess.evaluation.regression.errors_of import (
    Errors,
    Flavour,
    Parts,
    coefficient,
    covariance_of,
    parts_of,
)
from payforsuccess.evaluation.regression.first_stage import FirstStage
from payforsuccess.evaluation.regression.instruments import (
    EffectOfTakingPart,
    effect_of_taking_part,
    fit_two_stage,
)
from payforsuccess.evaluation.regression.least_squares import Fit, fit_least_squares
from payforsuccess.evaluation.regression.means import ARM, difference_in_means
from payforsuccess.evaluation.regression.ratios import RatioOfMeans, ratio_of_means
from payforsuccess.evaluation.regression.resampling import BootstrapRatio, bootstrap_ratio
from payforsuccess.evaluation.regression.rows import Rows, check_rows
from payforsuccess.evaluation.regression.wild import WildBootstrap, wild_cluster_bootstrap

__all__ = [
    "ARM",
    "AndersonRubin",
    "BiasReduced",
    "Blocked",
    "BootstrapRatio",
    "Clustered",
    "Compliers",
    "EffectOfTakingPart",
    "Errors",
    "FirstStage",
    "Fit",
    "Flavour",
    "Parts",
    "RatioOfMeans",
    "Rows",
    "WildBootstrap",
    "ancova",
    "anderson_rubin",
    "bias_reduced",
    "blocked_difference",
    "bootstrap_ratio",
    "check_rows",
    "cluster_parts",
    "coefficient",
    "compliers",
    "covariance_of",
    "difference_in_means",
    "effect_of_taking_part",
    "fit_ancova",
    "fit_least_squares",
    "fit_lin",
    "fit_two_stage",
    "lin",
    "parts_of",
    "ratio_of_means",
    "wild_cluster_bootstrap",
]
