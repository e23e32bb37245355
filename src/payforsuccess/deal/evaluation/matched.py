"""The matched design: a comparison group chosen or weighted to be like those served."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.arms import TwoArmBase
from payforsuccess.deal.evaluation.wording import MatchedEstimator
from payforsuccess.deal.fields import ExactAboveZero, Flag, Name, Share, Text, WholeFromOne
from payforsuccess.deal.model import refuse


class Matched(TwoArmBase):
    """People served are compared with others chosen or weighted to be like them."""

    design: Literal["matched"]
    estimator: MatchedEstimator = Field(description="How they are chosen or weighted.")
    pool: Text = Field(description="Where the comparison people come from.")
    matches_each: WholeFromOne | None = Field(
        None, description="Comparison people for each, for `matching`."
    )
    caliper: ExactAboveZero | None = Field(
        None, description="The furthest match allowed, in standard deviations of the score."
    )
    with_replacement: Flag = Field(False, description="Whether one can be matched twice.")
    exact_on: tuple[Name, ...] = Field(
        (), description="Facts that must be the same in both of a match."
    )
    trimmed_at: Share | None = Field(
        None,
        description="Scores nearer to 0 or 1 than this are left out, for `inverse-probability` "
        "and `doubly-robust`.",
    )
    folds: WholeFromOne | None = Field(
        None, description="Folds of cross-fitting, for `doubly-robust`."
    )

    @model_validator(mode="after")
    def _in_full(self) -> Self:
        if not self.covariates:
            refuse(
                "People are made alike in covariates, and none is named.",
                "Name `covariates`.",
                field="covariates",
            )
        if (self.estimator == "matching") != (self.matches_each is not None):
            refuse(
                "Matching states how many comparison people each gets, and only matching does.",
                "Give `matches_each`, or take it away.",
                field="matches_each",
            )
        if self.estimator != "matching":
            for key in ("caliper", "exact_on", "with_replacement"):
                if getattr(self, key):
                    refuse(
                        f"`{key}` belongs to `estimator: matching`.",
                        "Take it away.",
                        field=key,
                    )
        return self
