"""What a plan shows beside its own estimate: other outcomes, and the same one looked at otherwise.

No payment rests on any of it; the report calls it exploratory unless the plan adjusts for several
outcomes.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.wording import StandardErrors
from payforsuccess.deal.fields import Flag, Length, Name, Share, Text
from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class SecondaryOutcome(Model):
    """Another outcome of the same people, estimated in the same way."""

    name: Name = Field(description="Its name.")
    says: Text = Field(description="What it is, in a sentence.")
    measure: PersonMeasure = Field(description="What is measured for each person.")


SeveralOutcomes = Literal["bonferroni", "holm", "benjamini-hochberg", "westfall-young"]


class Variation(Model):
    """The plan's estimate with one thing done otherwise, agreed beforehand and only shown."""

    name: Name = Field(description="Its name in the table of sensitivity.")
    window: Length | None = Field(None, description="Another window, such as 26 weeks.")
    without_covariates: Flag = Field(False, description="Without adjusting for covariates.")
    top_coded_at: Share | None = Field(
        None, description="Outcomes above this quantile of all are set to it, such as 99%."
    )
    count_model: Literal["poisson", "negative-binomial"] | None = Field(
        None, description="The rate ratio of a model of counts, with robust errors."
    )
    standard_errors: StandardErrors | None = Field(None, description="Another flavour of errors.")
    without_deaths: Flag = Field(False, description="Without people who died in the window.")
    match_score_at_least: Share | None = Field(
        None, description="Only people all of whose record links reach this score."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        changed = [
            key
            for key in type(self).model_fields
            if key != "name" and getattr(self, key) not in (None, False)
        ]
        if len(changed) != 1:
            refuse(
                sentence(
                    "A variation changes one thing; this one changes {what}.",
                    what=len(changed) or "nothing",
                ),
                sentence("State exactly one change, and another variation for each other one."),
            )
        return self
