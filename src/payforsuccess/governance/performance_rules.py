"""When a metric is on track, watched or off track, and when who hears of it: rules as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import ExactAboveZero, Name, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile


class EscalationStep(Model):
    """Who hears of a metric that stays off track, and after how many days."""

    after_days: WholeFromZero = Field(description="Days after it was first so.")
    to: Literal["next-body", "steering", "payor-head"] = Field(
        description="The body above the one that follows the metric, the one above that, or the "
        "head of the payor."
    )


class PerformanceRules(WholeFile):
    """A file of `performances`, or `performance.yaml` beside the deal (R85)."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    name: Name = Field(description="The name of the rules.")
    version: WholeFromOne = Field(description="Their version.")
    says: Text = Field(description="Whose rules they are.")
    on_track_from: ExactAboveZero = Field(
        Fraction(95, 100), description="On track from this part of what is expected on."
    )
    watch_from: ExactAboveZero = Field(
        Fraction(85, 100), description="To be watched from this part on; off track below it."
    )
    least_people: WholeFromOne = Field(
        11, description="Fewer people than these are too few to say anything by."
    )
    trend_periods: WholeFromOne = Field(3, description="How many periods a trend shows.")
    off_track_in_a_row: WholeFromOne = Field(
        2, description="So many periods in a row off track go to the next body."
    )
    escalations: tuple[EscalationStep, ...] = Field((), description="Who hears of it, and when.")

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.watch_from >= self.on_track_from:
            refuse(
                "What is watched begins no lower than what is on track.",
                "Make `watch_from` the smaller of the two.",
                field="watch_from",
            )
        days = [step.after_days for step in self.escalations]
        if days != sorted(set(days)):
            refuse("The days do not rise.", "Put the earliest step first.", field="escalations")
        return self
