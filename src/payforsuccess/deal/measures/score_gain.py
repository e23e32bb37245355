"""How much a person's score rises from before to after."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Exact, Length, Name
from payforsuccess.deal.measures.measure import MeasureBase


class ScoreGain(MeasureBase):
    """The last score inside the window less the last one up to the start.

    A person without both scores is unknown. With `at_least`, the result is 1 for a gain that
    large and 0 for a smaller one.
    """

    kind: Literal["score-gain"]
    score: Name = Field(description="The fact about a person that holds the score.")
    taken_within: Length | None = Field(
        None, description="How old the score before the start may be."
    )
    at_least: Exact | None = Field(None, description="The gain that counts as a success.")
