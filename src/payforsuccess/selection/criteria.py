"""A set of criteria for readiness: what is asked, on which scale, with which weight."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Exact, ExactFromZero, Name, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile


class Criterion(Model):
    """One criterion."""

    name: Name = Field(description="Its short name, such as c1.")
    title: Text = Field(description="What it is called.")
    kind: Literal["operational", "programmatic"] = Field(description="Which of the two groups.")
    weight: ExactFromZero = Field(description="Its weight; the weights of a set add up to 100.")
    floor: WholeFromZero | None = Field(
        None, description="A score below this knocks the concept out, whatever the total."
    )
    says: Text = Field(description="What is asked.")
    evidence: Text = Field(description="The evidence to ask for.")
    advice: Text = Field(description="What to do where it is weak.")
    basis: Text = Field(description="Where it comes from.")


class Band(Model):
    """A range of totals with its name."""

    from_: Exact = Field(alias="from", description="The lowest total of the band.")
    name: Name = Field(description="Its name.")
    title: Text = Field(description="What it is called.")
    is_ready: Literal["yes", "no"] = Field(description="Whether it passes readiness.")


class Grade(Model):
    """A grade of evidence."""

    name: Literal["A", "B", "C", "D"] = Field(description="The grade.")
    says: Text = Field(description="What earns it.")
    is_good: Literal["yes", "no"] = Field(description="Whether it counts as good evidence.")


class CriteriaSet(WholeFile):
    """A versioned set; a later version is another file, so old assessments stay as they were."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    name: Name = Field(description="The set's name.")
    version: WholeFromOne = Field(description="Its version.")
    title: Text = Field(description="What it is called.")
    says: Text = Field(description="Whose it is, and what of it is a proposal.")
    approved_by: Text | None = Field(None, description="The body that approved it, if one did.")
    scale: tuple[Text, ...] = Field(min_length=2, description="The scores from 0 up, in words.")
    grades: tuple[Grade, ...] = Field(min_length=1, description="The grades of evidence.")
    bands: tuple[Band, ...] = Field(min_length=1, description="The bands, the lowest first.")
    criteria: tuple[Criterion, ...] = Field(min_length=1, description="The criteria.")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        names = [criterion.name for criterion in self.criteria]
        if len(set(names)) != len(names):
            refuse("Two criteria have one name.", "Give each its own.", field="criteria")
        total = sum(criterion.weight for criterion in self.criteria)
        if total != 100:
            refuse(
                f"The weights add up to {float(total):g}.",
                "Make them add up to 100.",
                field="criteria",
            )
        starts = [band.from_ for band in self.bands]
        if starts != sorted(set(starts)) or starts[0] != 0:
            refuse("The bands do not rise from 0.", "Start at 0, lowest first.", field="bands")
        top = len(self.scale) - 1
        for number, criterion in enumerate(self.criteria):
            if criterion.floor is not None and criterion.floor > top:
                refuse(
                    "The floor lies above the scale.",
                    f"Write {top} or less.",
                    field=f"criteria[{number}].floor",
                )
        return self
