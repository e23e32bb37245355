"""Whether a person goes through the whole window without an event."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from payforsuccess.deal.fields import Name
from payforsuccess.deal.measures.measure import MeasureBase


class EventAbsent(MeasureBase):
    """1 for a person with no event of one kind inside the window, 0 with one or more.

    An event up to and on the day of a death, a move or custody decides; only without one does the
    rule for it speak.
    """

    can_look_back: ClassVar[bool] = True

    kind: Literal["event-absent"]
    event: Name = Field(description="The kind of event that must not happen, such as arrest.")
