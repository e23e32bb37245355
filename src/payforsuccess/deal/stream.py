"""A whole funding stream: one set of terms over many provider contracts."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.budget import SourceKind
from payforsuccess.deal.fields import (
    Amount,
    Day,
    ExactAboveZero,
    Flag,
    Name,
    Share,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile


class ContractYear(Model):
    """What a contract pays in one fiscal year, whatever the outcomes are or with what it puts on
    them: a bonus comes on top."""

    fiscal_year: WholeFromOne = Field(description="The year, named by the one in which it ends.")
    amount: Amount = Field(description="How much.")


class StreamContract(Model):
    """One provider's contract within the stream.

    base: nothing hangs on outcomes. withhold: `tied` is the share of its amount that is paid only
    as the terms earn it. bonus: `tied` is the share of its amount that the terms can add on top.
    """

    name: Name = Field(description="Unique in the stream.")
    provider: Text = Field(description="Who provides the services.")
    department: Text = Field(description="The department whose contract it is.")
    source: SourceKind = Field(description="Where the money comes from.")
    fund: Text | None = Field(None, description="The fund it is paid from.")
    kind: Literal["base", "withhold", "bonus"] = Field(description="How the terms bear on it.")
    on_terms_from: Day | None = Field(
        None, description="The day it moved to these terms; always, if left out."
    )
    amounts: tuple[ContractYear, ...] = Field(min_length=1, description="What it pays, by year.")
    tied: Share = Field(Fraction(0), description="The share that hangs on outcomes.")
    size: ExactAboveZero = Field(
        Fraction(1),
        description="How large it is against the terms: what they pay is multiplied by it.",
    )
    assumptions: Text | None = Field(
        None, description="Its own assumptions, from the folder of the stream."
    )
    results: Text | None = Field(None, description="Its own results so far, in the same way.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind == "base") != (self.tied == 0):
            refuse(
                "A withhold or a bonus says which share hangs on outcomes, and a base contract has "
                "none.",
                "Give `tied`, or write `kind: base`.",
                field="tied",
            )
        if (self.kind == "base") != (self.assumptions is None):
            refuse(
                "Outcomes are looked ahead to for a withhold or a bonus, and for no other.",
                "Give `assumptions` for these two only.",
                field="assumptions",
            )
        years = [each.fiscal_year for each in self.amounts]
        if len(set(years)) != len(years):
            refuse("A fiscal year stands twice.", "Add the two up.", field="amounts")
        return self


class Stream(WholeFile):
    """`stream.yaml`: the contracts of a stream, and the deal file whose terms they share."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    name: Text = Field(description="The name of the stream.")
    says: Text | None = Field(None, description="What it is for.")
    is_made_up: Flag = Field(False, description="Whether it is made up for illustration.")
    terms: Text = Field(description="The deal file with the terms, from the stream's folder.")
    contracts: tuple[StreamContract, ...] = Field(min_length=1, description="The contracts.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [each.name for each in self.contracts]
        if len(set(names)) != len(names):
            refuse("Two contracts have one name.", "Give each its own.", field="contracts")
        return self
