"""Paid only if a share of the cohort passes a test."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, ExactAboveZero, Name, Share
from payforsuccess.deal.model import refuse
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence


class ShareThreshold(PaymentTermBase):
    """All or nothing: a lump sum, or a price for each one who passed, from a share on."""

    kind: Literal["share-threshold"]
    passed: Name = Field(description="The outcome that counts the people who passed.")
    out_of: Name = Field(description="The outcome that counts the people in the cohort.")
    at_least: Share = Field(description="The share of the cohort that must pass.")
    amount: Amount | None = Field(None, description="Paid when the share is reached.")
    price: ExactAboveZero | None = Field(
        None, description="Paid for each person who passed when the share is reached."
    )

    @model_validator(mode="after")
    def _one_payment(self) -> Self:
        if (self.amount is None) == (self.price is None):
            refuse(
                sentence("The term pays a lump sum or a price for each person, one of the two."),
                sentence("Give `amount` or `price`."),
                field="amount",
            )
        return self

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.passed, self.out_of)
