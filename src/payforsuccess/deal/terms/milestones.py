"""Milestones on the way of one person, each paid once."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import ExactAboveZero, Flag, Name
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence


class Milestone(Model):
    """One step of the way and its price."""

    outcome: Name = Field(description="The outcome that counts people who reached it.")
    price: ExactAboveZero = Field(description="Paid once for each person who reaches it.")
    needs_earlier: Flag = Field(
        False, description="Whether the person must have reached the milestone before it."
    )


class Milestones(PaymentTermBase):
    """Milestones in order, each paid once per person.

    With results by person the once-only rule and the order are enforced here; with totals a later
    milestone that needs the earlier one is refused when more people reached it to date.
    """

    kind: Literal["milestones"]
    milestones: tuple[Milestone, ...] = Field(description="In the order in which they come.")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [milestone.outcome for milestone in self.milestones]
        if not names:
            refuse(
                sentence("There is no milestone."),
                sentence("List at least one."),
                field="milestones",
            )
        if len(names) != len(set(names)):
            refuse(
                sentence("One outcome stands twice among the milestones."),
                sentence("Give each milestone its own outcome."),
                field="milestones",
            )
        if self.milestones[0].needs_earlier:
            refuse(
                sentence("The first milestone has no earlier one to need."),
                sentence("Take `needs_earlier` away there."),
                field="milestones[0].needs_earlier",
            )
        return self

    def _own_outcomes(self) -> tuple[str, ...]:
        return tuple(milestone.outcome for milestone in self.milestones)
