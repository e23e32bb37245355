"""What may change while people are watched, and is adjusted for as it changes."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import Name
from payforsuccess.deal.model import Model


class Changing(Model):
    """A fact about people that changes, or whether they are in a state, on each day watched.

    A change counts from the day after its date, so that what an event itself brings about on its
    own day, such as a job that is lost, does not explain the event.
    """

    name: Name = Field(
        description="The fact about people, as last known; with `state`, a name of your own."
    )
    state: Name | None = Field(
        None,
        description="Whether someone is in this state, such as `housed`: 1 during its spells in "
        "the measure's feeds, else 0.",
    )
