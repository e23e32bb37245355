"""How the sealed draw is run, where this program draws."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Length, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model


class Lottery(Model):
    """How people are drawn under seal, and how long those not drawn wait."""

    draws: Literal["on-referral", "as-places-open"] = Field(
        "on-referral",
        description="One by one as they are referred; or, each time places open, among all who "
        "wait.",
    )
    block_sizes: tuple[WholeFromOne, ...] = Field(
        (),
        description="Sizes of blocks, two or more; chance takes one for each block, under seal.",
    )
    values: dict[Name, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="For each fact of `strata`, every value that a referral may state.",
    )
    excluded_for: Length = Field(
        description="How long someone not drawn waits before they can be served outside of the "
        "comparison."
    )
