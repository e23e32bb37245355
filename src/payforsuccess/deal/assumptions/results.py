"""What the outcomes may come to: truth apart from the estimate that is paid on."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.assumptions.lags import AssumedLength, lag_in
from payforsuccess.deal.assumptions.values import Assumed, AssumedShare, Case, Sourced, Spread
from payforsuccess.deal.fields import Duration, ExactAboveZero, Length, Name, Share, WholeFromOne
from payforsuccess.deal.model import Model, refuse


class Counted(Sourced):
    """An outcome counted over people: so many per person, some time after they start.

    In a period it comes to the people whose count falls into it, times the rate. Those in service
    count from the period in which `after` is full for them; where the outcome's measure says
    `counts_from: start`, the periods before count in it too, as in a statement; whoever has left by
    then never counts. In a simulation the rate varies by `spread` (the truth, common to all people)
    and the count by chance around it.
    """

    kind: Literal["counted"]
    each_person: Assumed = Field(description="How many units one person earns at each occasion.")
    counts: Literal["starters", "in-service"] = Field(
        "starters",
        description="Once for each person who started `after` before, or in every period for each "
        "person in service who started at least `after` before.",
    )
    after: Length | AssumedLength | None = Field(
        None,
        description="How long after a person starts it is counted, the first time for those in "
        "service; at once if left out. One length, or one for each case.",
    )
    spread: Spread | None = Field(None, description="How far the rate may vary.")
    chance: Literal["binomial", "poisson", "none"] = Field(
        "none",
        description="How the count varies around its rate: each person once or not at all, any "
        "number of times, or not.",
    )

    def after_in(self, case: Case) -> Duration | None:
        """How long after a person starts it is counted, in a case."""
        return None if self.after is None else lag_in(self.after, case)


class Effect(Sourced):
    """An outcome that is an effect: a true effect, and an estimate around it that is paid on."""

    kind: Literal["effect"]
    true: Assumed = Field(description="The true effect, in the outcome's unit.")
    spread: Spread | None = Field(None, description="How far the true effect may vary.")
    standard_error: Assumed = Field(
        description="Of the estimate around the truth, in the outcome's unit, at the planned "
        "number of people; 0 where the outcome is not estimated."
    )
    planned_people: ExactAboveZero | None = Field(
        None,
        description="The number of people the standard error is for: it grows as the square root "
        "of this over the number enrolled. Without it, it does not change.",
    )


class Level(Sourced):
    """An outcome that is a level in each period or point, such as a rate or an index."""

    kind: Literal["level"]
    value: Assumed = Field(description="The value, in the outcome's unit.")
    spread: Spread | None = Field(None, description="How far it may vary, anew in each period.")
    grows: Assumed | None = Field(
        None,
        description="Added in each period after the first that has a value, in the outcome's unit.",
    )


class Planned(Model):
    """The value in one period or at one point, as a list states it."""

    period: WholeFromOne | None = Field(None, description="The payment period.")
    point: Name | None = Field(None, description="The measurement point.")
    value: Assumed = Field(description="The value, in the outcome's unit.")

    @model_validator(mode="after")
    def _one_slot(self) -> Self:
        if (self.period is None) == (self.point is None):
            refuse(
                "A value is for a period or for a point.", "Give one of the two.", field="period"
            )
        return self


class Listed(Sourced):
    """An outcome whose values are listed, period by period or point by point; 0 where not listed.

    In a simulation all values are multiplied by one factor with mean 1, by `spread`.
    """

    kind: Literal["listed"]
    values: tuple[Planned, ...] = Field(min_length=1, description="The values.")
    spread: Spread | None = Field(None, description="How far the common factor may vary.")


OutcomeAssumption = Annotated[Counted | Effect | Level | Listed, Field(discriminator="kind")]


class FactAssumption(Sourced):
    """A fact that a payment condition asks for: how likely it is to hold."""

    name: Name = Field(description="The fact, as the condition names it.")
    holds: AssumedShare = Field(
        description="The chance that it holds; in a forecast it holds from one half on."
    )


class GroupShare(Sourced):
    """The part of a counted outcome that falls to a subgroup."""

    outcome: Name = Field(description="The outcome.")
    group: Name = Field(description="The subgroup.")
    share: Share = Field(description="Its part.")
