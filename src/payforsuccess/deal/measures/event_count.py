"""How many events of one kind fall inside a person's window."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name, WholeFromOne
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing


class EventCount(MeasureBase):
    """The number of events of one kind inside the window.

    `counts: days` counts each day with an event once, however many rows it has; `each` counts
    every row. Contracts mean days unless they say otherwise, but this must be stated.
    """

    can_look_back: ClassVar[bool] = True

    kind: Literal["event-count"]
    event: Name = Field(description="The kind of event that is counted, such as arrest.")
    counts: Literal["days", "each"] = Field(
        description="Whether a day with several events counts once, or each event counts."
    )
    at_most_each_person: WholeFromOne | None = Field(
        None, description="The most events counted for one person."
    )

    @model_validator(mode="after")
    def _a_count_cannot_fail(self) -> Self:
        refuse_failing(self, "A count of events")
        return self
