"""A price for each unit of effect on each person treated."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import ExactAboveZero, ExactFromZero, Name, Share
from payforsuccess.deal.terms.term import PaymentTermBase


class EffectPrice(PaymentTermBase):
    """Price times effect times the number of people treated, never below 0.

    The effect is read in the direction of `better`: for an outcome where lower is better, the fall
    below `no_success` counts. Below `minimum_effect` nothing is due; from it on the whole effect is
    paid. With `significant_at` nothing is due unless the determination states a p-value under it.
    """

    kind: Literal["effect-price"]
    pays_for: Name = Field(description="The outcome that holds the effect per person.")
    treated: Name | None = Field(
        None,
        description="The outcome that counts the people treated; without it the effect is "
        "already a total.",
    )
    price: ExactAboveZero = Field(description="Paid for each unit of effect on one person.")
    minimum_effect: ExactFromZero | None = Field(
        None, description="The smallest effect that is paid at all."
    )
    significant_at: Share | None = Field(
        None, description="The determination's p-value must be below this share."
    )

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for, *((self.treated,) if self.treated else ()))
