"""People and costs: how many start when, what service costs, and when capital is drawn."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.assumptions.values import CASES, Assumed, AssumedShare, Sourced, Spread
from payforsuccess.deal.fields import (
    Amount,
    Day,
    ExactFromZero,
    Length,
    Name,
    Share,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse


class RampStep(Model):
    """New people from one payment period on, until the next step."""

    period: WholeFromOne = Field(description="The first payment period of the step.")
    people: ExactFromZero = Field(description="New people in each period from there on.")


class Enrolment(Sourced):
    """The planned ramp, and how far enrolment may fall short of it."""

    ramp: tuple[RampStep, ...] = Field(
        min_length=1, description="New people by period; a step of 0 people ends enrolment."
    )
    reached: Assumed = Field(
        description="The part of the plan that is reached: 1 where all comes as planned."
    )
    spread: Spread | None = Field(None, description="How far the part reached may vary.")
    serves_for: Length = Field(description="How long one person is served, if nobody leaves early.")
    leave_each_period: AssumedShare | None = Field(
        None, description="The share of those in service that leaves in each period."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        periods = [step.period for step in self.ramp]
        if periods != sorted(set(periods)):
            refuse(
                "The steps of the ramp are not in the order of their periods.",
                "List each period once, the earliest first.",
                field="ramp",
            )
        return self


class CostLine(Sourced):
    """One kind of cost: to whom, for what, how often, and who bears it."""

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What it is for.")
    to: Text = Field(description="The party that is paid, or that bears it.")
    kind: Literal["fixed", "each-slot", "each-enrolment", "once"] = Field(
        description="So much in each period, for each person in service in each period, for each "
        "person who starts, or once."
    )
    amount: Assumed = Field(description="How much each time, in whole currency units.")
    on: Day | None = Field(None, description="For `once`: the day.")
    from_: WholeFromOne | None = Field(
        None,
        alias="from",
        description="The first period it falls in; the deal's first without one.",
    )
    to_period: WholeFromOne | None = Field(
        None,
        description="The last period it falls in; the last with people in service without one.",
    )
    borne_by: Literal["project", "provider", "payor", "other-public", "in-kind"] = Field(
        "project",
        description="Who bears it: the project's own money, the provider, the payor outside "
        "success payments, another public source, or work given for nothing.",
    )
    deferred: Share | None = Field(
        None,
        description="The share that the party puts off and is owed under a `deferred-fee` tranche.",
    )
    deferred_to: Name | None = Field(None, description="That tranche.")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.kind == "once") != (self.on is not None):
            refuse(
                "A cost that falls once has a day, and only such a cost.", "Give `on`.", field="on"
            )
        if (self.deferred is None) != (self.deferred_to is None):
            refuse(
                "A deferred share names the tranche under which it is owed.",
                "Give `deferred` and `deferred_to` together.",
                field="deferred_to",
            )
        if any(self.amount.in_case(case) < 0 for case in CASES):
            refuse("A cost cannot be below zero.", "Write 0 or more.", field="amount")
        return self


class BasePay(Sourced):
    """What a contract pays the provider whatever the outcomes are: a base fee, a service grant.

    Success payments come on top of it. A withheld part is a payment term of the deal, so `amount`
    is the fee less what is withheld.
    """

    name: Name = Field(description="Unique in the file.")
    from_party: Text = Field(description="The party that pays it.")
    to: Text = Field(description="The party that receives it.")
    kind: Literal["fixed", "each-slot", "each-enrolment"] = Field(description="As for costs.")
    amount: Assumed = Field(description="How much each time, in whole currency units.")
    paid_after: Length | None = Field(
        None, description="How long after the period's end it arrives; at the end if left out."
    )
    fund: Text | None = Field(None, description="The fund or stream it comes from.")

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if any(self.amount.in_case(case) < 0 for case in CASES):
            refuse("Base pay cannot be below zero.", "Write 0 or more.", field="amount")
        return self


class PlannedDraw(Sourced):
    """Capital that is planned to be drawn on a day."""

    tranche: Name = Field(description="The tranche.")
    on: Day = Field(description="The day.")
    amount: Amount = Field(description="How much, in whole currency units.")
