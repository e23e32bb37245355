"""What a record points to, so that a reader can find the paper."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import CountedDay, Fingerprint, Text
from payforsuccess.deal.model import Model


class Paper(Model):
    """A document kept elsewhere: a letter, a motion, minutes, a memo."""

    title: Text = Field(description="What it is.")
    where: Text = Field(description="Where it can be found: a page, a file, a book of minutes.")
    on: CountedDay | None = Field(None, description="Its date.")
    sha256: Fingerprint | None = Field(None, description="Its fingerprint, where it is a file.")

    def __str__(self) -> str:
        """The title, and where it is."""
        return f"{self.title} ({self.where})"


class Endorsed(Model):
    """A party's yes to something, with its day."""

    by: Text = Field(description="The party, body or person.")
    on: CountedDay = Field(description="The day.")
    paper: Paper | None = Field(None, description="Where it is written.")
