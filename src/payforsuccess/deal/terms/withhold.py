"""A fee at risk, with no investor."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Name, Share
from payforsuccess.deal.model import refuse
from payforsuccess.deal.terms.bands import Band, refuse_unordered
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence


class Withhold(PaymentTermBase):
    """A share of a fee that is held back and paid only as far as the outcome earns it.

    The bands give the share of the withheld sum that is earned (0 to 1), read from the outcome.
    The fee itself is paid under the existing contract and is not a line of the statement.
    """

    kind: Literal["withhold"]
    pays_for: Name = Field(description="The outcome that earns the withheld part.")
    fee: Amount = Field(description="The fee of one period (or point) of which a part is at risk.")
    at_risk: Share = Field(description="The share of the fee that is withheld.")
    bands: tuple[Band, ...] = Field(
        description="The share of the withheld part that is earned, as `pays` and `then_per_unit`."
    )

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if not self.bands:
            refuse(sentence("There is no band."), sentence("List at least one."), field="bands")
        refuse_unordered(self.bands)
        for number, band in enumerate(self.bands):
            if not 0 <= band.pays <= 1:
                refuse(
                    sentence(
                        "A band of a withheld fee gives the share that is earned, between 0 and 1."
                    ),
                    sentence("Write 0.5 for half of the withheld part."),
                    field=f"bands[{number}].pays",
                )
        return self

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for,)
