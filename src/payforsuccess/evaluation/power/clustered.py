"""Whole groups assigned to arms: sites, caregivers, villages (Bloom 2005; Murray 1998)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from payforsuccess.evaluation.power.solving import (
    Precision,
    Scale,
    check_share,
    check_share_or_none,
)


@dataclass(frozen=True)
class Clustered:
    """The difference of means where clusters are assigned; the size counts clusters.

    people_each: people in a cluster, on average. intraclass: the share of the variance that lies
    between clusters. size_variation: the standard deviation of clusters' sizes over their mean
    (Eldridge, Ashby and Kerry 2006). explained_between, explained_within: the shares of each part
    of the variance that covariates explain. covariates: how many at the level of clusters; blocks:
    of clusters, each with a mean of its own.
    """

    people_each: float
    intraclass: float
    treated_share: float = 0.5
    spread: float = 1.0
    size_variation: float = 0.0
    explained_between: float = 0.0
    explained_within: float = 0.0
    covariates: int = 0
    blocks: int = 1
    unit: str = "clusters"
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1, and clusters of less than one person."""
        check_share(self.treated_share, "The share sent to the treated arm")
        check_share(self.spread, "The spread of the outcome", high=math.inf)
        if self.people_each != 1:
            check_share(self.people_each, "The people in a cluster", low=1, high=math.inf)
        for share, name in (
            (self.intraclass, "The share of the variance between clusters"),
            (self.explained_between, "The share of the variance between clusters explained"),
            (self.explained_within, "The share of the variance within clusters explained"),
        ):
            check_share_or_none(share, name)
        if self.size_variation:
            check_share(self.size_variation, "The variation of clusters' sizes", high=math.inf)
        if self.covariates < 0 or self.blocks < 1:
            raise ValueError("covariates are 0 or more, blocks 1 or more")

    @property
    def formula(self) -> str:
        """The error and its degrees of freedom."""
        return (
            "Clustered difference of means, error = spread x root((rho (1 - R2 between) "
            "(1 + cv squared) + (1 - rho) (1 - R2 within) / m) / (J p (1 - p))) (Bloom 2005; "
            "Eldridge and others 2006), degrees of freedom J - 1 - "
            f"{self.blocks} for blocks - {self.covariates} for covariates of clusters"
        )

    @property
    def least(self) -> float:
        """Two clusters in each arm, and one degree of freedom."""
        return max(4.0, 2.0 + self.blocks + self.covariates)

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> float:
        """Clusters times the people in each."""
        return size * self.people_each

    def precision(self, size: float, effect: float) -> Precision:
        """The same at every effect."""
        share, between = self.treated_share, self.intraclass
        variance = between * (1 - self.explained_between) * (1 + self.size_variation**2)
        variance += (1 - between) * (1 - self.explained_within) / self.people_each
        return Precision(
            self.spread * math.sqrt(variance / (size * share * (1 - share))),
            size - 1 - self.blocks - self.covariates,
        )
