"""How much a person's score rises from before to after."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Exact, Length, Name
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing


class ScoreGain(MeasureBase):
    """The last score inside the window less the last one up to the start.

    A score of the window's first day is the one before. A person without both scores is unknown.
    With `at_least`, the result is 1 for a gain that large and 0 for a smaller one.
    """

    kind: Literal["score-gain"]
    score: Name = Field(description="The fact about a person that holds the score.")
    taken_within: Length | None = Field(
        None, description="How old the score before the start may be."
    )
    at_least: Exact | None = Field(None, description="The gain that counts as a success.")

    @model_validator(mode="after")
    def _a_number_cannot_fail(self) -> Self:
        if self.at_least is None:
            refuse_failing(self, "A gain without `at_least`")
        return self
