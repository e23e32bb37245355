"""Units seen in several periods before and after: difference-in-differences and its kin.

Frison and Pocock (1992) where periods of a unit are equally correlated; Burlig, Preonas and Woerman
(2020) for why the fading of correlation must enter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from payforsuccess.evaluation.power.solving import (
    Precision,
    Scale,
    check_share,
    check_share_or_none,
)

Compares = Literal["change", "ancova", "after"]
Pattern = Literal["constant", "fading"]


@dataclass(frozen=True)
class BeforeAfter:
    """The effect on the mean after, the size counting units such as people or sites.

    before, after: periods. correlation: between two neighbouring periods of a unit; constant:
    between any two, fading: to the power of the periods between them. compares: change subtracts
    the mean before (difference-in-differences), ancova adjusts for it, after leaves it out. spread:
    the standard deviation of one period's outcome between units.
    """

    before: int
    after: int
    correlation: float
    pattern: Pattern = "constant"
    compares: Compares = "change"
    treated_share: float = 0.5
    spread: float = 1.0
    unit: str = "units"
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        """Refuse shares and correlations outside 0 and 1; ValueError without periods."""
        check_share(self.treated_share, "The share sent to the treated arm")
        check_share_or_none(self.correlation, "The correlation between periods")
        check_share(self.spread, "The spread of the outcome", high=math.inf)
        if self.after < 1 or self.before < (0 if self.compares == "after" else 1):
            raise ValueError("a study has periods after, and before where it compares them")

    @property
    def formula(self) -> str:
        """The error and its degrees of freedom."""
        what = {
            "change": "Difference-in-differences",
            "ancova": "Analysis of covariance on the mean before",
            "after": "Difference of means after",
        }[self.compares]
        return (
            f"{what}, {self.before} periods before and {self.after} after, error = spread x "
            "root(v / (J p (1 - p))) with v the variance of a unit's contrast under "
            f"{self.pattern} correlation (Frison and Pocock 1992), degrees of freedom J - "
            f"{3 if self.compares == 'ancova' else 2}"
        )

    @property
    def least(self) -> float:
        """Two units in each arm."""
        return 4.0

    def reach(self, *, falls: bool) -> float:
        """Without end."""
        return math.inf

    def people_of(self, size: float) -> None:
        """Not known: a unit may be one person or many."""
        return None

    def contrast_variance(self) -> float:
        """The variance of what is compared, for one unit with outcomes of spread 1."""
        periods = self.before + self.after
        apart = np.abs(np.subtract.outer(np.arange(periods), np.arange(periods)))
        # One period's own correlation is 1 even where the correlation is 0.
        powers = np.minimum(apart, 1) if self.pattern == "constant" else apart
        correlations = np.where(apart == 0, 1.0, self.correlation**powers)
        first, later = slice(0, self.before), slice(self.before, periods)
        after = float(correlations[later, later].mean())
        if self.compares == "after":
            return after
        before = float(correlations[first, first].mean())
        both = float(correlations[first, later].mean())
        if self.compares == "ancova":
            return after - both**2 / before
        return after + before - 2 * both

    def precision(self, size: float, effect: float) -> Precision:
        """The same at every effect."""
        share = self.treated_share
        variance = self.contrast_variance() / (size * share * (1 - share))
        return Precision(
            self.spread * math.sqrt(variance), size - (3 if self.compares == "ancova" else 2)
        )
