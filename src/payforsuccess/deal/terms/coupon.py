"""An investor's rate read from an outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.fields import Amount, Exact, Name, Rate
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.terms.bands import Band, refuse_unordered
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence


class RateBand(Model):
    """From one edge up to the next: a rate per year, and its growth per unit above the edge."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Exact | None = Field(None, alias="from", description="Starts here, included.")
    above: Exact | None = Field(None, description="Starts above this value.")
    to: Exact | None = Field(None, description="Ends here, included.")
    below: Exact | None = Field(None, description="Ends below this value.")
    rate: Rate = Field(description="The yearly rate at the start of the band.")
    then_per_unit: Rate = Field(Fraction(0), description="Added for each unit above the start.")


class Coupon(PaymentTermBase):
    """Rate x balance x day count, the rate read from bands of an outcome."""

    kind: Literal["coupon"]
    pays_for: Name = Field(description="The outcome from which the rate is read.")
    balance: Amount = Field(description="The capital the rate is paid on.")
    day_count: Literal["actual/365", "actual/360", "30/360"] = Field(
        description="How a period becomes a part of a year."
    )
    bands: tuple[RateBand, ...] = Field(description="From the lowest to the highest.")

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if not self.bands:
            refuse(sentence("There is no band."), sentence("List at least one."), field="bands")
        refuse_unordered(self.as_bands())
        if self.may_be_negative is None and any(
            band.rate < 0 or band.then_per_unit < 0 for band in self.bands
        ):
            refuse(
                sentence(
                    "A band's rate is negative or falls, and the term does not say who then pays "
                    "whom."
                ),
                sentence(
                    "Give `may_be_negative` with `pays` and `to`, or take the minus sign away."
                ),
                field="bands",
            )
        return self

    def as_bands(self) -> tuple[Band, ...]:
        """The rate bands as bands whose amount is the rate."""
        return tuple(
            Band(
                from_=band.from_,
                above=band.above,
                to=band.to,
                below=band.below,
                pays=band.rate,
                then_per_unit=band.then_per_unit,
            )
            for band in self.bands
        )

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for,)
