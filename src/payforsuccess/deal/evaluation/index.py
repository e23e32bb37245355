"""Several outcomes of one purpose as one number a person."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name, Text
from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

Better = Literal["more", "less"]


class IndexPart(Model):
    """An outcome of the index beside the plan's own measure."""

    name: Name = Field(description="Its name.")
    says: Text = Field(description="What it is, in a sentence.")
    measure: PersonMeasure = Field(description="What is measured for each person.")
    better: Better = Field(description="Whether more of it is better, or less.")


class OutcomeIndex(Model):
    """The plan's outcome is a mean of its own measure and others, each in standard deviations.

    Each is taken from the control arm's mean, over its standard deviation (n - 1), turned so that
    higher is better. The scale is taken as known: errors and draws do not count its chance.
    """

    weights: Literal["equal", "inverse-covariance"] = Field(
        description="All alike (Kling, Liebman and Katz 2007), or outcomes that repeat one another "
        "count less (Anderson 2008)."
    )
    better: Better = Field(description="Whether more of the plan's own measure is better, or less.")
    parts: tuple[IndexPart, ...] = Field(description="The other outcomes, one or more.")

    @model_validator(mode="after")
    def _in_full(self) -> Self:
        names = [part.name for part in self.parts]
        if not names or len(set(names)) < len(names):
            refuse(
                sentence("An index has other outcomes beside the plan's own, each named once."),
                sentence("Correct `parts`."),
                field="parts",
            )
        return self
