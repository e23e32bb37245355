"""What the deal is about: outcomes, each with its unit, smallest step and no-success value."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Exact, ExactAboveZero, Name, Text, WholeFromZero
from payforsuccess.deal.measures import Measure
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence
from payforsuccess.units import grouped

OutcomeType = Literal["input", "activity", "output", "outcome", "impact"]
PAYABLE_TYPES = ("outcome", "impact")


class Between(Model):
    """The least and the most a value can be; both are possible."""

    least: Exact = Field(description="The smallest possible value.")
    most: Exact = Field(description="The largest possible value.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            refuse(
                sentence(
                    "The least value, {least}, is above the most, {most}.",
                    least=grouped(self.least),
                    most=grouped(self.most),
                ),
                sentence("Swap the two."),
                field="least",
            )
        return self


class Bounds(Model):
    """How large an outcome can become, so that proofs can say what could fall due."""

    value: Between | None = Field(
        None, description="The range of the outcome itself in one period or at one point."
    )
    people: Between | None = Field(
        None, description="The range of the number of people it is measured on."
    )


class LeadingIndicator(Model):
    """What tells early where an outcome is going, which itself arrives months later."""

    says: Text = Field(description="What is watched, in one plain sentence.")
    kind: Literal["enrolment-pace", "days-to-housing", "early-exits", "other"] = Field(
        "other", description="What `pfs track` can read from the referrals; other for the rest."
    )


class Outcome(Model):
    """One thing the deal is about, in a unit, with the value that means no success."""

    says: Text = Field(description="The outcome in one plain sentence.")
    type: OutcomeType = Field(
        description="From input to impact; only outcome and impact may be paid for."
    )
    unit: Text = Field(
        description="What one of it is: day, person, percent, percentage point, USD."
    )
    tick: ExactAboveZero = Field(
        Fraction(1), description="The smallest step the contract measures in."
    )
    rounding: Literal["half-up", "down", "refuse"] = Field(
        "refuse", description="How a measured value is brought to the smallest step."
    )
    better: Literal["higher", "lower"] = Field(description="Which direction is success.")
    no_success: Exact = Field(
        description="The value if the programme changed nothing: 0 for effects and counts of "
        "successes; the agreed baseline where lower is better."
    )
    baseline: Exact | None = Field(
        None,
        description="The level before the programme, for tracking: no payment reads it. Where "
        "lower is better, a no-success value above 0 if left out.",
    )
    target: Exact | None = Field(
        None, description="The level the parties aim at, for tracking: no payment reads it."
    )
    bounds: Bounds | None = Field(None, description="How large it can become.")
    measure: Measure | None = Field(None, description="How records become this number.")
    estimate: Name | None = Field(
        None, description="The evaluation plan that estimates it, by its name under `evaluation`."
    )
    reported_as: Literal["period", "to-date", "point"] = Field(
        "period",
        description="Whether a result is for one period, for everything up to its end, or for a "
        "measurement point.",
    )
    disclosure_threshold: WholeFromZero = Field(
        10,
        description="Counts of people from 1 to this number are hidden on pages made for others, "
        "such as `pfs equity` and `pfs track`. The parties' own pages show them.",
    )
    leading: tuple[LeadingIndicator, ...] = Field(
        (),
        max_length=3,
        description="One to three things that tell early where it is going; no payment reads them.",
    )
    clause: Text | None = Field(None, description="The clause of the contract that defines it.")

    @model_validator(mode="after")
    def _ticks_and_levels(self) -> Self:
        if (self.no_success / self.tick).denominator != 1:
            refuse(
                sentence("The no-success value does not lie on the outcome's smallest step."),
                sentence("Choose a value that is a whole number of steps, or a smaller step."),
                field="no_success",
            )
        if self.target is not None and self.baseline is not None:
            ahead = self.target - self.baseline
            if ahead < 0 if self.better == "higher" else ahead > 0:
                refuse(
                    sentence(
                        "The target, {target}, is worse than the baseline, {baseline}, for an "
                        "outcome of which {better} is better.",
                        target=grouped(self.target),
                        baseline=grouped(self.baseline),
                        better=self.better,
                    ),
                    sentence("Swap the two, or correct `better`."),
                    field="target",
                )
        if self.measure is not None and self.estimate is not None:
            refuse(
                sentence("An outcome is either measured or estimated, and this one names both."),
                sentence(
                    "Keep `measure` for a number read from records, `estimate` for an effect."
                ),
                field="estimate",
            )
        return self

    @property
    def starting_level(self) -> Fraction | None:
        """The level to track progress from; None where the deal states none."""
        if self.baseline is None and self.better == "lower" and self.no_success:
            return self.no_success
        return self.baseline
