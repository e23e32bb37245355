"""What happened to a deal's capital: closing, calls, cash in and out, tests, notices, votes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Amount,
    Day,
    Exact,
    Flag,
    Name,
    Share,
    SignedAmount,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.money_file import MoneyFile
from payforsuccess.errors import sentence


class Account(Model):
    """A bank account of the project, or one that holds money for success payments."""

    name: Name = Field(description="Unique in the file.")
    holds: Literal["project", "success-payments"] = Field(
        description="Whose cash: the project's, which the book is held against, or the payors' for "
        "success payments."
    )


class ClosingItem(Model):
    """Something that must be done before the first draw."""

    item: Text = Field(description="What.")
    by: Text = Field(description="The party that does it.")
    done_on: Day | None = Field(None, description="The day it was done; open when left out.")


class DrawCondition(Model):
    """What must be certified before each draw."""

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What is certified.")
    certified_by: Text = Field(description="The party that certifies it.")


class Certificate(Model):
    """One condition of one call, certified."""

    condition: Name = Field(description="The condition.")
    by: Text = Field(description="The party that certifies.")
    on: Day = Field(description="The day.")
    signed_by: Text | None = Field(None, description="The person who signed it.")


class CallAnswer(Model):
    """What the party of the tranche says to a call, once."""

    says: Literal["consents", "refuses"] = Field(description="Whether it will pay the call.")
    by: Text = Field(description="The party of the tranche.")
    person: Text = Field(description="The person who answered for it.")
    on: Day = Field(description="The day.")
    reason: Text | None = Field(None, description="Why it refuses.")

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.says == "refuses" and self.reason is None:
            refuse(
                sentence("A call is refused with a reason."), sentence("Write why."), field="reason"
            )
        return self


class Movement(Model):
    """An amount on a day."""

    on: Day = Field(description="The day the money moved.")
    amount: Amount = Field(description="How much.")


class CapitalCall(Model):
    """A call for capital on one tranche, and the money that came on it."""

    name: Name = Field(description="Unique in the file.")
    tranche: Name = Field(description="The tranche that is called.")
    asked_on: Day = Field(description="The day of the call.")
    due_on: Day = Field(description="The day by which the money is due.")
    amount: Amount = Field(description="How much is called.")
    called_by: Text | None = Field(None, description="The person who made the call.")
    certificates: tuple[Certificate, ...] = Field((), description="What was certified for it.")
    answer: CallAnswer | None = Field(None, description="What the party of the tranche said.")
    received: tuple[Movement, ...] = Field((), description="What came, on which days.")

    def is_refused(self, on: date) -> bool:
        """Whether it was refused by a day: nothing is owed on it then."""
        return self.answer is not None and self.answer.says == "refuses" and self.answer.on <= on

    def came(self, on: date) -> Fraction:
        """What had come on it by the end of a day."""
        return sum((each.amount for each in self.received if each.on <= on), Fraction(0))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due_on < self.asked_on:
            refuse(
                sentence("The call is due before it was made."),
                sentence("Swap the days."),
                field="due_on",
            )
        if any(each.on < self.asked_on for each in self.received):
            refuse(
                sentence("Money came before it was called."),
                sentence("Correct the day."),
                field="received",
            )
        if sum(each.amount for each in self.received) > self.amount:
            refuse(
                sentence("More came than was called."),
                sentence("Correct the amounts."),
                field="received",
            )
        if self.answer is not None and self.answer.on < self.asked_on:
            refuse(
                sentence("It was answered before it was made."),
                sentence("Correct the day."),
                field="answer",
            )
        if self.received and self.answer is not None and self.answer.says == "refuses":
            refuse(
                sentence("Money came on a call that was refused."),
                sentence("Correct it."),
                field="received",
            )
        return self


class Disbursement(Movement):
    """What the project paid out for a cost."""

    to: Text = Field(
        description="The party that was paid, or for whose services somebody else was."
    )
    says: Text | None = Field(None, description="What for, and who got it where that is no party.")


class PutOff(Movement):
    """A cost that was put off, so that a deferred fee is owed."""

    tranche: Name = Field(description="The deferred fee.")


class PaymentReceived(Movement):
    """A success payment that came in, into the pool of its payment term."""

    term: Name = Field(description="The payment term.")
    from_: Text = Field(alias="from", description="The payor.")


class Distribution(Movement):
    """What was paid out of success payments, or of money that was drawn and not used."""

    kind: Literal[
        "interest", "principal", "deferred-fee", "fee", "return", "release", "recycle"
    ] = Field(description="As what; `recycle` is money that funds more service instead.")
    tranche: Name | None = Field(
        None, description="The tranche it went to; of what is recycled, whose principal it was."
    )
    to: Text | None = Field(
        None,
        description="Or the party, where it is owed on no tranche. Of what is recycled: the other "
        "use or deal it went to; left out where it stays with the project.",
    )
    says: Text | None = Field(None, description="What for.")

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if self.kind == "recycle":
            return self
        if (self.tranche is None) == (self.to is None):
            refuse(
                "A distribution goes to a tranche or to a party.",
                "Give `tranche` or `to`, one of the two.",
                field="tranche",
            )
        if self.tranche is None and self.kind in ("interest", "principal", "deferred-fee"):
            refuse(f"{self.kind} is owed on a tranche.", "Give `tranche`.", field="tranche")
        return self


class BankBalance(Model):
    """What a bank says is on an account at the end of a day."""

    account: Name = Field(description="The account.")
    on: Day = Field(description="The day.")
    balance: SignedAmount = Field(description="The balance.")


class TriggerTest(Model):
    """A trigger of the deal as it was tested."""

    trigger: Name = Field(description="The trigger.")
    on: Day = Field(description="The day it was tested.")
    met: Flag = Field(description="Whether it was met.")
    by: Text = Field(description="The party that tested it.")
    value: Exact | None = Field(None, description="What was found.")


class NoticeGiven(Model):
    """A notice that one party gave another."""

    about: Text = Field(
        description="What it is about: a call, a statement (`statement 2`) or an event by name, or "
        "words."
    )
    on: Day = Field(description="The day.")
    by: Text = Field(description="Who gave it.")
    to: Text = Field(description="Who received it.")
    says: Text | None = Field(None, description="What it says.")


class Ballot(Model):
    """One lender's vote."""

    tranche: Name = Field(description="The tranche whose lender votes.")
    vote: Literal["yes", "no", "abstains"] = Field(description="How.")
    person: Text | None = Field(None, description="The person who voted for the lender.")


