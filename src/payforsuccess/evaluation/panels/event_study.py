"""The effect in each period around the start, and whether groups already parted before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels.panel import (
    Panel,
    only_start,
    refuse_lone_clusters,
    refuse_unfit,
)
from payforsuccess.evaluation.panels.two_way import (
    COUNTED,
    Counted,
    fit_two_way,
    two_way_parts,
    with_clusters,
)

REFERENCE = -1
"""The last period before the start, with which the others are compared."""


@dataclass(frozen=True)
class JointTest:
    """Whether several effects may all be 0: Wald's F with its degrees of freedom, and its p."""

    statistic: float
    effects: int
    freedom: float
    p_value: float


@dataclass(frozen=True, eq=False)
class EventStudy:
    """Effects by periods since the start (negative before it), without the reference of -1.

    since: shape (effects,). before: the joint test that all effects before the start are 0; None
    where there is no period before the reference. after: the plain mean of the effects from the
    start on. That it finds nothing does not show that trends
    are parallel: it may be too weak to see (Roth 2022).
    """

    since: NDArray[np.int64]
    effects: tuple[Estimated, ...]
    before: JointTest | None
    after: Estimated


def event_study(panel: Panel, *, counted: Counted = "not-nested") -> EventStudy:
    """Two-way effects of units and periods with one term for each period since the start.

    Takes gaps. Errors are CR1 by the panel's clusters, or by unit; Student's t and F with clusters
    less one. Refuses several starts, for which each term would mix the effects of others (Sun and
    Abraham 2021): `aggregate(..., "event")` serves them. Refuses one cluster alone
    on a side, and more terms to test than clusters.
    """
    refuse_unfit(panel, takes_gaps=True)
    start = only_start(panel)
    refuse_lone_clusters(with_clusters(panel))
    since = np.arange(panel.periods) - start
    since = since[since != REFERENCE]
    is_treated = ~panel.is_never_treated
    at = (np.arange(panel.periods)[:, None] - start) == since
    terms = is_treated[:, None, None] * at[None].astype(np.float64)
    fit, clusters = fit_two_way(panel, terms, [f"since {number}" for number in since])
    found = two_way_parts(fit, clusters, counted)
    freedom = float(found.clusters - 1)
    method = (
        "Event study, two-way fixed effects of units and periods, against the last period before "
        f"the start; {found.words} ({COUNTED[counted]}); Student's t, {freedom:.4g} degrees of "
        "freedom"
    )
    effects = tuple(
        Estimated(
            float(fit.coefficients[place]),
            float(np.sqrt(found.covariance[place, place])),
            panel.units,
            method,
            freedom,
        )
        for place in range(len(since))
    )
    covariance: NDArray[np.float64] = np.asarray(found.covariance, np.float64)
    leads = np.flatnonzero(since < REFERENCE)
    before = None
    if len(leads):
        before = joint_test(
            np.asarray(fit.coefficients[leads], np.float64),
            covariance[np.ix_(leads, leads)],
            freedom=freedom,
        )
    shares = (since >= 0) / (since >= 0).sum()
    many = len(since)
    after = Estimated(
        float(shares @ fit.coefficients[:many]),
        float(np.sqrt(shares @ covariance[:many, :many] @ shares)),
        panel.units,
        f"Plain mean over periods from the start on. {method}",
        freedom,
    )
    return EventStudy(since, effects, before, after)


def joint_test(
    values: NDArray[np.float64], covariance: NDArray[np.float64], *, freedom: float
) -> JointTest:
    """Wald's statistic over the number of effects, against F with that and `freedom`.

    values: shape (effects,); covariance: (effects, effects). Refuses as many effects as there are
    clusters to show how they vary, or effects that follow from each other.
    """
    from scipy.special import fdtrc

    many = len(values)
    scale = np.sqrt(np.diag(covariance))
    flat = not (scale > 0).all()
    rank = 0 if flat else int(np.linalg.matrix_rank(covariance / np.outer(scale, scale), tol=1e-9))
    if many > freedom or rank < many:
        raise Refusal(
            [
                Problem(
                    f"{many} effects cannot be tested together with errors from "
                    f"{int(freedom) + 1} clusters.",
                    "Join periods, or use more clusters.",
                )
            ]
        )
    statistic = float(values @ np.linalg.solve(covariance, values)) / many
    return JointTest(statistic, many, freedom, float(fdtrc(many, freedom, statistic)))
