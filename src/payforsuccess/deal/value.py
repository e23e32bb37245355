"""What success is worth to each budget: outcome by budget holder, with cost, share and lag."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.assumptions.values import Assumed, Sourced, Spread
from payforsuccess.deal.fields import (
    Day,
    ExactAboveZero,
    Flag,
    Length,
    Name,
    Share,
    SignedAmount,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.money_file import MoneyFile
from payforsuccess.deal.parties import Level


class StepCost(Model):
    """A cost that changes only in steps: a housing unit closes, a post is not filled."""

    units: ExactAboveZero = Field(description="So many units avoided in one year make one step.")
    amount: SignedAmount = Field(description="What one step saves in a year.")
    says: Text = Field(description="What happens at a step.")


class Cashable(Model):
    """How much of a saving can be taken out of a budget, and who says so."""

    share: Share = Field(description="The share of the marginal value that is cashable.")
    reason: Text = Field(description="Why so much and no more.")
    confirmed_by: Text | None = Field(
        None, description="The Auditor-Controller or the agency's fiscal officer who confirmed it."
    )
    confirmed_on: Day | None = Field(None, description="The day.")

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            refuse(
                "A confirmation names who gave it and the day.",
                "Give both `confirmed_by` and `confirmed_on`, or neither.",
                field="confirmed_on",
            )
        return self


class ValueLine(Sourced):
    """What one unit of an outcome, or one person served, changes in one budget.

    `units_each` counts units avoided; below 0 more are used, and the line costs its holder money.
    """

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What is avoided, or used more, in plain words.")
    outcome: Name | None = Field(
        None,
        description="The outcome of the deal that it follows from; each person who starts "
        "services if left out.",
    )
    holder: Text = Field(description="The agency whose budget it is.")
    of_payor: Text | None = Field(
        None, description="The payor that the agency is a department of, if it is one."
    )
    level: Level = Field(description="Its level of government.")
    fund: Text = Field(description="The fund.")
    unit: Text = Field(description="What is counted: jail day, shelter night, person.")
    units_each: Assumed = Field(
        description="Units avoided for each unit of the outcome, or for each person; signed."
    )
    spread: Spread | None = Field(
        None, description="How far the units for each may vary, the same for all people."
    )
    average: Assumed = Field(description="The average cost of a unit.")
    marginal: Assumed = Field(description="What one unit more or less really changes.")
    step: StepCost | None = Field(None, description="A cost that changes in steps, besides.")
    cashable: Cashable = Field(description="How much of it is cashable.")
    lag: Length | None = Field(
        None, description="How long after the outcome it shows; in the same year if left out."
    )
    to_payor: Flag = Field(
        description="Whether it falls to a payor of the deal, in its own budget or a department's."
    )


class FoundValue(Sourced):
    """A saving that was verified or realised: signed, for one line and fiscal year.

    Those of one line, year and kind add up. A verified one stands in place of what the results on
    issued statements come to for its line and year.
    """

    line: Name = Field(description="The line.")
    fiscal_year: WholeFromZero = Field(description="Named by the year in which it ends.")
    kind: Literal["verified", "realised"] = Field(
        description="Shown by an evaluation, or taken out of a budget."
    )
    amount: SignedAmount = Field(description="How much; below 0 where more was spent.")
    method: Text = Field(description="How it was found.")
    by: Text = Field(description="Who found it.")
    on: Day = Field(description="The day.")


class ValueFile(MoneyFile):
    """`value.yaml` beside a deal: the matrix of outcomes and budget holders."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text | None = Field(None, description="What it is about.")
    lines: tuple[ValueLine, ...] = Field(min_length=1, description="One for each change.")
    found: tuple[FoundValue, ...] = Field((), description="What was verified and realised so far.")

    @model_validator(mode="after")
    def _known_lines(self) -> Self:
        names = [line.name for line in self.lines]
        if len(set(names)) != len(names):
            refuse("Two lines have one name.", "Give each its own name.", field="lines")
        for number, each in enumerate(self.found):
            if each.line not in names:
                refuse(
                    f"There is no line `{each.line}`.",
                    "Write the name of a line of this file.",
                    field=f"found[{number}].line",
                )
            if each in self.found[:number]:
                refuse(
                    f"What was found of `{each.line}` stands here twice.",
                    "Leave one of the two out; two findings of one day differ in how or by whom.",
                    field=f"found[{number}]",
                )
        return self
