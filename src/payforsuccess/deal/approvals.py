"""What people say of an issued statement: who prepared, approves, returns or answers for it."""

from __future__ import annotations

import unicodedata
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.bare_name import bare_name
from payforsuccess.deal.fields import Day, Fingerprint, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.trail import fingerprint

Said = Literal["prepared", "approved", "returned", "answered"]


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
    party: Text | None = Field(
        None, description="For which payor; nobody prepares or answers for one."
    )
    on: Day = Field(description="The day.")
    reason: Text | None = Field(None, description="Why it was returned, or what was answered.")
    previous: Fingerprint | None = Field(None, description="The record before it.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.said in ("prepared", "answered")) != (self.party is None):
            refuse("Who approves or returns does so for a party.", "Name it.", field="party")
        if (self.said in ("returned", "answered")) != (self.reason is not None):
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
    """What two spellings of one person's name share: its words, without capitals, marks and order.

    "Ada  Oak", "ada oak", "Áda Oak" and "Oak, Ada" are one. "A. Oak" is another here;
    `may_be_one` says that the two cannot be told apart.
    """
    return " ".join(sorted(_words(name)))


def may_be_one(name: str, other: str) -> bool:
    """Whether two names may be one person's: the same words, or initials where the other has words.

    "A. Oak" and "Ada Oak" may be; two people who share initials and a name write theirs in full.
    """
    mine, theirs = _words(name), _words(other)
    if len(mine) != len(theirs):
        return False
    for word in mine:
        match = next((each for each in theirs if _is_short_for(word, each)), None)
        if match is None:
            return False
        theirs.remove(match)
    return True


def is_of_one_alphabet(name: str) -> bool:
    """Whether all its letters are of one alphabet: a Greek letter among Latin ones only looks like
    one of them."""
    return len({unicodedata.name(one, "?").split()[0] for one in name if one.isalpha()}) <= 1


def _words(name: str) -> list[str]:
    """Longest first, so that a whole word meets its like before an initial does."""
    words = "".join(one if one.isalnum() else " " for one in bare_name(name)).split()
    return sorted(words, key=lambda word: (-len(word), word))


def _is_short_for(word: str, other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return word == other
