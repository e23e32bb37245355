"""Capacity: what an organisation can do, rated by level, and the four levers it adds up to."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Flag, Length, Name, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.initiative.change import Lever
from payforsuccess.governance.initiative.evidence import Paper

Rated = Literal["government", "provider"]
"""Who is rated: the government that pays, and each provider, apart from each other."""


class Capacity(Model):
    """One capacity, with what it looks like at two levels."""

    name: Name = Field(description="Its short name, such as k1.")
    title: Text = Field(description="What it is.")
    lever: Lever = Field(description="The lever it belongs to.")
    of: tuple[Rated, ...] = Field(
        ("government", "provider"), min_length=1, description="Of whom it is asked."
    )
    level_1: Text = Field(description="What level 1 looks like.")
    level_3: Text = Field(description="What level 3 looks like.")


class CapacitySet(WholeFile):
    """A set of capacities with its levels, by name and version."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    name: Name = Field(description="The set's name.")
    version: WholeFromOne = Field(description="Its version.")
    says: Text = Field(description="Whose it is; a default of the product says so.")
    levels: tuple[Text, ...] = Field(min_length=5, max_length=5, description="Levels 0 to 4.")
    evidence_from: WholeFromZero = Field(2, description="The level from which evidence is needed.")
    blocks_at: WholeFromZero = Field(1, description="A lever at or below this is not ready.")
    rerate_every: Length = Field(description="How often ratings are made again.")
    capacities: tuple[Capacity, ...] = Field(min_length=1, description="The capacities.")


class Rating(Model):
    """One rater's level for one capacity of one organisation."""

    organisation: Text = Field(description="Who is rated.")
    capacity: Name = Field(description="The capacity.")
    level: WholeFromZero = Field(le=4, description="0 to 4.")
    rater: Text = Field(description="Who rates.")
    is_consensus: Flag = Field(False, description="Whether it is what the raters agreed on.")
    on: Day = Field(description="When.")
    evidence: Paper | None = Field(None, description="What shows it; needed from level 2 on.")


class Improvement(Model):
    """What an organisation does to come to a higher level."""

    organisation: Text = Field(description="Who.")
    capacity: Name = Field(description="The capacity.")
    to: WholeFromZero = Field(le=4, description="The level aimed at.")
    by: Day = Field(description="By when.")
    owner: Text = Field(description="Who brings it about.")
    says: Text = Field(description="What is done.")


class CapacityFile(WholeFile):
    """`capacity.yaml`: ratings of the government and of each provider, and plans to improve."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    set: Text = Field(description="The set: one that comes with the program, or a file beside.")
    standing: Literal["real", "illustrative"] = Field(description="Whether the ratings are real.")
    ratings: tuple[Rating, ...] = Field((), description="All ratings, the first ones included.")
    improvements: tuple[Improvement, ...] = Field((), description="Plans to improve.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        keys = [(r.organisation, r.capacity, r.rater, r.on, r.is_consensus) for r in self.ratings]
        if len(set(keys)) != len(keys):
            refuse("A rating stands twice.", "Keep one.", field="ratings")
        return self
