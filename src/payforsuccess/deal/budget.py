"""The payor's side: where money for payments comes from, what is held, what is asked for."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Amount,
    Day,
    Name,
    SignedAmount,
    Text,
    WholeFromOne,
    WholeFromZero,
    YearlyDay,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.money_file import MoneyFile
from payforsuccess.deal.votes import BudgetChange

SourceKind = Literal[
    "existing-stream",
    "new-appropriation",
    "set-aside",
    "trust-fund",
    "grant",
    "philanthropy",
    "savings-share",
]
RequestStatus = Literal[
    "draft", "submitted", "reviewed", "on-agenda", "adopted", "posted", "rejected", "withdrawn"
]


class Coding(Model):
    """How the payor's books name a payment: what a voucher carries."""

    fund: Text = Field(description="The fund.")
    unit: Text = Field(description="The budget unit.")
    account: Text = Field(description="The account.")
    vendor: Text = Field(description="The vendor's number or name in the payor's books.")
    encumbrance: Text | None = Field(None, description="The number of the encumbrance.")


class Fund(Model):
    """Money held for payments: a sinking or trust fund, a reserve, a plain appropriation."""

    name: Text = Field(description="Unique in the file.")
    payor: Text = Field(description="Whose it is.")
    kind: Literal["appropriation", "sinking", "trust", "reserve"] = Field(description="Its form.")
    opening: Amount = Field(description="Its balance before the first entry.")
    most: Amount | None = Field(None, description="The most it may hold, by its law.")
    coding: Coding | None = Field(None, description="How payments from it are coded.")


class YearAmount(Model):
    """An amount in one fiscal year."""

    fiscal_year: WholeFromZero = Field(description="Named by the year in which it ends.")
    amount: Amount = Field(description="How much.")
    of: Amount | None = Field(
        None, description="All that the programme or stream spends in the year, this included."
    )

    @model_validator(mode="after")
    def _part(self) -> Self:
        if self.of is not None and self.of < self.amount:
            refuse(
                "The whole is less than its part.", "Give the whole programme's money.", field="of"
            )
        return self


class FundingSource(Model):
    """Where money for payments comes from, by fiscal year.

    New money says why no existing stream serves, and which were considered.
    """

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What it is.")
    kind: SourceKind = Field(description="The kind of source.")
    payor: Text = Field(description="The payor that it pays for.")
    department: Text | None = Field(None, description="The department whose budget it is in.")
    fund: Text = Field(description="The fund it goes into.")
    years: tuple[YearAmount, ...] = Field(min_length=1, description="How much, by fiscal year.")
    standing: Literal["planned", "appropriated"] = Field(
        description="Whether it is planned, or appropriated so that it can be paid from."
    )
    reason: Text | None = Field(None, description="Why new money is asked for.")
    considered: tuple[Text, ...] = Field(
        (), description="Existing streams that were considered, each with why it does not serve."
    )
    assistance_number: Text | None = Field(
        None, description="The assistance listing number, for federal money."
    )

    @model_validator(mode="after")
    def _new_money_says_why(self) -> Self:
        if self.kind == "new-appropriation" and (self.reason is None or not self.considered):
            refuse(
                "New money is asked for without saying why, or which existing streams were "
                "considered.",
                "Give `reason` and `considered`; existing streams are preferred.",
                field="reason",
            )
        return self


class FundEntry(Model):
    """Money that moved into or out of a fund."""

    on: Day = Field(description="The day.")
    fund: Text = Field(description="The fund.")
    kind: Literal["deposit", "interest", "paid", "released"] = Field(
        description="In (deposit, interest) or out (paid, released)."
    )
    amount: Amount = Field(description="How much.")
    statement: WholeFromOne | None = Field(None, description="The statement it paid, for `paid`.")
    of_payor: Text | None = Field(
        None,
        description="Where one payor pays another's part and is paid back: the other, on what was "
        "paid for it and on the deposit with which it pays back.",
    )
    reference: Text = Field(description="Warrant, journal or payment number.")

    @model_validator(mode="after")
    def _pays_a_statement(self) -> Self:
        if (self.kind == "paid") != (self.statement is not None):
            refuse(
                "What is paid names the statement it pays, and only such an entry.",
                "Give `statement` with `kind: paid`.",
                field="statement",
            )
        if self.of_payor is not None and self.kind not in ("paid", "deposit"):
            refuse(
                "Another payor's part is paid, or paid back.",
                "Leave `of_payor` out.",
                field="of_payor",
            )
        return self


