"""Plans that compare two arms, person by person."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.index import OutcomeIndex
from payforsuccess.deal.evaluation.plan import ComparisonBase
from payforsuccess.deal.evaluation.wording import DURATION_ESTIMATORS
from payforsuccess.deal.fields import Name
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

_WITHOUT_INDEX = ("difference-in-proportions", "repeated-cross-sections")


class Arms(Model):
    """The two groups that are compared, by their labels in the records."""

    treated: Name = Field(description="The arm that was offered the programme.")
    control: Name = Field(description="The arm it is compared with.")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.treated == self.control:
            refuse(
                sentence("Both arms have one label."), sentence("Name two arms."), field="control"
            )
        return self


class TwoArmBase(ComparisonBase):
    """A plan that compares the people of two arms."""

    arms: Arms = Field(description="The groups compared.")
    index: OutcomeIndex | None = Field(
        None,
        description="Makes the plan's outcome an index of its measure and others, in standard "
        "deviations of the control arm.",
    )

    @model_validator(mode="after")
    def _index_fits(self) -> Self:
        estimator = str(getattr(self, "estimator", ""))
        if self.index is not None and (
            self.as_ != "difference"
            or estimator in (*DURATION_ESTIMATORS, *_WITHOUT_INDEX)
            or getattr(self, "before", None) is not None
        ):
            refuse(
                sentence(
                    "An index is a number in standard deviations after the start: no share, no "
                    "time until an event, no change, and no ratio."
                ),
                sentence(
                    "Use `as: difference` with an estimator of means, such as "
                    "difference-in-means, or take `index` away."
                ),
                field="index",
            )
        return self