class LenderVote(Model):
    """A matter put to the lenders: each votes with the principal it is owed on the day."""

    matter: Text = Field(description="What is decided.")
    on: Day = Field(description="The day.")
    needs: Share = Field(description="The share of all principal owed that must vote yes.")
    more_than: Flag = Field(False, description="Whether it must be more than that share.")
    ballots: tuple[Ballot, ...] = Field(description="The votes; who is left out did not vote.")


class CapitalRecord(MoneyFile):
    """`capital.yaml`: read with the deal that lies beside it; facts alone, no plans."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text | None = Field(None, description="What it records, and from which books.")
    is_made_up: Flag = Field(
        False, description="Whether it is made up for illustration; every output says so."
    )
    accounts: tuple[Account, ...] = Field((), description="The bank accounts.")
    closing: tuple[ClosingItem, ...] = Field((), description="The closing checklist.")
    draw_conditions: tuple[DrawCondition, ...] = Field(
        (), description="What is certified for each call."
    )
    calls: tuple[CapitalCall, ...] = Field((), description="Calls for capital.")
    disbursements: tuple[Disbursement, ...] = Field((), description="Costs paid by the project.")
    put_off: tuple[PutOff, ...] = Field((), description="Costs put off as deferred fees.")
    payments: tuple[PaymentReceived, ...] = Field((), description="Success payments received.")
    distributions: tuple[Distribution, ...] = Field((), description="What was paid out of them.")
    payment_dates: tuple[Day, ...] = Field(
        (),
        description="Payment dates on which nothing was paid out: interest is settled on them too.",
    )
    bank: tuple[BankBalance, ...] = Field((), description="What the bank says.")
    tests: tuple[TriggerTest, ...] = Field((), description="Triggers as they were tested.")
    notices: tuple[NoticeGiven, ...] = Field((), description="Notices given.")
    votes: tuple[LenderVote, ...] = Field((), description="Matters put to the lenders.")

    @model_validator(mode="after")
    def _once(self) -> Self:
        for field, names in (
            ("accounts", [each.name for each in self.accounts]),
            ("draw_conditions", [each.name for each in self.draw_conditions]),
            ("calls", [each.name for each in self.calls]),
            ("tests", [each.trigger for each in self.tests]),
            ("bank", [f"{each.account} {each.on}" for each in self.bank]),
        ):
            if len(set(names)) != len(names):
                refuse(f"Something stands twice under `{field}`.", "Keep one.", field=field)
        if list(self.payment_dates) != sorted(set(self.payment_dates)):
            refuse(
                "The payment dates are not in order, each once.",
                "Put the earliest first, and take out what stands twice.",
                field="payment_dates",
            )
        return self
