"""By how many percent one arm's mean is below another's."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Name
from payforsuccess.deal.measures.person import PersonMeasure
from payforsuccess.deal.model import Model


class PercentReduction(Model):
    """100 x (control - treated) / control, of the means; a control mean of 0 or less is refused."""

    kind: Literal["percent-reduction"]
    of: PersonMeasure = Field(description="What is measured for each person.")
    treated: Name = Field(description="The arm that was offered the programme.")
    control: Name = Field(description="The arm it is compared with.")
