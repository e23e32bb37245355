"""An estimate: an effect with its interval, its test, and the people it rests on.

Estimation works in floating point; what it hands over is decimal text of 12 significant digits, so
that an estimate can be fingerprinted and read back. Point estimates from counts are exact.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.evaluation import EffectForm, Estimand, Test
from payforsuccess.deal.fields import Exact, Fingerprint, Flag, Name, Share, Text, WholeFromZero
from payforsuccess.deal.model import Model
from payforsuccess.trail import fingerprint


class ArmOutcome(Model):
    """One arm: who was assigned, whose outcome is known, and what it adds up to."""

    arm: Name = Field(description="The arm's label.")
    role: Literal["treated", "control"] = Field(description="Its part in the comparison.")
    assigned: WholeFromZero = Field(description="People assigned to it.")
    known: WholeFromZero = Field(description="People whose outcome is known.")
    total: WholeFromZero = Field(description="The sum of their outcomes.")
    mean: Exact = Field(description="The sum over the people with a known outcome.")
    interval: tuple[Exact, Exact] | None = Field(
        None, description="An interval for the mean (Wilson, at the plan's confidence)."
    )


class Effect(Model):
    """One way of stating the effect, with how sure it is."""

    form: EffectForm = Field(description="Difference, percent reduction or rate ratio.")
    unit: Text = Field(description="percentage point, percent, or the measure's own unit.")
    value: Exact = Field(description="The point estimate, exact where it comes from counts.")
    standard_error: Exact | None = Field(None, description="Its standard error.")
    interval: tuple[Exact, Exact] | None = Field(None, description="Its two-sided interval.")
    method: Text = Field(description="How error and interval were computed.")


class TestOfNoEffect(Model):
    """A two-sided test of no effect."""

    __test__ = False  # not a test of this software

    test: Test = Field(description="Which test.")
    statistic: Exact | None = Field(None, description="Its statistic, where it has one.")
    p_value: Share = Field(description="The chance of a result this far from none, without effect.")
    is_exploratory: Flag = Field(description="Whether it is only shown, and nothing rests on it.")


class TraitBalance(Model):
    """How alike the arms were in one trait before the programme."""

    trait: Name = Field(description="The trait.")
    treated_mean: Exact | None = Field(None, description="Its mean in the treated arm.")
    control_mean: Exact | None = Field(None, description="Its mean in the control arm.")
    missing: WholeFromZero = Field(description="People for whom it is not known.")
    standardised_difference: Exact | None = Field(
        None, description="The difference over the root of the mean of both variances."
    )
    effect_size: Exact | None = Field(
        None,
        description="Hedges' g, or the Cox index for yes and no (What Works Clearinghouse 5.0).",
    )
    reading: Literal["at most 0.05", "0.05 to 0.25", "above 0.25", "not defined"] = Field(
        description="Where the effect size lies among the Clearinghouse's classes."
    )


class StatusCount(Model):
    """How many people of an arm have one status."""

    status: Text = Field(description="known, or why not.")
    people: WholeFromZero = Field(description="How many.")


class ArmFlow(Model):
    """The way of one arm's people from assignment to analysis."""

    arm: Name = Field(description="The arm's label.")
    assigned: WholeFromZero = Field(description="People assigned.")
    analysed: WholeFromZero = Field(description="People whose outcome is known.")
    not_known: tuple[StatusCount, ...] = Field((), description="The others, by reason.")


class Estimate(Model):
    """What a plan found."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    design: Text = Field(description="The plan's design.")
    estimand: Estimand = Field(description="What it is an estimate of.")
    estimator: Text = Field(description="The formula.")
    confidence: Share = Field(description="The confidence of the intervals.")
    arms: tuple[ArmOutcome, ...] = Field(description="The arms, the treated one first.")
    effect: Effect = Field(description="The effect in the form the plan pays on.")
    also: tuple[Effect, ...] = Field((), description="The same effect in other forms.")
    test: TestOfNoEffect = Field(description="The one test the plan names.")
    sensitivity: tuple[TestOfNoEffect, ...] = Field((), description="Other tests, exploratory.")
    balance: tuple[TraitBalance, ...] = Field((), description="How alike the arms were.")
    flow: tuple[ArmFlow, ...] = Field((), description="The way of each arm's people.")
    attrition: Exact = Field(description="The share of people whose outcome is not known.")
    attrition_difference: Exact = Field(
        description="The treated arm's share less the control arm's."
    )
    payable: Exact = Field(description="The value after the plan's decision rule.")
    payable_because: Text = Field(description="How the decision rule came to it.")
    notes: tuple[Text, ...] = Field((), description="What a careful reader should know.")
    evidence: Fingerprint = Field(description="The fingerprint of the people's results.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything the estimate says."""
        return fingerprint(self.as_plain())
