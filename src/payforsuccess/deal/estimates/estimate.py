"""What a plan found, as a scientific headline: no payment rule has touched it yet."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.estimates.arms import (
    AllFacts,
    ArmFlow,
    ArmOutcome,
    AttritionReading,
    CurvePoint,
    EventTime,
    Overlap,
    TakeUp,
    TraitBalance,
)
from payforsuccess.deal.estimates.effects import Effect, SecondaryFound, TestOfNoEffect, Varied
from payforsuccess.deal.evaluation import Estimand
from payforsuccess.deal.fields import Fingerprint, Flag, Name, Share, Text, WholeFromZero
from payforsuccess.deal.model import Model
from payforsuccess.trail import fingerprint


class Estimate(Model):
    """What a plan found."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    plan_fingerprint: Fingerprint = Field(description="The fingerprint of the plan as stated.")
    design: Text = Field(description="The plan's design.")
    estimand: Estimand = Field(description="What it is an estimate of.")
    estimator: Text = Field(description="The formula.")
    unit: Text = Field(description="The unit of one person's outcome, such as day or USD.")
    is_share: Flag = Field(description="Whether every known outcome is 0 or 1.")
    confidence: Share = Field(description="The confidence of the intervals.")
    arms: tuple[ArmOutcome, ...] = Field(description="The arms, the treated one first.")
    effect: Effect = Field(description="The effect in the form the plan pays on.")
    also: tuple[Effect, ...] = Field((), description="The same effect in other forms.")
    test: TestOfNoEffect | None = Field(
        None, description="The one test the plan names; none where no effect is claimed."
    )
    sensitivity: tuple[TestOfNoEffect, ...] = Field((), description="Other tests, exploratory.")
    variations: tuple[Varied, ...] = Field(
        (), description="The estimate with one thing done otherwise, exploratory."
    )
    secondary: tuple[SecondaryFound, ...] = Field((), description="Other outcomes.")
    balance: tuple[TraitBalance, ...] = Field((), description="How alike the arms were.")
    all_facts: AllFacts | None = Field(
        None, description="One test of all facts of the balance table together."
    )
    standards: tuple[Text, ...] = Field(
        (), description="How the What Works Clearinghouse's rules would read the study."
    )
    flow: tuple[ArmFlow, ...] = Field((), description="The way of each arm's people.")
    attrition: AttritionReading = Field(description="Whose outcome is not known.")
    take_up: TakeUp | None = Field(None, description="Who took part, where the plan asks it.")
    overlap: Overlap | None = Field(None, description="The comparison pool, where there is one.")
    curve: tuple[CurvePoint, ...] = Field((), description="The way there over time, by arm.")
    event_times: tuple[EventTime, ...] = Field(
        (), description="The effect by periods since the start, for places over periods."
    )
    draws: WholeFromZero | None = Field(None, description="Draws of chance that were used.")
    seed: WholeFromZero | None = Field(None, description="Their seed.")
    notes: tuple[Text, ...] = Field((), description="What a careful reader should know.")
    evidence: Fingerprint = Field(description="The fingerprint of the people's results.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything the estimate says."""
        return fingerprint(self.as_plain())
