"""A number that someone assumed: its cases, where it comes from, and how firm it is."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Exact, ExactFromZero, Share, Text
from payforsuccess.deal.model import Model, refuse

Case = Literal["low", "base", "high"]
CASES: tuple[Case, ...] = ("low", "base", "high")
Firmness = Literal["contract", "published", "estimate", "illustrative"]


class Sourced(Model):
    """Anything assumed says where it comes from and how firm it is."""

    source: Text = Field(description="Where it comes from: a clause, a publication, who estimated.")
    standing: Firmness = Field(
        description="Whether the contract states it, it is published, an estimate, or made up for "
        "illustration."
    )


class Assumed(Sourced):
    """A number in three cases. A case left out is the base case.

    `low` and `high` are cases of the story, not of size: in the low case enrolment is low and a
    cost may be high.
    """

    base: Exact = Field(description="The number in the base case, in the unit that its key says.")
    low: Exact | None = Field(None, description="In the low case.")
    high: Exact | None = Field(None, description="In the high case.")

    def in_case(self, case: Case) -> Fraction:
        """The number in a case."""
        told = {"low": self.low, "base": self.base, "high": self.high}[case]
        return self.base if told is None else told


class Spread(Model):
    """How far a number may lie from its case's value, for simulation.

    `normal` and `lognormal` take `sd`; `beta` takes `sd` and keeps a share between 0 and 1;
    these have the case's value as their mean. `uniform` runs from `least` to `most` whatever the
    case; `triangular` runs between them with its peak at the case's value. What is drawn for a
    count of people is never taken as more than one for each person.
    """

    shape: Literal["normal", "lognormal", "beta", "uniform", "triangular"] = Field(
        description="The family of the distribution."
    )
    sd: ExactFromZero | None = Field(
        None, description="The standard deviation, in the unit of the number."
    )
    least: Exact | None = Field(None, description="The smallest value, in that unit.")
    most: Exact | None = Field(None, description="The largest value, in that unit.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        by_sd = self.shape in ("normal", "lognormal", "beta")
        if by_sd != (self.sd is not None):
            refuse(
                f"A {self.shape} spread {'needs' if by_sd else 'has no'} standard deviation.",
                "Give `sd` for normal, lognormal and beta; `least` and `most` for the others.",
                field="sd",
            )
        if by_sd == (self.least is not None or self.most is not None) or (
            not by_sd and (self.least is None or self.most is None)
        ):
            refuse(
                f"A {self.shape} spread {'has no' if by_sd else 'needs both'} `least` and `most`.",
                "Give both for uniform and triangular, and neither for the others.",
                field="least",
            )
        if self.least is not None and self.most is not None and self.least > self.most:
            refuse("The least is above the most.", "Swap the two.", field="least")
        return self


class Correlation(Sourced):
    """How two drivers of the simulation move together."""

    between: tuple[Text, ...] = Field(
        min_length=2, max_length=2, description="Two drivers: outcomes by name, or `enrolment`."
    )
    is_: Exact = Field(alias="is", description="From -1 to 1, of the underlying normal scores.")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if not -1 <= self.is_ <= 1:
            refuse("A correlation lies between -1 and 1.", "Correct it.", field="is")
        if self.between[0] == self.between[1]:
            refuse("A driver moves with itself anyway.", "Name two drivers.", field="between")
        return self


class AssumedShare(Sourced):
    """A share in three cases."""

    base: Share = Field(description="The share in the base case, from 0 to 1.")
    low: Share | None = Field(None, description="In the low case.")
    high: Share | None = Field(None, description="In the high case.")

    def in_case(self, case: Case) -> Fraction:
        """The share in a case."""
        told = {"low": self.low, "base": self.base, "high": self.high}[case]
        return self.base if told is None else told
