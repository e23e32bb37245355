"""The matched design: a comparison group chosen or weighted to be like those served."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.arms import TwoArmBase
from payforsuccess.deal.evaluation.wording import MatchedEstimator
from payforsuccess.deal.fields import ExactAboveZero, Flag, Name, Share, Text, WholeFromOne
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence

_OF_MATCHING = (
    "caliper",
    "exact_on",
    "with_replacement",
    "distance",
    "order",
    "ties",
    "alike",
    "bias_adjusted",
)
_OF_SCORES = ("inverse-probability", "doubly-robust")


class Matched(TwoArmBase):
    """People served are compared with others chosen or weighted to be like them."""

    design: Literal["matched"]
    estimator: MatchedEstimator = Field(description="How they are chosen or weighted.")
    pool: Text = Field(description="Where the comparison people come from.")
    matches_each: WholeFromOne | None = Field(
        None, description="Comparison people for each, for `matching`."
    )
    distance: Literal["score", "logit", "mahalanobis"] = Field(
        "score",
        description="Nearest by the score (the chance of being served), by its log-odds, or by "
        "the covariates themselves (Mahalanobis).",
    )
    caliper: ExactAboveZero | None = Field(
        None,
        description="The furthest match allowed, in standard deviations of the score, or of its "
        "log-odds with `distance: logit`.",
    )
    with_replacement: Flag = Field(False, description="Whether one can be matched twice.")
    order: Literal["largest-first", "smallest-first", "file-order"] = Field(
        "largest-first",
        description="Who chooses first where no one can be matched twice, by the score.",
    )
    ties: Literal["first", "all"] = Field(
        "first",
        description="Of several equally near, the first in file order, or all of them with equal "
        "parts (with replacement alone).",
    )
    exact_on: tuple[Name, ...] = Field(
        (), description="Facts that must be the same in both of a match."
    )
    alike: WholeFromOne | None = Field(
        None,
        description="For `abadie-imbens` errors: how many of the nearest in the same group tell "
        "how much outcomes vary among people alike; without it one variance holds for all.",
    )
    bias_adjusted: Flag = Field(
        False,
        description="Whether a regression among the matched takes out what still differs in the "
        "covariates.",
    )
    trimmed_at: Share | None = Field(
        None,
        description="Scores nearer to 0 or 1 than this are left out, for `inverse-probability` "
        "and `doubly-robust`.",
    )
    folds: WholeFromOne | None = Field(
        None, description="Folds of cross-fitting, for `doubly-robust`; 1 fits on everyone."
    )

    @model_validator(mode="after")
    def _in_full(self) -> Self:
        if not self.covariates:
            refuse(
                sentence("People are made alike in covariates, and none is named."),
                sentence("Name `covariates`."),
                field="covariates",
            )
        if (self.estimator == "matching") != (self.matches_each is not None):
            refuse(
                sentence(
                    "Matching states how many comparison people each gets, and only matching does."
                ),
                sentence("Give `matches_each`, or take it away."),
                field="matches_each",
            )
        if (self.estimator == "doubly-robust") != (self.folds is not None):
            refuse(
                sentence(
                    "A doubly robust estimate states its folds of cross-fitting, and only it does."
                ),
                sentence("Give `folds`, such as 5, or 1 for none; or take it away."),
                field="folds",
            )
        if self.trimmed_at is not None and not (
            self.estimator in _OF_SCORES and 0 < self.trimmed_at < 0.5
        ):
            refuse(
                sentence(
                    "Trimming leaves out scores near to 0 and 1, by `inverse-probability` and "
                    "`doubly-robust`."
                ),
                sentence("Write a share below 50%, such as 5%, or take it away."),
                field="trimmed_at",
            )
        return self

    @model_validator(mode="after")
    def _rule_of_matching(self) -> Self:
        if self.estimator != "matching":
            for key in _OF_MATCHING:
                if getattr(self, key) != type(self).model_fields[key].default:
                    refuse(
                        sentence("`{key}` belongs to `estimator: matching`.", key=key),
                        sentence("Take it away."),
                        field=key,
                    )
            return self
        if self.with_replacement and self.order != "largest-first":
            refuse(
                sentence(
                    "With replacement nobody waits for anybody, so no order of choosing matters."
                ),
                sentence("Take `order` away."),
                field="order",
            )
        for key in ("ties", "alike"):
            if not self.with_replacement and getattr(self, key) not in ("first", None):
                refuse(
                    sentence("`{key}` belongs to matching with replacement.", key=key),
                    sentence("Take it away, or set `with_replacement: true`."),
                    field=key,
                )
        if self.alike is not None and self.standard_errors != "abadie-imbens":
            refuse(
                sentence("`alike` belongs to `standard_errors: abadie-imbens`."),
                sentence("Take it away."),
                field="alike",
            )
        return self
