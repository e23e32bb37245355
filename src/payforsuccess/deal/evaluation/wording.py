"""The closed lists of words in which a plan says what it estimates and how."""

from __future__ import annotations

from typing import Literal

Estimand = Literal["itt", "tot", "att", "ate"]
EffectForm = Literal[
    "difference", "percent-reduction", "rate-ratio", "hazard-ratio", "change", "count"
]
"""`change` of one group and `count` are no effects: nothing is compared."""
StandardErrors = Literal[
    "unpooled",
    "classical",
    "hc0",
    "hc1",
    "hc2",
    "hc3",
    "cr1",
    "cr2",
    "greenwood",
    "pairs",
    "abadie-imbens",
    "influence",
    "bootstrap",
    "jackknife",
    "placebo",
    "model",
]
"""The flavours of standard error.

`model`: as the fitted model gives it (Cox: the information). `pairs`: of the differences between
each person served and their matches. `influence`: of what each person moves the estimate by, the
weights or score being estimated too.
"""
Test = Literal[
    "z-unpooled",
    "z-pooled",
    "pearson",
    "pearson-continuity",
    "likelihood-ratio",
    "fisher",
    "barnard",
    "boschloo",
    "welch",
    "wald",
    "log-rank",
    "gray",
    "anderson-rubin",
    "wild-cluster",
    "randomisation",
    "placebo",
]
"""Two-sided tests of no effect. A plan names one; others can only be shown as sensitivity.

`wald` is the estimate over the plan's own standard error, with its degrees of freedom.
"""

RandomisedEstimator = Literal[
    "difference-in-proportions",
    "difference-in-means",
    "blocked-difference",
    "ancova",
    "lin",
    "two-stage-least-squares",
    "kaplan-meier",
    "restricted-mean",
    "cumulative-incidence",
    "cox",
]
MatchedEstimator = Literal["matching", "inverse-probability", "entropy-balancing", "doubly-robust"]
ChangeEstimator = Literal["change-in-means", "doubly-robust", "repeated-cross-sections"]
PlaceAdjustment = Literal[
    "outcome-regression", "inverse-weighting", "doubly-robust", "improved-doubly-robust"
]
CohortAggregate = Literal["group", "simple", "dynamic", "calendar"]
"""Means of the effects of cohorts in periods (Callaway and Sant'Anna 2021, section 3)."""
PanelEstimator = Literal[
    "two-way-fixed-effects",
    "event-study",
    "callaway-santanna",
    "synthetic-control",
    "synthetic-difference-in-differences",
]
DURATION_ESTIMATORS = ("kaplan-meier", "restricted-mean", "cumulative-incidence", "cox")
"""They read how long it took until the event, not how many there were."""
