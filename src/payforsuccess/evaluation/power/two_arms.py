"""People assigned one by one to two arms: means and proportions."""

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
class TwoMeans:
    """The difference of two means, by a t test or a regression on the arm and covariates.

    spread: the outcome's standard deviation within an arm; 1 states effects in it. treated_share:
    of the people. explained: the share of the variance within arms that covariates, strata or
    blocks explain. covariates: how many coefficients that takes; blocks_of: people in a block,
    where each block has a mean of its own, strata: how many strata have one.
    """

    spread: float = 1.0
    treated_share: float = 0.5
    explained: float = 0.0
    covariates: int = 0
    strata: int = 1
    blocks_of: float | None = None
    unit: str = "people"
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1, and a spread of nothing."""
        check_share(self.treated_share, "The share sent to the treated arm")
        check_share_or_none(self.explained, "The share of the variance explained")
        check_share(self.spread, "The spread of the outcome", high=math.inf)
        if self.blocks_of is not None:
            check_share(self.blocks_of, "The people in a block", low=1, high=math.inf)
        if self.covariates < 0 or self.strata < 1:
            raise ValueError("covariates are 0 or more, strata 1 or more")

    @property
    def formula(self) -> str:
        """The error and its degrees of freedom."""
        means = f"{self.strata} for strata" if self.blocks_of is None else "the number of blocks"
        return (
            "Difference of means, error = spread x root((1 - R2) / (n p (1 - p))), degrees of "
            f"freedom n - 1 - {means} - {self.covariates} for covariates"
        )

    @property
    def least(self) -> float:
        """The size at which one degree of freedom is left."""
        if self.blocks_of is None:
            return 2.0 + self.strata + self.covariates
        return (2.0 + self.covariates) / (1 - 1 / self.blocks_of)

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> float:
        """The size itself."""
        return size

    def precision(self, size: float, effect: float) -> Precision:
        """The same at every effect."""
        share = self.treated_share
        variance = self.spread**2 * (1 - self.explained) / (size * share * (1 - share))
        means = self.strata if self.blocks_of is None else size / self.blocks_of
        return Precision(math.sqrt(variance), size - 1 - means - self.covariates)


@dataclass(frozen=True)
class TwoProportions:
    """The difference of two shares, by a z test.

    control_share: of the control arm with the event. The effect is the treated arm's share less
    it, such as -0.08. pooled: whether the test takes the error of one share for both arms (its
    square is Pearson's chi-square) or of each its own. explained: by covariates or strata.
    """

    control_share: float
    treated_share: float = 0.5
    pooled: bool = False
    explained: float = 0.0
    unit: str = "people"
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1."""
        check_share(self.control_share, "The control arm's share")
        check_share(self.treated_share, "The share sent to the treated arm")
        check_share_or_none(self.explained, "The share of the variance explained")

    @property
    def formula(self) -> str:
        """The error, and the one the test takes."""
        return (
            "Difference of proportions, z test with "
            + ("pooled" if self.pooled else "unpooled")
            + " error (Fleiss, Levin and Paik 2003), no continuity correction"
        )

    @property
    def least(self) -> float:
        """One person in each arm."""
        return 1 / min(self.treated_share, 1 - self.treated_share)

    def reach(self, *, falls: bool) -> float:
        """To no one, or to everyone."""
        return self.control_share if falls else 1 - self.control_share

    def people_of(self, size: float) -> float:
        """The size itself."""
        return size

    def precision(self, size: float, effect: float) -> Precision:
        """At an effect, the treated arm's share moves and with it the error."""
        ours, theirs, share = self.control_share + effect, self.control_share, self.treated_share
        left = (1 - self.explained) / size
        own = ours * (1 - ours) / share + theirs * (1 - theirs) / (1 - share)
        together = share * ours + (1 - share) * theirs
        one = together * (1 - together) / (share * (1 - share))
        return Precision(
            math.sqrt(left * own),
            None,
            math.sqrt(left * one) if self.pooled else None,
        )
