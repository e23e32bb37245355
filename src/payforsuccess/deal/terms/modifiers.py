"""What may be hung on any payment term: conditions, subgroups, share caps, index, netting."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Exact,
    ExactAboveZero,
    Name,
    Share,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class Condition(Model):
    """Something that must be so before the line is paid."""

    outcome: Name | None = Field(None, description="The outcome that is looked at.")
    at_least: Exact | None = Field(None, description="Met when the outcome is this or more.")
    more_than: Exact | None = Field(None, description="Met when the outcome is above this.")
    at_most: Exact | None = Field(None, description="Met when the outcome is this or less.")
    less_than: Exact | None = Field(None, description="Met when the outcome is below this.")
    after: Name | None = Field(
        None, description="The payment term that must have earned something first (a sequence)."
    )
    fact: Name | None = Field(
        None, description="A fact of the determination that must be true (by its name)."
    )
    held: Literal["in-period", "once-met"] = Field(
        "in-period",
        description="Whether it must hold in each period, or opens for good when first met.",
    )
    otherwise: Literal["lost", "held"] = Field(
        description="What becomes of money while it is not met: lost, or held and released in the "
        "period in which it is met."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        named = [name for name in (self.outcome, self.after, self.fact) if name is not None]
        if len(named) != 1:
            refuse(
                "A condition looks at one thing, and this one names "
                + ("none." if not named else f"{len(named)}: {', '.join(named)}."),
                sentence(
                    "Give exactly one of `outcome`, `after` or `fact`; list several conditions "
                    "under each other."
                ),
            )
        limits = [self.at_least, self.more_than, self.at_most, self.less_than]
        given = sum(limit is not None for limit in limits)
        if self.outcome is not None and given != 1:
            refuse(
                sentence("A condition on an outcome needs one limit; found {given}.", given=given),
                sentence("Give exactly one of `at_least`, `more_than`, `at_most` or `less_than`."),
                field="outcome",
            )
        if self.outcome is None and given:
            refuse(
                sentence("A limit needs the outcome it is read on."),
                sentence("Name the outcome, or take the limit away."),
            )
        return self


class Subgroup(Model):
    """People for whom the price is multiplied."""

    group: Name = Field(description="The subgroup, as the results name it.")
    times: ExactAboveZero = Field(description="The multiplier on the price.")


class ShareCap(Model):
    """At most this share of what is paid for may come from one group or route."""

    group: Name = Field(description="The subgroup, as the results name it.")
    at_most: Share = Field(description="The largest share of paid units that may come from it.")


class IndexStep(Model):
    """The factor on the price from one year on."""

    year: WholeFromOne = Field(description="The year of the deal, counted from 1.")
    factor: ExactAboveZero = Field(description="What the price is multiplied by in that year.")


class Index(Model):
    """Prices that grow year by year, by a fixed rate or by published factors."""

    yearly: ExactAboveZero | None = Field(
        None, description="The factor from each year of the deal to the next, such as 1.02."
    )
    factors: tuple[IndexStep, ...] = Field(
        (), description="Stated factors; a year without one keeps the last."
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.yearly is None) == (not self.factors):
            refuse(
                sentence("An index is either one yearly factor or a list of factors."),
                sentence("Give `yearly` or `factors`, one of the two."),
            )
        years = [step.year for step in self.factors]
        if years != sorted(set(years)):
            refuse(
                sentence("The years of the factors must rise."),
                sentence("Put them in order."),
                field="factors",
            )
        return self


class MayBeNegative(Model):
    """The term may take money back below zero, and who then pays whom."""

    pays: Text = Field(description="The party that pays when the amount is negative.")
    to: Text = Field(description="The party that receives it.")
