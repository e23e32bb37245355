"""Plans that compare two arms, person by person."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.plan import ComparisonBase
from payforsuccess.deal.fields import Name
from payforsuccess.deal.model import Model, refuse


class Arms(Model):
    """The two groups that are compared, by their labels in the records."""

    treated: Name = Field(description="The arm that was offered the programme.")
    control: Name = Field(description="The arm it is compared with.")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.treated == self.control:
            refuse("Both arms have one label.", "Name two arms.", field="control")
        return self


class TwoArmBase(ComparisonBase):
    """A plan that compares the people of two arms."""

    arms: Arms = Field(description="The groups compared.")
