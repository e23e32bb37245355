"""What was handed in, who protested, and what was chosen."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, CountedDay, Fingerprint, Name, Text
from payforsuccess.deal.model import Model, refuse


class Proposal(Model):
    """What was handed in."""

    name: Name = Field(description="A short name that stands in the scores.")
    title: Text = Field(description="What it proposes.")
    by: Text = Field(description="The department or firm that leads it.")
    affiliates: tuple[Text, ...] = Field((), description="Firms under common control with it.")
    subcontractors: tuple[Text, ...] = Field((), description="Who else would do part of it.")
    people: tuple[Text, ...] = Field((), description="The people it names for the work.")
    received_on: CountedDay = Field(description="When it came in.")
    cost: Amount | None = Field(None, description="Its cost, opened after quality is scored.")
    passes: tuple[Name, ...] = Field((), description="The checks it passes.")
    fails: tuple[Name, ...] = Field((), description="The checks it fails.")
    discussion: Text | None = Field(
        None, description="The panel's note, where reviewers lie further apart than the limit."
    )


class Protest(Model):
    """A notice of protest; the award waits for its answer."""

    by: Name = Field(description="The proposal whose proposer protests.")
    on: CountedDay = Field(description="The day the notice came in.")
    says: Text = Field(description="What is objected to.")
    answered_on: CountedDay | None = Field(None, description="The day of the written answer.")
    answer: Literal["denied", "sustained", "withdrawn"] | None = Field(
        None, description="How it ended."
    )
    remedy: Text | None = Field(None, description="What was done, where it was sustained.")

    @model_validator(mode="after")
    def _answered_whole(self) -> Self:
        if (self.answered_on is None) != (self.answer is None):
            refuse(
                "An answer has a day and says how the protest ended.",
                "Give both `answered_on` and `answer`.",
                field="answered_on",
            )
        if self.answered_on is not None and self.answered_on < self.on:
            refuse("A protest is answered before it came in.", "Correct a day.", field="on")
        return self


class Award(Model):
    """The selection: which proposal, on which ranking, by whom, when, and why (R57)."""

    proposal: Name = Field(description="The proposal chosen.")
    ranking: Fingerprint = Field(
        description="The checksum of the ranking it rests on, as `pfs rank` prints it."
    )
    decided_by: Text = Field(description="The body or office.")
    on: CountedDay = Field(description="When.")
    reasons: Text = Field(description="Why.")
    why_not_first: Text | None = Field(
        None, description="Why not the one ranked first, where another is chosen."
    )
    panel_vote: Text | None = Field(
        None, description="How the panel voted, where nothing else settles a tie for the first."
    )
