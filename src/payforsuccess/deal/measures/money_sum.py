"""The sum of amounts of money inside the window."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Amount, Name
from payforsuccess.deal.measures.measure import MeasureBase


class MoneySum(MeasureBase):
    """The amounts of one kind of event inside the window, added up for each person."""

    kind: Literal["money-sum"]
    amounts_of: Name = Field(description="The kind of event whose amounts are added.")
    at_most_each_person: Amount | None = Field(
        None, description="Amounts above this are cut to it, for each person."
    )
