"""How long records are kept, and what forbids their destruction."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import Day, Name, Text
from payforsuccess.deal.model import Model


class LegalHold(Model):
    """An order that nothing of these feeds may be destroyed, until it is lifted."""

    feeds: tuple[Name, ...] = Field((), description="The feeds it covers; all when left out.")
    ordered_by: Text = Field(description="Who ordered it.")
    reference: Text = Field(description="The order or case it rests on.")
    from_: Day = Field(alias="from", description="The first day it holds.")
    lifted_on: Day | None = Field(None, description="The day it was lifted.")
