"""The mean of one arm less the mean of another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Name
from payforsuccess.deal.measures.person import PersonMeasure
from payforsuccess.deal.model import Model


class MeanDifference(Model):
    """The treated arm's mean less the control arm's, over people with a known result."""

    kind: Literal["mean-difference"]
    of: PersonMeasure = Field(description="What is measured for each person.")
    treated: Name = Field(description="The arm that was offered the programme.")
    control: Name = Field(description="The arm it is compared with.")
