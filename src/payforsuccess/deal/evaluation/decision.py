"""What a plan agrees beforehand: how an estimate becomes a payable value, and what if it cannot."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name, Share, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class Decision(Model):
    """How the estimate becomes the value that payments read."""

    pays_on: Literal["point-estimate", "lower-bound", "significance"] = Field(
        description="The point estimate itself; the end of the interval nearer to no effect; or "
        "the point estimate if the plan's test rejects no effect, else no effect."
    )
    level: Share | None = Field(None, description="The level of the test, with `significance`.")

    @model_validator(mode="after")
    def _level_where_needed(self) -> Self:
        if (self.pays_on == "significance") != (self.level is not None):
            refuse(
                sentence(
                    "A decision by significance states the level, and only such a decision does."
                ),
                sentence("Give `level`, such as 5%, or take it away."),
                field="level",
            )
        if self.level is not None and not 0 < self.level < 1:
            refuse(
                sentence("A level lies between 0 and 1."),
                sentence("Write one such as 5%."),
                field="level",
            )
        return self


class Fallback(Model):
    """What the plan does when its first way cannot be followed."""

    when: Literal[
        "sample-below-floor",
        "attrition-above",
        "crossover-above",
        "match-rate-below",
        "weak-instrument",
    ] = Field(description="What sets it off.")
    limit: Share | None = Field(None, description="The share at which it is set off.")
    then: Literal["other-plan", "pool", "pay-nothing", "verified-count"] = Field(
        description="What is done instead."
    )
    plan: Name | None = Field(None, description="The plan used instead, or pooled with this one.")
    says: Text = Field(description="The rule in the contract's words.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.then in ("other-plan", "pool", "verified-count")) != (self.plan is not None):
            refuse(
                sentence(
                    "A fall-back to another plan or to a verified count names the plan, and only "
                    "such a fall-back does."
                ),
                sentence("Give `plan`, or take it away."),
                field="plan",
            )
        without_share = self.when in ("sample-below-floor", "weak-instrument")
        if without_share == (self.limit is not None):
            refuse(
                sentence(
                    "A share sets off every fall-back but the sample floor, which is a number of "
                    "people under `sample_floor`, and a weak instrument, by `first_stage_floor`."
                ),
                sentence("Give `limit` where a share decides, and only there."),
                field="limit",
            )
        return self


class PoolingWeight(Model):
    """The weight of one plan when several are pooled into one payable value."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    weight: Share = Field(description="Its weight; all weights add up to 1.")
