"""The sum of amounts of money inside the window."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Name
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing


class MoneySum(MeasureBase):
    """The amounts of one kind of event inside the window, added up for each person.

    Exact, in units of the deal's currency. An event without an amount makes the sum unknown.
    Earned as it happens, the sum to date is rounded and limited after each event, which earns by
    how much that rises or falls, so that the parts add up to the sum; from an event without an
    amount on nothing is earned until the amount is known.
    """

    can_look_back: ClassVar[bool] = True

    kind: Literal["money-sum"]
    amounts_of: Name = Field(description="The kind of event whose amounts are added.")
    at_most_each_person: Amount | None = Field(
        None, description="Amounts above this are cut to it, for each person."
    )

    @model_validator(mode="after")
    def _a_number_cannot_fail(self) -> Self:
        refuse_failing(self, "A sum of money")
        return self
