"""Part b: ways to secure evaluators and intermediaries, weighed against one another."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.governance.blueprint.said import Guideline, Stated

SoughtRole = Literal["evaluator", "intermediary"]
SOUGHT: tuple[SoughtRole, ...] = ("evaluator", "intermediary")


class Option(Stated):
    """One way to secure a role and to contract with whoever takes it."""

    name: Name = Field(description="Unique among the options of its role.")
    title: Text = Field(description="What it is called.")
    secured: Text = Field(description="How the organisation is found and chosen.")
    contracted: Text = Field(description="Who contracts with it, and how it is paid.")
    pros: tuple[Text, ...] = Field((), description="What speaks for it.")
    cons: tuple[Text, ...] = Field((), description="What speaks against it.")
    recommended: Text | None = Field(
        None, description="Why it is the one recommended; left out for all others."
    )


class Contracting(Model):
    """Part b of the report, with the contractual guidelines."""

    guidelines: tuple[Guideline, ...] = Field((), description="Contractual guidelines.")
    evaluator: tuple[Option, ...] = Field((), description="Options for the evaluator.")
    intermediary: tuple[Option, ...] = Field((), description="Options for the intermediary.")

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for role in SOUGHT:
            names = [option.name for option in self.options(role)]
            if len(set(names)) != len(names):
                refuse("Two options have one name.", "Give each its own.", field=role)
            if sum(option.recommended is not None for option in self.options(role)) > 1:
                refuse(
                    "More than one option is recommended.",
                    "Recommend exactly one for each role.",
                    field=role,
                )
        return self

    def options(self, role: SoughtRole) -> tuple[Option, ...]:
        """The options for a role."""
        return self.evaluator if role == "evaluator" else self.intermediary
