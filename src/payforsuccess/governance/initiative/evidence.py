"""What a record points to, so that a reader can find the paper."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import CountedDay, Fingerprint, Text
from payforsuccess.deal.model import Model, refuse

_NO_PAPER = ("na", "none", "tbd", "tba", "todo", "unknown", "pending", "x", "xx", "xxx")
"""What people write to fill a field; a paper of this name cannot be found."""


class Paper(Model):
    """A document kept elsewhere: a letter, a motion, minutes, a memo."""

    title: Text = Field(description="What it is.")
    where: Text = Field(description="Where it can be found: a page, a file, a book of minutes.")
    on: CountedDay | None = Field(None, description="Its date.")
    sha256: Fingerprint | None = Field(None, description="Its fingerprint, where it is a file.")

    @model_validator(mode="after")
    def _names_a_paper(self) -> Self:
        for field in ("title", "where"):
            said = "".join(letter for letter in getattr(self, field) if letter.isalnum())
            if not said or said.casefold() in _NO_PAPER:
                refuse(
                    "A reader cannot find a paper by this.",
                    "Write what it is and where it can be found; leave `paper` out until it is "
                    "there.",
                    field=field,
                )
        return self

    def __str__(self) -> str:
        """The title, and where it is."""
        return f"{self.title} ({self.where})"


class Endorsed(Model):
    """A party's yes to something, with its day."""

    by: Text = Field(description="The party, body or person.")
    on: CountedDay = Field(description="The day.")
    paper: Paper | None = Field(None, description="Where it is written.")
