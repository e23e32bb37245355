"""Designs that look at change: before and after, with others or alone, in two times or many."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.arms import TwoArmBase
from payforsuccess.deal.evaluation.plan import ComparisonBase, PlanBase
from payforsuccess.deal.evaluation.wording import (
    ChangeEstimator,
    CohortAggregate,
    PanelEstimator,
    PlaceAdjustment,
)
from payforsuccess.deal.fields import Day, Name, Text, WholeFromOne
from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class DifferenceInDifferences(TwoArmBase):
    """The change in the group served less the change in a group that was not."""

    design: Literal["difference-in-differences"]
    estimator: ChangeEstimator = Field(
        description="The change of the one mean less that of the other; the same made doubly "
        "robust with covariates (Sant'Anna and Zhao 2020); or the change between other people of "
        "the same groups, those who started before a day and those after."
    )
    before: PersonMeasure | None = Field(
        None,
        description="The same before: a measure with `looks: back`, in the same unit. Not for "
        "`repeated-cross-sections`.",
    )
    since: Day | None = Field(
        None,
        description="For `repeated-cross-sections`: who starts on this day or later counts as "
        "after, others as before.",
    )
    cluster: Name | None = Field(None, description="The fact that names a person's cluster.")

    @model_validator(mode="after")
    def _tells_before(self) -> Self:
        has_others = self.estimator == "repeated-cross-sections"
        if has_others != (self.since is not None):
            refuse(
                sentence(
                    "Other people before and after are told apart by the day of their start, and "
                    "only they are."
                ),
                sentence("Give `since` with `repeated-cross-sections`, or take it away."),
                field="since",
            )
        if has_others == (self.before is not None):
            refuse(
                sentence(
                    "The same people have a measure of the time before; other people have none."
                ),
                sentence("Give `before`, or use `repeated-cross-sections` and give `since` alone."),
                field="before",
            )
        return self

    @model_validator(mode="after")
    def _covariates_where_used(self) -> Self:
        if (self.estimator == "doubly-robust") != bool(self.covariates):
            refuse(
                sentence(
                    "The doubly robust change adjusts for covariates, and the plain one for none."
                ),
                sentence("Name `covariates` with `doubly-robust` only."),
                field="covariates",
            )
        return self


class Adoption(Model):
    """A unit that took the programme up, and from when."""

    unit: Text = Field(description="The unit, as the records name it.")
    on: Day = Field(description="People who start on this day or later are served there.")


class Staggered(ComparisonBase):
    """Places that took the programme up at different times, or never, compared over periods."""

    design: Literal["staggered"]
    estimator: PanelEstimator = Field(description="The formula that is used.")
    unit: Name = Field(description="What is followed: `site`, or a fact about people.")
    every: Literal["month", "quarter", "half-year", "year"] = Field(
        description="The periods; a person counts in the one that holds the day of their start."
    )
    from_: Day = Field(alias="from", description="The first day of the first period.")
    periods: WholeFromOne = Field(description="How many periods.")
    adopted: tuple[Adoption, ...] = Field(description="The units served, and from when.")
    compared_with: Literal["never-treated", "not-yet-treated"] = Field(
        "never-treated", description="Whom `callaway-santanna` compares with."
    )
    aggregate: CohortAggregate | None = Field(
        None,
        description="Which mean of the effects of cohorts in periods is the effect, for "
        "`callaway-santanna`, where it must be stated: `group`, each cohort's mean over its "
        "periods, then by the cohorts' sizes; `simple`, all its treated periods, by the cohorts' "
        "sizes; `dynamic`, the plain mean over periods since the start; `calendar`, the plain mean "
        "over periods. They differ where effects grow or fade, and the payment with them.",
    )
    cluster: Name | None = Field(None, description="The fact that names a unit's cluster.")
    adjusted_by: PlaceAdjustment | None = Field(
        None,
        description="How `callaway-santanna` adjusts for covariates: by a regression among those "
        "compared with (Heckman, Ichimura and Todd 1997), by weights (Abadie 2005), or by both "
        "(Sant'Anna and Zhao 2020). A unit's covariates are the means of those who started there "
        "in the first period.",
    )

    @model_validator(mode="after")
    def _adjusts_in_one_way(self) -> Self:
        if self.adjusted_by is not None and self.estimator != "callaway-santanna":
            refuse(
                sentence(
                    "The estimator {estimator} adjusts for no covariates.", estimator=self.estimator
                ),
                sentence("Use `callaway-santanna`, or take `adjusted_by` away."),
                field="adjusted_by",
            )
        if self.estimator == "callaway-santanna" and bool(self.covariates) != bool(
            self.adjusted_by
        ):
            refuse(
                sentence("Covariates of places go with the way in which they are adjusted for."),
                sentence(
                    "State both `covariates` and `adjusted_by`, such as doubly-robust, or neither."
                ),
                field="adjusted_by",
            )
        return self

    @model_validator(mode="after")
    def _says_which_mean(self) -> Self:
        if (self.estimator == "callaway-santanna") != (self.aggregate is not None):
            refuse(
                sentence(
                    "Effects of cohorts in periods make several means, and the payment moves with "
                    "the one that is chosen."
                ),
                sentence(
                    "State `aggregate` with `callaway-santanna`, and only there: group, simple, "
                    "dynamic or calendar."
                ),
                field="aggregate",
            )
        return self

    @model_validator(mode="after")
    def _in_full(self) -> Self:
        units = [adoption.unit for adoption in self.adopted]
        if not units or len(set(units)) != len(units):
            refuse(
                sentence(
                    "Each unit that took the programme up is named once, and there is at least one."
                ),
                sentence("Correct `adopted`."),
                field="adopted",
            )
        if self.estimator.startswith("synthetic") and len({a.on for a in self.adopted}) > 1:
            refuse(
                sentence("Synthetic comparisons here need one day on which all began."),
                sentence("Use `callaway-santanna` for several days."),
                field="adopted",
            )
        return self


class PrePost(PlanBase):
    """People served are compared with themselves before; no one else is looked at."""

    design: Literal["pre-post"]
    estimator: Literal["change-in-means"] = Field(description="The change of the mean.")
    before: PersonMeasure = Field(
        description="The same before: a measure with `looks: back`, in the same unit."
    )
    cluster: Name | None = Field(None, description="The fact that names a person's cluster.")
