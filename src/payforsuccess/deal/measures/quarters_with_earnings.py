"""Quarters in which a person earns at least a floor."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Amount, Flag
from payforsuccess.deal.measures.measure import MeasureBase


class QuartersWithEarnings(MeasureBase):
    """The number of calendar quarters inside the window with earnings of at least the floor."""

    kind: Literal["quarters-with-earnings"]
    floor: Amount = Field(description="The least earnings that make a quarter count.")
    counts_first_quarter: Flag = Field(
        description="Whether the quarter that holds the start event counts."
    )
