"""Who must agree to a change of an adopted budget: a jurisdiction's rules as data."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Share, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

BudgetChange = Literal[
    "within-unit",
    "between-units",
    "between-funds",
    "from-contingencies",
    "unanticipated-revenue",
    "released-reserve",
    "county-wide-increase",
    "budget-not-adopted",
]


class Seats(Model):
    """How many seats the governing body has, from a day on."""

    from_: Day = Field(alias="from", description="The first day.")
    seats: WholeFromOne = Field(description="How many.")
    source: Text = Field(description="Where it is laid down.")


class VoteRule(Model):
    """What one kind of change needs: a share of the seats, a majority of them, or a delegate."""

    change: BudgetChange = Field(description="The kind of change.")
    says: Text = Field(description="The kind of change in plain words.")
    needs: Literal["share", "majority", "delegated"] = Field(
        description="A share of the seats rounded up, more than half of them, or no vote."
    )
    share: Share | None = Field(None, description="The share, such as 4/5, with `share`.")
    delegated_to: Text | None = Field(None, description="The officers, with `delegated`.")
    section: Text = Field(description="The section of the law.")
    note: Text | None = Field(None, description="What a reader must know.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.needs == "share") != (self.share is not None):
            refuse(
                sentence("A rule by share states the share, and only such a rule."),
                sentence("Give `share`."),
            )
        if (self.needs == "delegated") != (self.delegated_to is not None):
            refuse(
                sentence("A rule that delegates names to whom, and only such a rule."),
                sentence("Give `delegated_to`."),
            )
        return self


class VoteRules(Model):
    """The rules of one jurisdiction, with the seats in force over time."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    jurisdiction: Text = Field(description="Whose rules they are.")
    statute: Text = Field(description="The law they come from.")
    checked: Text = Field(
        description="Who checked them, and what is still open; printed on every output."
    )
    seats: tuple[Seats, ...] = Field(min_length=1, description="The seats over time.")
    rules: tuple[VoteRule, ...] = Field(min_length=1, description="One for each kind of change.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [each.from_ for each in self.seats]
        if days != sorted(set(days)):
            refuse(
                sentence("The seats are not in the order of their days."),
                sentence("Sort them."),
                field="seats",
            )
        kinds = [rule.change for rule in self.rules]
        if len(set(kinds)) != len(kinds):
            refuse(
                sentence("A kind of change has two rules."), sentence("Keep one."), field="rules"
            )
        return self
