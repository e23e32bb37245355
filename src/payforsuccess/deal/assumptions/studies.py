"""What is assumed about a study before it starts: the numbers that its size and power rest on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.assumptions.values import CASES, Assumed, AssumedShare, Sourced
from payforsuccess.deal.model import refuse

StudiedAs = Literal["share", "mean", "time-to-event"]


class StudyAssumption(Sourced):
    """One evaluation plan: how many people, what happens without the programme, how it varies.

    Numbers are in the unit of what is measured for one person, before it is made into an effect: a
    share from 0 to 1, a mean such as days, or the share with an event by the end of the follow-up.
    """

    outcome: StudiedAs = Field(
        description="What is compared: the share with something, the mean of something, or how "
        "soon an event comes."
    )
    treated: Assumed = Field(description="People assigned to the programme.")
    control: Assumed | None = Field(
        None, description="People they are compared with; none in a design without a second group."
    )
    control_mean: Assumed = Field(
        description="What is found without the programme: the share, the mean, or the share with "
        "an event by the end."
    )
    sd: Assumed | None = Field(
        None,
        description="The standard deviation between people, for a mean; a share has its own.",
    )
    take_up: AssumedShare | None = Field(
        None, description="The share of people offered the programme who take it up; all without."
    )
    crossover: AssumedShare | None = Field(
        None, description="The share of the others who get it all the same; none without."
    )
    attrition: AssumedShare | None = Field(
        None, description="The share of people whose outcome stays unknown; none without."
    )
    explained: AssumedShare | None = Field(
        None,
        description="The part of the variance that covariates or strata explain (R squared).",
    )
    before_after: Assumed | None = Field(
        None,
        description="The correlation of a person's values before and after, from -1 to 1, for a "
        "design that compares changes.",
    )
    cluster_size: Assumed | None = Field(
        None, description="People in a cluster, on average, where clusters are assigned."
    )
    cluster_variation: Assumed | None = Field(
        None,
        description="The standard deviation of the clusters' sizes over their mean; 0 without.",
    )
    within_cluster: AssumedShare | None = Field(
        None, description="The correlation of people within a cluster."
    )
    bias: Assumed | None = Field(
        None,
        description="How far estimates lie from the truth on average, in the unit of the outcome "
        "that is paid on, in a design in which chance does not decide; 0 without.",
    )
    break_even: Assumed | None = Field(
        None,
        description="The effect from which on the programme is worth its payment to the payors, "
        "in the unit of the outcome that is paid on.",
    )
    power: AssumedShare | None = Field(None, description="The power to plan for; 80% without it.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.outcome == "mean") != (self.sd is not None):
            refuse(
                "A mean has a standard deviation between people, and only a mean.",
                "Give `sd` for a mean, and take it away otherwise.",
                field="sd",
            )
        if (self.cluster_size is None) != (self.within_cluster is None):
            refuse(
                "The size of clusters and the correlation within them belong together.",
                "Give both or neither.",
                field="within_cluster",
            )
        for name in ("treated", "control", "cluster_size"):
            for told in _told(getattr(self, name)):
                if told < 2:
                    refuse("Fewer than 2 people are no group.", "Give 2 or more.", field=name)
        for told in _told(self.control_mean):
            if self.outcome != "mean" and not 0 < told < 1:
                refuse(
                    "A share without the programme lies between 0 and 1, and is neither.",
                    "Write one such as 0.3.",
                    field="control_mean",
                )
        for told in _told(self.sd):
            if told <= 0:
                refuse("People differ: this is above 0.", "Correct it.", field="sd")
        for told in _told(self.before_after):
            if not -1 < told < 1:
                refuse("A correlation lies between -1 and 1.", "Correct it.", field="before_after")
        for told in _told(self.cluster_variation):
            if told < 0:
                refuse("Sizes vary by 0 or more.", "Correct it.", field="cluster_variation")
        self._shares_leave_something()
        return self

    def _shares_leave_something(self) -> None:
        for case in CASES:
            takes = Fraction(1) if self.take_up is None else self.take_up.in_case(case)
            others = Fraction(0) if self.crossover is None else self.crossover.in_case(case)
            if takes <= others:
                refuse(
                    "No more of those offered the programme take it up than of the others.",
                    "Give a take-up above the crossover.",
                    field="take_up",
                )
        for name in ("attrition", "explained", "within_cluster"):
            for told in _told(getattr(self, name)):
                if told == 1:
                    refuse("At 100% nothing is left to compare.", "Lower it.", field=name)
        for told in _told(self.power):
            if not 0 < told < 1:
                refuse("Power lies between 0 and 1.", "Write one such as 80%.", field="power")


def _told(assumed: Assumed | AssumedShare | None) -> Iterator[Fraction]:
    if assumed is not None:
        yield from (told for told in (assumed.base, assumed.low, assumed.high) if told is not None)
