"""A state held without a break for a stated time."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Length, Name, WholeFromZero
from payforsuccess.deal.measures.measure import MeasureBase
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence


class HeldWithoutBreak(MeasureBase):
    """1 for a person who holds the state for `held_for` inside the window, else 0.

    A lapse is a run of days out of the state; at most `lapses` of them are allowed, none longer
    than `lapse_days`. With `lapses_lie: between-stays` it must lie between two stays inside the
    window: the time begins and ends on a day in the state, and someone who is out of it when the
    time is over does not hold it, even if the next stay begins the day after. With `anywhere` the
    time may also begin at the window's first day and end at its last: days out of the state there
    are a lapse too, also of someone who left for good. Excused days that are not counted, and days
    in custody that stop the clock, are passed over: they neither hold nor lapse.

    A state held long enough up to and on the day of an ending is 1, whatever the rule; else the
    rule speaks. With `succeed` the state is taken as held from the ending on; custody then ends
    nothing, and the records go on deciding. With stop-the-clock a death, a move or a transfer
    leaves a state not yet held long enough unknown. A good exit, or an ending that succeeds,
    begins a stay of its own, so that an allowed lapse may lie before it.
    """

    kind: Literal["held-without-break"]
    state: Name = Field(description="The state that is held, such as housed.")
    held_for: Length = Field(description="How long it must be held, such as 6 months.")
    lapses: WholeFromZero = Field(0, description="How many lapses are allowed.")
    lapse_days: WholeFromZero = Field(0, description="The longest lapse allowed, in days.")
    lapses_lie: Literal["between-stays", "anywhere"] = Field(
        "between-stays",
        description="Where a lapse may lie: only between two stays, so that someone who left for "
        "good does not hold it; or also at the window's beginning and its end.",
    )
    good_exits: tuple[Name, ...] = Field(
        (),
        description="Events, such as exit-permanent, from which on the state is taken as held to "
        "the window's end, for someone who held it before.",
    )

    @model_validator(mode="after")
    def _lapses_in_full(self) -> Self:
        if bool(self.lapses) != bool(self.lapse_days):
            refuse(
                sentence("Allowed lapses state both how many and how long."),
                sentence("Give `lapses` and `lapse_days` together, or neither."),
                field="lapses" if not self.lapses else "lapse_days",
            )
        if self.lapses_lie == "anywhere" and not self.lapses:
            refuse(
                sentence("Without allowed lapses none can lie anywhere."),
                sentence("Give `lapses` and `lapse_days`, or take `lapses_lie` away."),
                field="lapses_lie",
            )
        shortest = self.held_for.days or 28 * self.held_for.months
        if self.lapses and self.lapses * self.lapse_days >= shortest:
            refuse(
                sentence(
                    "The allowed lapses are together as long as the time the state must be held."
                ),
                sentence("Allow fewer or shorter ones."),
                field="lapse_days",
            )
        return self
