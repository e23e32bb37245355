"""Who goes on serving the people who are in services when the deal ends."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import CountedDay, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.governance.initiative.evidence import Paper


class GroupHandedOver(Model):
    """People in services when the deal ends, together: by number, never by name."""

    name: Name = Field(description="Unique in the file.")
    people: WholeFromOne = Field(description="How many they are.")
    service: Text = Field(description="What they receive, and go on receiving.")
    to: Text = Field(description="Who goes on serving them.")
    paid_by: Text = Field(description="Who pays for it from then on.")
    from_: CountedDay = Field(alias="from", description="The first day on which the other serves.")
    agreed_on: CountedDay | None = Field(
        None, description="The day the one who goes on agreed to it."
    )
    paper: Paper | None = Field(None, description="Where that is written.")
    told_on: CountedDay | None = Field(
        None, description="The day the last of them was told, in a language he or she reads."
    )
    done_on: CountedDay | None = Field(
        None, description="The day the last of them was served by the other."
    )

    def is_agreed(self, *, on: date) -> bool:
        """Whether someone has agreed, on paper and by the day, to go on serving them."""
        return self.paper is not None and self.agreed_on is not None and self.agreed_on <= on

    def is_told(self, *, on: date) -> bool:
        """Whether all of them were told by the day."""
        return self.told_on is not None and self.told_on <= on

    def is_done(self, *, on: date) -> bool:
        """Whether all of them were served by the other by the day."""
        return self.done_on is not None and self.done_on <= on


class NobodyInServices(Model):
    """The finding that nobody is in services when the deal ends."""

    by: Text = Field(description="Who found it.")
    on: CountedDay = Field(description="When.")
    paper: Paper = Field(description="Where it is written.")


class Handover(Model):
    """The people in services when the deal ends: in groups, or the finding that there are none."""

    groups: tuple[GroupHandedOver, ...] = Field((), description="The people, group by group.")
    nobody: NobodyInServices | None = Field(
        None, description="In place of groups, that nobody is in services."
    )

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if bool(self.groups) == (self.nobody is not None):
            refuse(
                "Either people are handed over, or it was found that nobody is in services.",
                "Give `groups`, or `nobody`.",
                field="groups",
            )
        names = [each.name for each in self.groups]
        if len(set(names)) != len(names):
            refuse("A name stands twice.", "Give each its own.", field="groups")
        return self
