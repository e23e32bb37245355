"""A state held without a break for a stated time."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Length, Name, WholeFromZero
from payforsuccess.deal.measures.measure import MeasureBase
from payforsuccess.deal.model import refuse


class HeldWithoutBreak(MeasureBase):
    """1 for a person who holds the state for `held_for` inside the window, else 0.

    A lapse is a run of days out of the state; at most `lapses` of them are allowed, none longer
    than `lapse_days`.
    """

    kind: Literal["held-without-break"]
    state: Name = Field(description="The state that is held, such as housed.")
    held_for: Length = Field(description="How long it must be held, such as 6 months.")
    lapses: WholeFromZero = Field(0, description="How many lapses are allowed.")
    lapse_days: WholeFromZero = Field(0, description="The longest lapse allowed, in days.")

    @model_validator(mode="after")
    def _lapses_in_full(self) -> Self:
        if bool(self.lapses) != bool(self.lapse_days):
            refuse(
                "Allowed lapses state both how many and how long.",
                "Give `lapses` and `lapse_days` together, or neither.",
                field="lapses" if not self.lapses else "lapse_days",
            )
        return self
