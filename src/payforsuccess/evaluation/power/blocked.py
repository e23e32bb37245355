"""Strata of unlike size, spread or share treated, whose differences are weighted by people."""

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
class Stratum:
    """One stratum: its part of the people, the share of them treated, its outcome's spread."""

    people_share: float
    treated_share: float = 0.5
    spread: float = 1.0


@dataclass(frozen=True)
class Stratified:
    """The strata's differences in means, each weighted by its part of the people.

    people_share of the strata add up to 1. explained: the share of the variance within strata and
    arms that covariates explain.
    """

    strata: tuple[Stratum, ...]
    explained: float = 0.0
    covariates: int = 0
    unit: str = "people"
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1; ValueError unless the parts add up to 1."""
        for stratum in self.strata:
            check_share(stratum.treated_share, "The share of a stratum sent to the treated arm")
            check_share(stratum.spread, "The spread of the outcome in a stratum", high=math.inf)
            if len(self.strata) > 1:
                check_share(stratum.people_share, "The part of the people in a stratum")
        check_share_or_none(self.explained, "The share of the variance explained")
        if not math.isclose(sum(stratum.people_share for stratum in self.strata), 1):
            raise ValueError("the strata's parts of the people add up to 1")

    @property
    def formula(self) -> str:
        """The error and its degrees of freedom."""
        return (
            "Stratified difference of means (Imbens and Rubin 2015), error = root((1 - R2) / n x "
            "sum of part x spread squared / (p (1 - p))), degrees of freedom n - "
            f"{2 * len(self.strata)} for strata by arm - {self.covariates} for covariates"
        )

    @property
    def least(self) -> float:
        """Two people in each arm of each stratum on average, and one for each covariate."""
        return max(
            2 * len(self.strata) + self.covariates + 1.0,
            *(
                1 / (s.people_share * min(s.treated_share, 1 - s.treated_share))
                for s in self.strata
            ),
        )

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> float:
        """The size itself."""
        return size

    def precision(self, size: float, effect: float) -> Precision:
        """The same at every effect."""
        total = sum(
            s.people_share * s.spread**2 / (s.treated_share * (1 - s.treated_share))
            for s in self.strata
        )
        return Precision(
            math.sqrt((1 - self.explained) * total / size),
            size - 2 * len(self.strata) - self.covariates,
        )
