"""A milestone reached inside the window."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Length, Name
from payforsuccess.deal.measures.measure import MeasureBase


class MilestoneReached(MeasureBase):
    """1 for a person with the milestone's event inside the window, else 0."""

    kind: Literal["milestone-reached"]
    milestone: Name = Field(description="The kind of event that is the milestone.")
    kept_for: Length | None = Field(
        None, description="How long it must be kept afterwards to count, such as 3 months."
    )
