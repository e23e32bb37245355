"""What the parties agreed for the people served: whom to ask, and what a no means."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import Flag, Text
from payforsuccess.deal.model import Model


class RightsInSpanish(Model):
    """The parties' own words for the page in Spanish; what is left out stands there in English."""

    programme: Text | None = Field(None, description="The name of the programme in Spanish.")
    ask: Text | None = Field(None, description="Whom to tell or ask, in Spanish.")
    complain: Text | None = Field(None, description="To whom to complain, in Spanish.")


class ParticipantRights(Model):
    """What people are told on the page of their rights, beside what the data agreements say."""

    programme: Text | None = Field(
        None, description="The name by which people know the programme; the deal's if left out."
    )
    ask: Text = Field(
        description="Whom to tell or ask: an office with a telephone number or an address, never "
        "one person's name."
    )
    complain: Text | None = Field(None, description="To whom to complain, outside the provider.")
    served_without: Flag | None = Field(
        None,
        description="Whether a person who says no to the use of records is served all the same; "
        "the page says that it is not agreed, if left out.",
    )
    spanish: RightsInSpanish | None = Field(
        None, description="What the parties wrote here, in Spanish, for the page in Spanish."
    )
