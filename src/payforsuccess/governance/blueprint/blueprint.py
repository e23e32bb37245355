"""`blueprint.yaml`: the blueprint of a government, kept as it grows."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.deal import Standing
from payforsuccess.deal.fields import Day, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.blueprint.financing import Financing
from payforsuccess.governance.blueprint.options import Contracting
from payforsuccess.governance.blueprint.said import Guideline, OpenPoint, Stated
from payforsuccess.governance.initiative.evidence import Endorsed


class Change(Model):
    """A change of the blueprint: who made it, when and why."""

    on: Day = Field(description="The day.")
    by: Text = Field(description="Who made it.")
    reason: Text = Field(description="What was changed, and why.")


class LinkedCriteria(Model):
    """A set of criteria for choosing interventions, in the version that applies."""

    criteria: Text = Field(description="The set: shipped, or a file beside this one.")
    version: WholeFromOne = Field(description="Its version.")
    approved: Endorsed | None = Field(None, description="The body that approved it, and when.")


class Criteria(Model):
    """Part a of the report: how interventions are chosen."""

    guidelines: tuple[Guideline, ...] = Field((), description="How the criteria are applied.")
    sets: tuple[LinkedCriteria, ...] = Field((), description="The sets of criteria.")


class NothingToChange(Model):
    """A group of policies in which nothing has to change."""

    group: Literal["fiscal", "procurement", "other"] = Field(description="The group.")
    reason: Text = Field(description="Why nothing has to change.")


class PolicyChanges(Model):
    """Part d of the report; the policies themselves stand in `initiative.yaml`."""

    guidelines: tuple[Guideline, ...] = Field((), description="What the changes are to achieve.")
    nothing: tuple[NothingToChange, ...] = Field((), description="Groups without a change.")


class Protocol(Stated):
    """A step in finding, developing, funding or running initiatives."""

    phase: Literal["identify", "develop", "fund", "manage"] = Field(
        description="Which of the four."
    )
    says: Text = Field(description="What is done.")
    by: Text = Field(description="Who does it.")


class LessonUsed(Model):
    """A lesson of a deal of the library that the blueprint rests on."""

    begins: Text = Field(description="The first words of the lesson, as the library has it.")
    used_for: Text = Field(description="What the blueprint does about it.")


class ComparatorUsed(Model):
    """A deal of the library that was learned from."""

    deal: Text = Field(description="Its name in the library.")
    lessons: tuple[LessonUsed, ...] = Field(min_length=1, description="The lessons used.")


class Blueprint(WholeFile):
    """The blueprint with its four parts. The motion, the advisory group and the policies stand in
    `initiative.yaml`, the payment structure in `deal.yaml`, once there is one."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    blueprint: Text = Field(description="Its title.")
    standing: Standing = Field(description="Whether it is real, illustrative or for practice.")
    says: Text | None = Field(None, description="What it is for and what it rests on.")
    proposed_by: Text = Field(
        "this program", description="Who proposes what is marked as a proposal."
    )
    changes: tuple[Change, ...] = Field(min_length=1, description="Every change, in order.")
    criteria: Criteria = Field(
        default_factory=lambda: Criteria.model_validate({}), description="Part a."
    )
    contracting: Contracting = Field(
        default_factory=lambda: Contracting.model_validate({}), description="Part b."
    )
    financing: Financing = Field(
        default_factory=lambda: Financing.model_validate({}), description="Part c."
    )
    policies: PolicyChanges = Field(
        default_factory=lambda: PolicyChanges.model_validate({}), description="Part d."
    )
    protocols: tuple[Protocol, ...] = Field((), description="How initiatives are run.")
    comparators: tuple[ComparatorUsed, ...] = Field((), description="What others taught.")
    lessons: tuple[Guideline, ...] = Field((), description="Lessons from other sources.")
    open: tuple[OpenPoint, ...] = Field((), description="What is not known or not decided.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [change.on for change in self.changes]
        if days != sorted(days):
            refuse("The changes are not in the order of their days.", "Sort them.", field="changes")
        deals = [each.deal for each in self.comparators]
        if len(set(deals)) != len(deals):
            refuse("A comparator stands twice.", "Keep one of them.", field="comparators")
        lines = [each.name for each in self.financing.structure]
        if len(set(lines)) != len(lines):
            refuse("Two payment lines have one name.", "Give each its own.", field="financing")
        return self
