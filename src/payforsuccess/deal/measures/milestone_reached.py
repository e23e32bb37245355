"""A milestone reached inside the window."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Length, Name
from payforsuccess.deal.measures.measure import MeasureBase
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence


class MilestoneReached(MeasureBase):
    """1 for a person with the milestone's event inside the window, else 0.

    With `kept_for` the milestone must also be kept that long from its day on, and that time must
    be over inside the window. `lost_by` names the event that ends the keeping: one on a later day,
    before the time is over. Someone who loses it can reach it again. A milestone reached (and
    kept) up to and on the day of a death, a move or custody counts; only without one does the
    rule for it speak.
    """

    kind: Literal["milestone-reached"]
    milestone: Name = Field(description="The kind of event that is the milestone.")
    kept_for: Length | None = Field(
        None, description="How long it must be kept afterwards to count, such as 3 months."
    )
    lost_by: Name | None = Field(
        None,
        description="The kind of event that ends the keeping, such as move-out; without one only "
        "a death, a move or custody can.",
    )

    @model_validator(mode="after")
    def _keeping_in_full(self) -> Self:
        if self.lost_by is not None and self.kept_for is None:
            refuse(
                sentence("A milestone that can be lost states how long it must be kept."),
                sentence("Give `kept_for`, or take `lost_by` away."),
                field="lost_by",
            )
        if self.lost_by == self.milestone:
            refuse(
                sentence("A milestone cannot be lost by the event that reaches it."),
                sentence("Name another event under `lost_by`."),
                field="lost_by",
            )
        return self
