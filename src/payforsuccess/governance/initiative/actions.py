"""What is done where a metric is off track: who, by when, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import CountedDay, Name, Text
from payforsuccess.deal.model import Model, refuse


class Action(Model):
    """Something that someone does by a day because a metric is off track."""

    name: Name = Field(description="Unique in the file.")
    metric: Name = Field(description="The outcome of the deal or the target it is for.")
    says: Text = Field(description="What is done.")
    owner: Text = Field(description="Who does it: a person or an office.")
    opened_on: CountedDay = Field(description="The day it was opened.")
    due: CountedDay = Field(description="The last day by which it is to be done.")
    body: Name | None = Field(
        None, description="The body that follows it; the lowest of the committees, if left out."
    )
    done_on: CountedDay | None = Field(None, description="The day it was done; open, if left out.")
    result: Text | None = Field(None, description="What came of it; required once it is done.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due < self.opened_on:
            refuse("It is due before it was opened.", "Correct one of the two.", field="due")
        if self.done_on is not None and self.done_on < self.opened_on:
            refuse("It was done before it was opened.", "Correct one day.", field="done_on")
        if (self.done_on is None) != (self.result is None):
            refuse(
                "An action that is done has a day and a result.",
                "Give `done_on` and `result`, or neither.",
                field="result",
            )
        return self

    def is_open(self, *, on: date) -> bool:
        """Whether it is under way on the day."""
        return self.opened_on <= on and (self.done_on is None or self.done_on > on)

    def days_overdue(self, *, on: date) -> int:
        """Days by which it is late; 0 on its due day, and once it is done."""
        return max(0, (on - self.due).days) if self.is_open(on=on) else 0
