"""What every measure states: whom, from when, for how long, what ends the watching, which feeds."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Flag, Length, Name, Text, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

Rule = Literal["censor", "fail", "succeed", "stop-the-clock"]
"""What becomes of a person's result when something ends the watching before the window does.

censor: the result is unknown. fail: it is a failure. succeed: what came before decides, and the
rest of the window counts as free of the event. stop-the-clock: days in custody do not count and
the window runs on by as many; a death, a move or a transfer has no end, so the window closes on
its day and what was counted so far stands, while a test not yet met or failed by then is unknown.
"""

StartEvent = Literal["referral", "assignment", "enrolment", "exit", "event"]


class Population(Model):
    """Whose records are counted; without a limit, every enrolment of the deal."""

    says: Text = Field(description="The population in one plain sentence.")
    arms: tuple[Name, ...] = Field((), description="Only these arms; all when left out.")
    sites: tuple[Name, ...] = Field((), description="Only these sites; all when left out.")
    feeds: tuple[Name, ...] = Field(
        (), description="Only enrolments that these feeds report; all when left out."
    )
    enrolled_only: Flag = Field(
        False,
        description="Only people whom the programme enrolled: with a day of enrolment and, where "
        "an event starts the window, the first such event on that day or later and not after the "
        "day they left.",
    )
    starts_from: Day | None = Field(
        None, description="Only people whose start event is on this day or later."
    )
    starts_to: Day | None = Field(
        None, description="Only people whose start event is on this day or earlier."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_from and self.starts_to and self.starts_from > self.starts_to:
            refuse(
                sentence("The last start is before the first."),
                sentence("Swap the two days."),
                field="starts_to",
            )
        return self


class MeasureBase(Model):
    """What all measures of one person share. A subclass adds `kind` and what it counts.

    The window is half-open, `[start, start + length)`, from the day of the start event; month
    boundaries are counted from that day with the month's end clipped; with `looks: back` it is
    `[start - length, start)`. A window that some feed has not seen to its end, or that begins
    before a feed's `complete_from`, is unknown, never zero. The grain is the enrolment, not the
    person.
    """

    can_look_back: ClassVar[bool] = False
    """Whether the kind makes sense for the time before someone started."""

    population: Population = Field(description="Whose records are counted.")
    starts_at: StartEvent = Field(description="The event from whose day the window runs.")
    start_event: Name | None = Field(
        None,
        description="The kind of event that starts the window, when `starts_at: event`: the "
        "person's first on or after the enrolment's earliest day. It is not counted inside it.",
    )
    window: Length = Field(description="How long each person is watched, such as 364 days.")
    looks: Literal["ahead", "back"] = Field(
        "ahead",
        description="Whether the window begins on the day of the start event or ends the day "
        "before it: what people are compared with in a design of before and after. Nothing makes "
        "a window that looks back longer, and each of its feeds states `complete_from`.",
    )
    on_death: Rule = Field(description="What a death inside the window does to the result.")
    on_move: Rule = Field(description="What a move out of the records' reach does.")
    on_custody: Rule = Field(description="What time in custody does.")
    on_transfer: Rule | None = Field(
        None,
        description="What a transfer to another programme does; needed as soon as a feed has one.",
    )
    feeds: tuple[Name, ...] = Field(
        description="Every feed it needs; the window must be seen to its end in each of them, and "
        "stays and events that other feeds report do not count."
    )
    earned: Literal["when-the-window-ends", "as-it-happens"] = Field(
        "when-the-window-ends",
        description="The period a result belongs to: the one that holds the window's last day, or, "
        "part by part, the one in which it happened (days of a stay, the day of a milestone or of "
        "an amount). With a qualifier and `counts_from: start`, earlier days fall in the period "
        "that meets it.",
    )
    rounding: Literal["half-up", "down", "refuse"] = Field(
        "refuse",
        description="How one person's quantity is brought to whole units, for sums and gains; with "
        "refuse it stays exact, and one finer than the outcome's smallest step is refused.",
    )
    disclosure_threshold: WholeFromZero = Field(
        10,
        description="Counts of people from 1 to this number are hidden on pages made for others, "
        "such as `pfs equity` and `pfs track`. The parties' own pages show them.",
    )

    @model_validator(mode="after")
    def _stated_in_full(self) -> Self:
        if not self.feeds:
            refuse(
                sentence("The measure names no feed."),
                sentence("List the feeds it reads."),
                field="feeds",
            )
        if len(set(self.feeds)) != len(self.feeds):
            refuse(
                sentence("One feed is named twice."),
                sentence("Name each feed once."),
                field="feeds",
            )
        if (self.starts_at == "event") != (self.start_event is not None):
            refuse(
                sentence(
                    "A window that starts at an event names the event, and only such a window does."
                ),
                sentence("Set `starts_at: event` and `start_event`, or take `start_event` away."),
                field="start_event" if self.start_event else "starts_at",
            )
        if self.looks == "back" and "stop-the-clock" in (self.on_custody, self.on_move):
            refuse(
                sentence("A window that looks back has a fixed end, so nothing makes it run on."),
                sentence("Write another rule than stop-the-clock."),
                field="looks",
            )
        if self.looks == "back" and not self.can_look_back:
            refuse(
                sentence("A measure of this kind says nothing of the time before someone started."),
                sentence(
                    "Use days-in-state, event-absent, event-count, money-sum or "
                    "quarters-with-earnings, or take `looks` away."
                ),
                field="looks",
            )
        if self.looks == "back" and self.earned != "when-the-window-ends":
            refuse(
                sentence("Nothing is earned before someone started."),
                sentence("Take `earned` away, or `looks`."),
                field="earned",
            )
        return self


def refuse_failing(measure: MeasureBase, number: str) -> None:
    """Refuse `fail` of a measure whose result is a number; `number` begins the sentence."""
    for key in ("on_death", "on_move", "on_custody", "on_transfer"):
        if getattr(measure, key) == "fail":
            refuse(
                sentence("{number} is a number and cannot fail.", number=number),
                sentence(
                    "Write censor (it is unknown), succeed (what came before counts) or "
                    "stop-the-clock."
                ),
                field=key,
            )
