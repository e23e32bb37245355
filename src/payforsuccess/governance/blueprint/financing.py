"""Part c: how a financing model is built, what a payment rests on, how a budget is augmented."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import Name, Text
from payforsuccess.deal.model import Model
from payforsuccess.deal.votes import BudgetChange
from payforsuccess.governance.blueprint.said import Guideline, Stated


class PaymentLine(Stated):
    """A line of a payment structure where no deal states one yet; it names its outcome."""

    name: Name = Field(description="Unique in the structure.")
    outcome: Text = Field(description="The outcome it pays for.")
    pays: Text = Field(description="What is paid for what, as far as it is settled.")


class ProcessStep(Stated):
    """A step on the way of a request for more appropriation."""

    says: Text = Field(description="What is done.")
    by: Text = Field(description="The office that does it.")
    gives: Text = Field(description="What comes of it.")
    change: BudgetChange | None = Field(
        None, description="The kind of change that is voted on in this step, where one is."
    )


class Augmentations(Model):
    """The process for budget augmentations at both levels."""

    county_wide: tuple[ProcessStep, ...] = Field((), description="Across the government.")
    department: tuple[ProcessStep, ...] = Field((), description="In one department.")


class Financing(Model):
    """Part c of the report: guidelines, payment structure, process for augmentations."""

    guidelines: tuple[Guideline, ...] = Field((), description="Financing guidelines.")
    structure: tuple[PaymentLine, ...] = Field(
        (), description="The payment structure, where no deal.yaml lies beside this file."
    )
    augmentations: Augmentations = Field(
        default_factory=lambda: Augmentations.model_validate({}),
        description="How budgets are augmented.",
    )
    votes: Text = Field(
        "california-county",
        description="The rules for votes: the name of a table that comes with the program, or a "
        "file beside this one.",
    )
