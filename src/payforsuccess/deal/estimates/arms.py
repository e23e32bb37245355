"""The arms of an estimate: who was in them, what became of them, and how alike they were."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Exact, Fingerprint, Flag, Name, Share, Text, WholeFromZero
from payforsuccess.deal.model import Model

Reading = Literal["at most 0.05", "0.05 to 0.25", "above 0.25", "not defined"]


class ArmOutcome(Model):
    """One arm: who was assigned, whose outcome is known, and what it adds up to."""

    arm: Name = Field(description="The arm's label.")
    role: Literal["treated", "control"] = Field(description="Its part in the comparison.")
    assigned: WholeFromZero = Field(description="People assigned to it.")
    known: WholeFromZero = Field(description="People whose outcome is known.")
    took_part: WholeFromZero | None = Field(
        None, description="Of all assigned, who took part in the programme."
    )
    total: Exact = Field(description="The sum of their outcomes.")
    mean: Exact = Field(description="The sum over the people with a known outcome.")
    spread: Exact | None = Field(None, description="The standard deviation of their outcomes.")
    interval: tuple[Exact, Exact] | None = Field(
        None,
        description="An interval for the mean at the plan's confidence: Wilson's for a share, else "
        "by Student's t.",
    )
    weighted_mean: Exact | None = Field(
        None, description="The mean with the weights of matching or weighting, where there are any."
    )
    effective: Exact | None = Field(
        None, description="The effective number of people behind that mean (Kish)."
    )
    compared: WholeFromZero | None = Field(
        None,
        description="Of those with a known outcome, who has a match or a weight, where matching or "
        "weighting may leave some without.",
    )

    @property
    def rests_on(self) -> int:
        """How many people of the arm the effect rests on."""
        return self.known if self.compared is None else self.compared


class TraitBalance(Model):
    """How alike the arms were in one trait before the programme."""

    trait: Text = Field(description="The trait, and the word for a trait told in words.")
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
    reading: Reading = Field(
        description="Where the effect size lies among the Clearinghouse's classes."
    )
    means_after: tuple[Exact, Exact] | None = Field(
        None, description="Both means after matching or weighting, of those who are compared."
    )
    after: Exact | None = Field(
        None,
        description="The standardised difference after matching or weighting, by the treated "
        "arm's standard deviation.",
    )


class AllFacts(Model):
    """All facts together: could chance alone have made the arms this unlike?"""

    facts: WholeFromZero = Field(description="How many facts entered.")
    statistic: Exact = Field(description="F of the regression of the arm on the facts.")
    freedom: tuple[WholeFromZero, WholeFromZero] = Field(description="Its degrees of freedom.")
    p_value: Share | None = Field(
        None, description="By the F distribution; none where whole clusters were drawn."
    )
    p_by_chance: Share | None = Field(
        None, description="By draws of the design used; none where no chance decided."
    )
    draws: WholeFromZero = Field(0, description="How many draws.")
    left_out: WholeFromZero = Field(0, description="People of whom a fact is not known.")


class StatusCount(Model):
    """How many people of an arm have one status."""

    status: Text = Field(description="known, or why not.")
    people: WholeFromZero = Field(description="How many.")


class ArmFlow(Model):
    """The way of one arm's people from assignment to analysis."""

    arm: Name = Field(description="The arm's label.")
    assigned: WholeFromZero = Field(description="People assigned.")
    linked: WholeFromZero | None = Field(
        None, description="Of them, who was found in an agency's records."
    )
    took_part: WholeFromZero | None = Field(None, description="Of them, who took part.")
    deaths: WholeFromZero | None = Field(None, description="Of them, who died in their window.")
    moves: WholeFromZero | None = Field(
        None, description="Of them, who moved out of the records' reach in their window."
    )
    analysed: WholeFromZero = Field(description="People whose outcome is known.")
    not_known: tuple[StatusCount, ...] = Field((), description="The others, by reason.")


class AttritionReading(Model):
    """Overall and differential attrition against the Clearinghouse's boundaries."""

    overall: Exact = Field(description="The share of all people whose outcome is not known.")
    difference: Exact = Field(
        description="The treated arm's share less the control arm's; 0 where there is one arm."
    )
    cautious: Exact | None = Field(
        None, description="The largest difference allowed under cautious assumptions, as a share."
    )
    optimistic: Exact | None = Field(
        None, description="The largest difference allowed under optimistic assumptions, as a share."
    )
    reading: Literal[
        "low under both",
        "low under optimistic assumptions only",
        "high",
        "beyond the grid",
        "one arm",
    ] = Field(description="The class, by a grid that is still to be checked with the handbook.")


class OverlapBin(Model):
    """People of both arms whose score lies in one stretch."""

    below: Exact = Field(description="The stretch's upper end.")
    treated: WholeFromZero = Field(description="People of the treated arm.")
    control: WholeFromZero = Field(description="People of the comparison pool.")


class Overlap(Model):
    """How far a comparison pool covers the people served, and what the weights rest on."""

    bins: tuple[OverlapBin, ...] = Field((), description="Counts by score.")
    pool: WholeFromZero = Field(description="People in the pool.")
    used: WholeFromZero = Field(description="Of them, who carries weight.")
    unmatched: WholeFromZero = Field(
        0, description="People served without a comparison, who are left out."
    )
    effective: Exact | None = Field(None, description="The effective number of comparison people.")
    largest_weight: Exact | None = Field(None, description="The largest share of all weight.")
    match: Fingerprint | None = Field(
        None, description="The fingerprint of the match, made without any outcome."
    )


class TakeUp(Model):
    """Who took part, by arm, and how strongly the draw moved it."""

    treated_share: Exact = Field(description="The share of the treated arm that took part.")
    control_share: Exact = Field(description="The share of the control arm that took part.")
    first_stage: Exact | None = Field(
        None, description="The F statistic of the draw on taking part."
    )
    complier_control_mean: Exact | None = Field(
        None,
        description="The mean outcome, without the programme, of those whom the draw moved to take "
        "part.",
    )
    least_first_stage: Exact | None = Field(
        None,
        description="The F below which the draw is too weak to pay on: the plan's floor, or that "
        "below which Anderson and Rubin's set has no two ends, where that is more.",
    )
    is_interval_whole: Flag = Field(
        True, description="Whether Anderson and Rubin's set is one stretch with two ends."
    )

    @property
    def is_weak(self) -> bool:
        """Whether the draw moved people too little for an effect of taking part."""
        floor, first = self.least_first_stage, self.first_stage
        below = floor is not None and first is not None and first < floor
        return below or not self.is_interval_whole


class EventTime(Model):
    """The effect in one period, counted from the period in which the programme began."""

    since: int = Field(description="Periods since the start; negative before it.")
    value: Exact = Field(description="The effect in that period.")
    standard_error: Exact | None = Field(None, description="Its standard error.")
    interval: tuple[Exact, Exact] | None = Field(None, description="An interval for it.")


class CurvePoint(Model):
    """One arm at one time."""

    arm: Name = Field(description="The arm.")
    day: WholeFromZero = Field(
        description="Days since the person's start or, of places over periods, since the first."
    )
    value: Exact = Field(
        description="The share still without the event, the share with it (cumulative incidence), "
        "or the mean of the period."
    )
    interval: tuple[Exact, Exact] | None = Field(None, description="An interval for it.")
    at_risk: WholeFromZero = Field(description="People still watched, or counted in the period.")
