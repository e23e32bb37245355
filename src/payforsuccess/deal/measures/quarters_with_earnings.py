"""Quarters in which a person earns at least a floor."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Flag, Name
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence


class QuartersWithEarnings(MeasureBase):
    """The number of calendar quarters inside the window with earnings of at least the floor.

    A quarter counts only if its last day lies inside the window; of one that the window's start
    cuts, `counts_first_quarter` says whether it counts, also when the window starts on its first
    day. Looking back, a quarter counts if it lies in the window as a whole. All amounts of a
    quarter are added up, of several employers too.
    """

    can_look_back: ClassVar[bool] = True

    kind: Literal["quarters-with-earnings"]
    floor: Amount = Field(description="The least earnings that make a quarter count.")
    counts_first_quarter: Flag = Field(
        description="Whether the quarter that holds the start event counts."
    )
    amounts_of: Name = Field(
        "wages", description="The kind of event whose amounts are earnings, on a day of a quarter."
    )

    @model_validator(mode="after")
    def _a_number_cannot_fail(self) -> Self:
        refuse_failing(self, "A number of quarters")
        if self.looks == "back" and self.counts_first_quarter:
            refuse(
                sentence(
                    "The quarter of the start event is not over before it, so it cannot count."
                ),
                sentence(
                    "Write `counts_first_quarter: false`; whole quarters of the time before count."
                ),
                field="counts_first_quarter",
            )
        return self
