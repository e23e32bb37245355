"""The published results and payments of a library deal: `results.yaml` and `paid.yaml`."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Exact, ExactAboveZero, Name, Text, WholeFromOne
from payforsuccess.deal.figure_checks import Check, ReasonedCheck
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.results import Result

Verdict = Literal[
    "exact", "within rounding", "does not close", "logic only", "nothing published to meet"
]
"""exact: equal to the last minor unit. within rounding: nearer than the rounding that is named.
logic only: a boundary of the published terms, which no payment tests. nothing published to meet:
computed from published figures, with no published figure to hold against it."""


class PublishedResult(Result):
    """A result as the public record has it, or one made up to test a boundary of the terms."""

    standing: Literal["published", "derived", "illustrative"] = Field(
        description="Published; derived, as said in `says`; or illustrative, of nobody's result."
    )
    says: Text | None = Field(None, description="What it counts, or how it was derived.")
    sources: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if self.standing != "illustrative" and not self.sources:
            refuse(
                f"This result is said to be {self.standing}, and no source is named.",
                "Name the source.",
                field="sources",
            )
        return self

    def as_result(self) -> Result:
        """The result alone, as a statement reads it."""
        return Result.model_validate({name: getattr(self, name) for name in Result.model_fields})


class PersonResult(Model):
    """One person's part of a result, for terms that limit what is paid for one person."""

    person: Name
    outcome: Name
    period: WholeFromOne
    value: Exact


class Case(Model):
    """One set of results on which a statement is computed."""

    name: Name
    says: Text
    results: tuple[PublishedResult, ...]
    people: tuple[PersonResult, ...] = ()


class Cases(Model):
    """`results.yaml`: the sets of results of one deal."""

    cases: tuple[Case, ...]

    def case(self, name: str) -> Case:
        """The case of this name; KeyError without one."""
        for case in self.cases:
            if case.name == name:
                return case
        raise KeyError(name)


class Allowance(Model):
    """How far computed and published may lie apart because a published figure was rounded."""

    within: ExactAboveZero = Field(description="The largest difference that rounding explains.")
    because: Text = Field(description="Which figure is rounded, and to what.")


class Vector(Model):
    """One published figure, what computes it again, and how near it comes."""

    name: Text
    published: Exact | None = Field(None, description="The figure; left out if there is none.")
    unit: Text
    sources: tuple[Text, ...] = Field(min_length=1)
    check: Check
    verdict: Verdict = Field(description="What the check is expected to show.")
    rounding: Allowance | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _verdict_fits(self) -> Self:
        if (self.verdict == "within rounding") != (self.rounding is not None):
            refuse(
                "A vector that closes within rounding names the rounding, and only such a one.",
                "Give `rounding`, or another verdict.",
                field="rounding",
            )
        if (self.verdict == "nothing published to meet") != (
            self.published is None and not isinstance(self.check, ReasonedCheck)
        ):
            refuse(
                "Without a published figure there is nothing to meet, and with one there is.",
                "Give `published`, or the verdict “nothing published to meet”.",
                field="verdict",
            )
        if isinstance(self.check, ReasonedCheck) and self.verdict != "logic only":
            refuse(
                "What is only reasoned is never more than logic.",
                "Set `verdict: logic only`.",
                field="verdict",
            )
        return self


class PaidVectors(Model):
    """`paid.yaml`: the published figures of one deal that can be checked."""

    vectors: tuple[Vector, ...]

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        names = [vector.name for vector in self.vectors]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            refuse(f"Named twice: {', '.join(twice)}.", "Rename one.", field="vectors")
        return self
