"""Weights of a fixed sum by outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Exact, Name, Share
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence
from payforsuccess.units import exact_text


class PotPart(Model):
    """One outcome's part of the pot: nothing at one value, all at another, a line between."""

    outcome: Name = Field(description="The outcome this part rests on.")
    weight: Share = Field(description="Its share of the pot.")
    none_at: Exact = Field(description="The value at which nothing of the part is paid.")
    all_at: Exact = Field(description="The value from which all of it is paid.")
    between: Literal["line", "nothing"] = Field(
        "line", description="Between the two: in proportion, or nothing until all is reached."
    )

    @model_validator(mode="after")
    def _two_values(self) -> Self:
        if self.none_at == self.all_at:
            refuse(
                sentence("Nothing and all are paid at one and the same value."),
                sentence(
                    "Let `none_at` and `all_at` differ; use `between: nothing` for all-or-nothing."
                ),
                field="all_at",
            )
        return self


class Pot(PaymentTermBase):
    """A fixed sum shared out by weight, each part earned by its own outcome."""

    kind: Literal["pot"]
    amount: Amount = Field(description="The whole pot.")
    parts: tuple[PotPart, ...] = Field(description="The parts; their weights add up to 1.")

    @model_validator(mode="after")
    def _weights(self) -> Self:
        whole = sum((part.weight for part in self.parts), Fraction(0))
        if whole != 1:
            refuse(
                sentence(
                    "The weights of the parts add up to {whole}, not to 1.", whole=exact_text(whole)
                ),
                sentence("Correct the weights."),
                field="parts",
            )
        return self

    def _own_outcomes(self) -> tuple[str, ...]:
        return tuple(part.outcome for part in self.parts)
