"""A concept for an intervention, and what assessors say of it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Day, Flag, Name, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.initiative.evidence import Paper
from payforsuccess.governance.initiative.initiative import PolicyArea


class Score(Model):
    """One assessor's score for one criterion, with the evidence seen."""

    criterion: Name = Field(description="The criterion.")
    score: WholeFromZero = Field(description="On the scale of the set.")
    grade: Literal["A", "B", "C", "D"] = Field(description="The grade of the evidence.")
    evidence: Text = Field(description="What was seen.")
    paper: Paper | None = Field(None, description="Where it is.")


class Assessment(Model):
    """What one assessor found on a day, by one version of a set of criteria."""

    assessor: Text = Field(description="Who.")
    organisation: Text = Field(description="Of which organisation.")
    on: Day = Field(description="When.")
    scores: tuple[Score, ...] = Field(min_length=1, description="One for each criterion.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [score.criterion for score in self.scores]
        if len(set(names)) != len(names):
            refuse("A criterion is scored twice.", "Keep one score.", field="scores")
        return self


class ConceptFile(WholeFile):
    """`concept.yaml`: a concept, its proofs, and its assessments."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    concept: Text = Field(description="Its name.")
    standing: Literal["real", "illustrative", "practice"] = Field(description="What it is.")
    department: Text = Field(description="The department that puts it forward.")
    population: Text = Field(description="Whom it is for.")
    intervention: Text = Field(description="What is done for them.")
    policy_areas: tuple[PolicyArea, ...] = Field(min_length=1, description="One or more.")
    aim: Literal["preventive", "remedial", "both"] = Field(
        description="Whether it reduces later need; one that is remedial only is knocked out."
    )
    later_services: tuple[Text, ...] = Field((), description="The later services it reduces.")
    cost_each_year: Amount | None = Field(None, description="What it is thought to cost.")
    is_priority: Flag = Field(False, description="Whether a motion puts it first.")
    priority_source: Paper | None = Field(None, description="The motion.")
    criteria: Text = Field(description="The set of criteria: shipped, or a file beside.")
    criteria_version: WholeFromOne = Field(description="Its version.")
    assessments: tuple[Assessment, ...] = Field((), description="One for each assessor.")

    @model_validator(mode="after")
    def _priority_has_a_source(self) -> Self:
        if self.is_priority and self.priority_source is None:
            refuse(
                "A priority names the motion it comes from.", "Name it.", field="priority_source"
            )
        return self
