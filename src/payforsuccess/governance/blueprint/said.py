"""A statement of a blueprint, with where it comes from: a source, a decision, or a proposal."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.governance.initiative.evidence import Paper


class Stated(Model):
    """Something stated, with its standing; nothing is shown as sourced that names no source."""

    standing: Literal["sourced", "adopted", "proposal"] = Field(
        "proposal",
        description="Taken from a source, adopted by the body that the source shows, or a proposal "
        "of the one that `proposed_by` of the file names.",
    )
    sources: tuple[Paper, ...] = Field((), description="Where it comes from.")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.standing != "proposal" and not self.sources:
            refuse(
                f"This is said to be {self.standing}, and no source is named.",
                "Name the source, or set `standing: proposal`.",
                field="sources",
            )
        return self


class Guideline(Stated):
    """A guideline on one subject."""

    subject: Text = Field(description="What it is about, in a few words.")
    says: Text = Field(description="The guideline.")


class OpenPoint(Model):
    """Something that is not known or not decided; the report shows it as open."""

    part: Literal["a", "b", "c", "d", "whole"] = Field(description="The part it belongs to.")
    says: Text = Field(description="What is open.")
    do: Text | None = Field(None, description="Who can settle it, and how.")
