"""The paying office's own books: what they say was paid, differences explained, wrong numbers."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Fingerprint, Text, Whole, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.trail import fingerprint


class ListedPayment(Model):
    """A payment as a list out of the paying office's books has it."""

    row: WholeFromOne = Field(description="Its row in the list.")
    number: Text = Field(description="The warrant or payment number.")
    on: Day = Field(description="The day of the payment.")
    amount: Whole = Field(description="Minor units; below 0 where it was taken back or cancelled.")
    vendor: Text | None = Field(None, description="To whom, as the books name them.")


class PaymentsList(Model):
    """A list of payments out of the books: every payment to the deal's vendors on its days."""

    since: Day = Field(description="The first day of which it tells.")
    through: Day = Field(description="The last day of which it tells.")
    currency: Text = Field(description="Of all its amounts.")
    content: Fingerprint = Field(description="The checksum of the list as it came.")
    left_out: WholeFromZero = Field(0, description="Rows of other vendors, which were not kept.")
    rows: tuple[ListedPayment, ...] = Field((), description="The payments.")

    @model_validator(mode="after")
    def _tells_of_its_days(self) -> Self:
        if self.through < self.since:
            refuse("The list ends before it begins.", "Turn the days round.", field="through")
        if any(not self.since <= row.on <= self.through for row in self.rows):
            refuse("A payment is not of the list's days.", "Correct the days.", field="rows")
        return self


class Explained(Model):
    """Why a difference stands, or what was done about it; it holds for that difference alone."""

    difference: Text = Field(description="The code of the difference: made of all that it says.")
    number: Text | None = Field(None, description="The warrant or payment number, if it has one.")
    reason: Text = Field(description="The explanation.")


class CorrectedNumber(Model):
    """The number under which a payment went out, where another was put on record or none."""

    payment: Fingerprint = Field(description="The payment as it was put on record.")
    statement: WholeFromOne = Field(description="The statement that it pays.")
    was: Text | None = Field(None, description="The number until then, if it had one.")
    number: Text = Field(description="The warrant or payment number that counts from then on.")
    reason: Text = Field(description="How the mistake came about, or was found.")


class ReconciliationRecord(Model):
    """A list, an explanation or a corrected number, chained to the record before it."""

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    by: Text = Field(description="The person.")
    on: Day = Field(description="The day.")
    listed: PaymentsList | None = Field(None, description="The list that came.")
    explained: Explained | None = Field(None, description="The difference that was explained.")
    corrected: CorrectedNumber | None = Field(None, description="The number that was corrected.")
    previous: Fingerprint | None = Field(None, description="The record before it.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(each is not None for each in (self.listed, self.explained, self.corrected)) != 1:
            refuse(
                "A record is a list, an explanation or a corrected number.",
                "Give one of them.",
                field="listed",
            )
        return self

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole record."""
        return fingerprint(self.as_plain())
