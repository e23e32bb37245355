"""Bands of an outcome, each with an amount at its start and a rate above it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.fields import Exact, SignedAmount
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence
from payforsuccess.units import grouped


class Band(Model):
    """From one edge up to the next: a fixed amount and a rate per unit of the outcome above it."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Exact | None = Field(None, alias="from", description="Starts here, this value included.")
    above: Exact | None = Field(None, description="Starts above this value.")
    to: Exact | None = Field(None, description="Ends here, this value included.")
    below: Exact | None = Field(None, description="Ends below this value.")
    pays: SignedAmount = Field(Fraction(0), description="The amount at the start of the band.")
    then_per_unit: Exact = Field(
        Fraction(0), description="Added for each unit of the outcome above the start."
    )

    @model_validator(mode="after")
    def _edges(self) -> Self:
        if self.from_ is not None and self.above is not None:
            refuse(
                sentence("A band starts at a value or above it, not both."),
                sentence("Keep `from` (includes the value) or `above` (does not)."),
                field="above",
            )
        if self.to is not None and self.below is not None:
            refuse(
                sentence("A band ends at a value or below it, not both."),
                sentence("Keep `to` (includes the value) or `below` (does not)."),
                field="below",
            )
        start, end = self.start, self.end
        if start is not None and end is not None:
            single = start == end and self.from_ is not None and self.to is not None
            if end < start or (end == start and not single):
                refuse(
                    sentence(
                        "The band ends at {end}, before it starts at {start}.",
                        end=grouped(end),
                        start=grouped(start),
                    ),
                    sentence("Swap the edges."),
                )
        if start is None and self.then_per_unit:
            refuse(
                sentence(
                    "A band without a start cannot have a rate per unit: it has nothing to count "
                    "from."
                ),
                sentence("Give it a `from` or `above`, or take `then_per_unit` away."),
                field="then_per_unit",
            )
        return self

    @property
    def start(self) -> Fraction | None:
        """The value at which the band starts, whether or not it includes it."""
        return self.from_ if self.from_ is not None else self.above

    @property
    def end(self) -> Fraction | None:
        """The stated value at which it ends, or None when it runs to the next band."""
        return self.to if self.to is not None else self.below


def _rises(lower: Band, start: Fraction, upper: Band) -> bool:
    """Whether a band starts above another; after a single value one may start above just that."""
    if lower.start is None or start > lower.start:
        return True
    is_single = lower.from_ is not None and lower.to == lower.from_
    return start == lower.start and is_single and upper.above is not None


def refuse_unordered(bands: Sequence[Band]) -> None:
    """Refuse bands that do not rise or that overlap; only the first may lack a start.

    A gap between bands is no mistake here: a result in it is refused when paid, and shown as a
    finding.
    """
    for number, (lower, upper) in enumerate(pairwise(bands), 1):
        if upper.start is None:
            refuse(
                sentence("Only the first band may be without a start."),
                sentence("Give every later band a `from` or `above`."),
                field=f"bands[{number}]",
            )
        if lower.start is not None and not _rises(lower, upper.start, upper):
            refuse(
                sentence(
                    "The bands do not rise: {start} follows {start_2}.",
                    start=grouped(upper.start),
                    start_2=grouped(lower.start),
                ),
                sentence("List the bands from the lowest to the highest."),
                field=f"bands[{number}]",
            )
        if lower.end is not None and (
            upper.start < lower.end
            or (upper.start == lower.end and lower.to is not None and upper.from_ is not None)
        ):
            refuse(
                sentence("Two bands overlap at {start}.", start=grouped(upper.start)),
                sentence(
                    "Let the lower band end `below` that value, or the upper one start `above` it."
                ),
                field=f"bands[{number}]",
            )
