"""Days a person spends in one state, less the days in another."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Length, Name
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence


class DaysInState(MeasureBase):
    """Days (or whole months, quarters) in a state; a day counts at most once.

    `less` takes day sets off, not sums of days. A month or a quarter counts if every day of it
    does; they are counted from the window's first day, the month's end clipped. Excused days that
    are not counted do not count. `after_holding` is the qualifier: counting needs the state (not
    less anything) held that long without a break; it is met on the last of those days;
    `counts_from: start` then also earns the days before, else only later days count.

    Days up to and on the day of an ending count; censor makes the result unknown, succeed and
    stop-the-clock let them stand. Custody that succeeds ends nothing, and the records go on
    deciding; custody that stops the clock takes its days off, and the window and its months run on
    by as many.
    """

    can_look_back: ClassVar[bool] = True

    kind: Literal["days-in-state"]
    state: Name = Field(description="The state whose days count, such as housed.")
    less: Name | None = Field(None, description="The state whose days are taken off.")
    unit: Literal["day", "month", "quarter"] = Field("day", description="What is counted.")
    after_holding: Length | None = Field(
        None, description="How long the state must be held before any day counts."
    )
    counts_from: Literal["qualification", "start"] | None = Field(
        None, description="Whether days before the qualifier was met count too, once it is met."
    )

    @model_validator(mode="after")
    def _qualifier_in_full(self) -> Self:
        if (self.after_holding is None) != (self.counts_from is None):
            refuse(
                sentence(
                    "A qualifier states both how long the state is held and from when days count."
                ),
                sentence("Give `after_holding` and `counts_from` together, or neither."),
                field="counts_from" if self.counts_from is None else "after_holding",
            )
        refuse_failing(self, "A number of days")
        if self.less == self.state:
            refuse(
                sentence("A state cannot be taken off itself."),
                sentence("Name another state under `less`, or leave it out."),
                field="less",
            )
        return self