class RequestApproval(Model):
    """One step on a request's way."""

    by: Text = Field(description="Who.")
    role: Text = Field(description="In which office.")
    on: Day = Field(description="The day.")


class Augmentation(Model):
    """A request for more appropriation, county-wide or in one department.

    A department that gives appropriation up to another states it below 0.
    """

    name: Name = Field(description="Unique in the file.")
    level: Literal["county-wide", "department"] = Field(description="At which level.")
    department: Text | None = Field(None, description="The department, at its level.")
    fiscal_year: WholeFromZero = Field(description="For which fiscal year.")
    amount: SignedAmount = Field(description="How much; below 0 where a department gives it up.")
    change: BudgetChange = Field(description="The kind of change, which decides the votes.")
    source: Name = Field(description="The funding source.")
    reason: Text = Field(description="Why.")
    outcome: Name | None = Field(None, description="The outcome of the deal it pays for.")
    status: RequestStatus = Field(description="Where it stands.")
    vote_on: Day = Field(description="The day of the vote: the seats in force then count.")
    votes_at_least: WholeFromOne | None = Field(
        None, description="More votes than the rule needs, as Counsel asks."
    )
    counsel_reason: Text | None = Field(None, description="Counsel's reason for it.")
    votes_cast: WholeFromZero | None = Field(None, description="The votes for it, once cast.")
    approvals: tuple[RequestApproval, ...] = Field((), description="Who has agreed so far.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.level == "department") != (self.department is not None):
            refuse(
                "A departmental request names its department, and only such a request.",
                "Give `department`, or set `level: county-wide`.",
                field="department",
            )
        if self.amount == 0 or (self.amount < 0 and self.level == "county-wide"):
            refuse(
                "A request asks for money; only a department can give some up.",
                "Write an amount above 0.",
                field="amount",
            )
        if (self.votes_at_least is None) != (self.counsel_reason is None):
            refuse(
                "More votes need Counsel's reason, and a reason is for more votes.",
                "Give both `votes_at_least` and `counsel_reason`, or neither.",
                field="counsel_reason",
            )
        if self.status in ("adopted", "posted") and self.votes_cast is None:
            refuse(
                "A request that was adopted says with how many votes.",
                "Give `votes_cast`.",
                field="votes_cast",
            )
        return self


class Encumbrance(Model):
    """Appropriation set apart for this deal and not yet spent."""

    fiscal_year: WholeFromZero = Field(description="The fiscal year.")
    fund: Text = Field(description="The fund.")
    amount: Amount = Field(description="How much.")
    reference: Text = Field(description="Its number.")


class BudgetFile(MoneyFile):
    """`budget.yaml` beside a deal: funds, sources, what moved, what is asked for.

    A payor's funds are paid from in the order in which they stand.
    """

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text | None = Field(None, description="What it is about.")
    standing: Literal["illustrative", "draft", "adopted"] = Field(
        description="Whether its numbers are made up, proposed, or from an adopted budget."
    )
    as_of: Day = Field(description="The day up to which entries are complete.")
    fiscal_years: dict[Text, YearlyDay] = Field(
        default_factory=dict,
        description="The first day of the fiscal year of payors whose year is not the deal's.",
    )
    votes: Text = Field(
        "california-county",
        description="The rules for votes: the name of a table that comes with the program, or a "
        "file beside this one.",
    )
    funds: tuple[Fund, ...] = Field(min_length=1, description="The funds.")
    sources: tuple[FundingSource, ...] = Field((), description="Where money comes from.")
    entries: tuple[FundEntry, ...] = Field((), description="What moved, by day.")
    encumbrances: tuple[Encumbrance, ...] = Field((), description="What is set apart.")
    requests: tuple[Augmentation, ...] = Field((), description="What is asked for.")

    def funds_of(self, payor: str) -> tuple[Fund, ...]:
        """A payor's funds, in the order in which they are paid from."""
        return tuple(fund for fund in self.funds if fund.payor == payor)
