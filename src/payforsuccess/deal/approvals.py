"""What people say of an issued statement: who prepared it, who approves it, who returns it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Fingerprint, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.trail import fingerprint

Said = Literal["prepared", "approved", "returned"]


class ApprovalRecord(Model):
    """One person's word on one issued statement, chained to the word before it.

    It is bound to the statement by its fingerprint: of another statement it says nothing.
    """

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    statement: WholeFromOne = Field(description="The statement's number.")
    statement_fingerprint: Fingerprint = Field(description="The statement's fingerprint.")
    said: Said = Field(description="What the person did.")
    by: Text = Field(description="The person.")
    party: Text | None = Field(None, description="For which payor; nobody prepares for a party.")
    on: Day = Field(description="The day.")
    reason: Text | None = Field(None, description="Why it was returned.")
    previous: Fingerprint | None = Field(None, description="The record before it.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.said == "prepared") != (self.party is None):
            refuse("Who approves or returns does so for a party.", "Name it.", field="party")
        if (self.said == "returned") != (self.reason is not None):
            refuse("Who returns a statement says why.", "Give a reason.", field="reason")
        return self

    @property
    def who(self) -> str:
        """The person, however their name is spaced or in capitals."""
        return same_person(self.by)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole record."""
        return fingerprint(self.as_plain())

    def __str__(self) -> str:
        """Who said what, and when."""
        party = f" of {self.party}" if self.party else ""
        why = f": {self.reason}" if self.reason else ""
        return f"{self.said} by {self.by}{party} on {self.on}{why}"

    __repr__ = __str__


def same_person(name: str) -> str:
    """What two spellings of one person's name share: spaces and capitals do not tell people apart.

    "Ada  Oak" and "ada oak" are one; "A. Oak" is another, as far as a program can know.
    """
    return " ".join(name.split()).casefold()
