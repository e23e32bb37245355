"""A price for each unit of an outcome."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import ExactAboveZero, Name, WholeFromOne
from payforsuccess.deal.terms.term import PaymentTermBase


class UnitPrice(PaymentTermBase):
    """Price times a count: of people, days, months, quarters or claims.

    `deduct` is taken off the count before pricing, never below 0. `limit_each_person` counts over
    the life of the deal and needs results by person.
    """

    kind: Literal["unit-price"]
    pays_for: Name = Field(description="The outcome that is counted.")
    price: ExactAboveZero = Field(
        description="Paid for each unit, in whole currency units, with as many digits as it needs."
    )
    deduct: Name | None = Field(
        None, description="An outcome in the same unit that is taken off, such as days in jail."
    )
    limit_each_person: WholeFromOne | None = Field(
        None, description="The most units ever paid for one person."
    )

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for, *((self.deduct,) if self.deduct else ()))
