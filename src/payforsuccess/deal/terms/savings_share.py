"""A share of the cost that was avoided."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Name, Share
from payforsuccess.deal.model import refuse
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence


class SavingsShare(PaymentTermBase):
    """One share of avoided cost until a sum has been paid (capital and interest), another after.

    `pays_for` is an outcome in money. Savings up to `hurdle` earn nothing.
    """

    kind: Literal["savings-share"]
    pays_for: Name = Field(description="The outcome that holds the avoided cost in money.")
    share: Share = Field(description="The share paid until `until_paid` is reached.")
    until_paid: Amount | None = Field(
        None, description="The sum after which the second share applies: capital and interest back."
    )
    then_share: Share | None = Field(None, description="The share paid afterwards.")
    hurdle: Amount | None = Field(None, description="Avoided cost up to here earns nothing.")

    @model_validator(mode="after")
    def _two_shares(self) -> Self:
        if (self.until_paid is None) != (self.then_share is None):
            refuse(
                sentence(
                    "A second share needs the sum at which it starts, and the other way round."
                ),
                sentence("Give both `until_paid` and `then_share`, or neither."),
                field="then_share" if self.until_paid is None else "until_paid",
            )
        if self.until_paid is not None and self.reads != "to-date":
            refuse(
                sentence("A share that changes once a sum has been paid must be read to date."),
                sentence("Set `reads: to-date`."),
                field="reads",
            )
        if self.share == 0 and self.until_paid is not None:
            refuse(
                sentence(
                    "A first share of 0 never reaches the sum at which the second one starts."
                ),
                sentence("Give a share above 0, or use `hurdle`."),
                field="share",
            )
        return self

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for,)
