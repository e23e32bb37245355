"""The vocabulary of results: what was measured, who determined it, and what a statement says."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.elsewhere import Elsewhere
from payforsuccess.deal.estimates.followed import PayablePart, RuleFollowed
from payforsuccess.deal.fields import (
    Day,
    Exact,
    Fingerprint,
    Flag,
    Name,
    Share,
    Text,
    Whole,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact_text

Standing = Literal["provisional", "determined"]
Cause = Literal["correction", "determination", "amendment", "knock-on", "program"]


class GroupValue(Model):
    """The part of a value that falls to one subgroup."""

    group: Name = Field(description="The subgroup.")
    value: Exact = Field(description="Its part of the value.")


class Fact(Model):
    """Something true or false that a condition of a payment term asks for."""

    name: Name = Field(description="The fact, as the condition names it.")
    holds: Flag = Field(description="Whether it is so.")


class Result(Model):
    """One value of one outcome, for one period or one measurement point (and one cohort)."""

    outcome: Name = Field(description="The outcome.")
    period: WholeFromOne | None = Field(None, description="The payment period, counted from 1.")
    point: Name | None = Field(None, description="The measurement point.")
    cohort: Text | None = Field(None, description="The cohort, where the deal tells them apart.")
    value: Exact = Field(description="The value, exactly as determined or published.")
    people: WholeFromZero | None = Field(None, description="The number of people it rests on.")
    interval: tuple[Exact, Exact] | None = Field(None, description="The interval, for an effect.")
    p_value: Share | None = Field(
        None,
        description="The p-value of the plan's one test, looks before the end allowed for.",
    )
    no_p_value: Text | None = Field(
        None, description="Why there is no p-value, where the study's test tells nothing."
    )
    is_approximate: Flag = Field(
        False,
        description="Whether the value was computed in floating point, so that its last digits may "
        "differ between machines.",
    )
    groups: tuple[GroupValue, ...] = Field((), description="Parts of the value by subgroup.")
    facts: tuple[Fact, ...] = Field((), description="Facts that conditions ask for.")
    evidence: Fingerprint | None = Field(
        None, description="The fingerprint of the rows or the report it comes from."
    )
    source: Text | None = Field(None, description="Where the value is published, when it is.")
    followed: tuple[RuleFollowed, ...] = Field(
        (),
        description="The fall-back rules that the plan followed to the value, one after the other.",
    )
    parts: tuple[PayablePart, ...] = Field(
        (), description="The estimates the value is made of, where it is not the plan's own."
    )

    @model_validator(mode="after")
    def _one_slot(self) -> Self:
        if (self.period is None) == (self.point is None):
            refuse(
                sentence("A result is for one period or for one measurement point."),
                sentence("Give `period` or `point`, one of the two."),
                field="period",
            )
        if self.p_value is not None and self.no_p_value is not None:
            refuse(
                sentence("A result states a p-value and why it has none."),
                sentence("Keep the one that is so."),
                field="no_p_value",
            )
        return self

    @property
    def slot(self) -> tuple[str, str, str]:
        """Outcome, period or point, and cohort: what makes two results the same one."""
        when = f"period {self.period}" if self.period is not None else f"point {self.point}"
        return (self.outcome, when, self.cohort or "")


class Results(Model):
    """A results file: values not yet determined, or published ones."""

    format: WholeFromOne = Field(1, description="The format of the file.")
    results: tuple[Result, ...] = Field(description="The values.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the results in a total order; the order of rows is nothing."""
        ordered = sorted(self.results, key=lambda result: result.slot)
        return fingerprint([result.as_plain() for result in ordered])


class SignedRows(Model):
    """The rows by person of one outcome and period that were signed with its value."""

    outcome: Name = Field(description="The outcome.")
    period: WholeFromOne = Field(description="The payment period.")
    fingerprint: Fingerprint = Field(description="The fingerprint of the rows.")


class SealNamed(Model):
    """The seal of a plan that determined results rest on."""

    plan: Name = Field(description="The plan.")
    sealed: Fingerprint = Field(description="The fingerprint by which it was sealed.")
    on: Day = Field(description="The day of the seal, by its signer's word.")


class Determination(Model):
    """An evaluator's or validator's signed word on results: what payments read."""

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    party: Text = Field(description="The party that determines.")
    role: Literal["evaluator", "validator"] = Field(description="In which role.")
    signed_by: Text = Field(description="The named person who attests to it.")
    on: Day = Field(description="The day.")
    results: tuple[Result, ...] = Field(description="The values, as decimal text.")
    results_fingerprint: Fingerprint = Field(description="The fingerprint of the results file.")
    rows: tuple[SignedRows, ...] = Field((), description="The rows by person behind the values.")
    supersedes: WholeFromOne | None = Field(None, description="The determination it replaces.")
    reason: Text | None = Field(None, description="Why it replaces the earlier one.")
    signature: Text | None = Field(None, description="A detached signature, where one was given.")
    elsewhere: Elsewhere | None = Field(
        None, description="Where the results were made, if not from the deal's own records."
    )
    seals: tuple[SealNamed, ...] = Field(
        (), description="The seals of the plans that the values rest on, where these were sealed."
    )
    previous: Fingerprint | None = Field(None, description="The determination recorded before it.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole record."""
        return fingerprint(self.as_plain())

    def __str__(self) -> str:
        """Who signed what, a line a value."""
        replaced = f", in place of {self.supersedes}" if self.supersedes else ""
        counted = f"{len(self.results)} result{'' if len(self.results) == 1 else 's'}"
        lines = [
            f"Determination {self.number}{replaced}: {self.party} as {self.role}, signed by "
            f"{self.signed_by} on {self.on}",
            *(f"  {r.outcome} ({r.slot[1]}): {exact_text(r.value)}" for r in self._in_order()),
            *((f"  {self.elsewhere}",) if self.elsewhere is not None else ()),
            *(f"  by the plan {seal.plan} as sealed on {seal.on}" for seal in self.seals),
            f"{counted} on record. Checksum {self.fingerprint}",
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def _in_order(self) -> list[Result]:
        """The results by outcome and then by the number of the period: 2 before 10."""
        return sorted(self.results, key=lambda r: (r.outcome, r.period or 0, r.slot))


class ResultUsed(Model):
    """A result as a statement used it."""

    outcome: Name
    slot: Text
    cohort: str = ""
    value: Exact
    unit: Text
    standing: Standing
    people: WholeFromZero | None = None
    determination: WholeFromOne | None = None
    determined: Fingerprint | None = Field(None, description="The determination's fingerprint.")
    evidence: Fingerprint | None = None
    inputs: Fingerprint = Field(description="The fingerprint of the whole result.")
    result: Result | None = Field(None, description="The result itself, when it is no total.")
    by_person: Flag = Field(False, description="Whether rows by person stand behind it.")


class WrittenStep(Model):
    """A step as it is kept: what was done, what it gave, its clause, and the steps below."""

    says: Text
    gives: Text
    clause: str = ""
    of: tuple[WrittenStep, ...] = ()


class PayorAmount(Model):
    """One payor's part of a line, in minor units; `unfunded` passed its ceiling."""

    payor: Text
    amount: Whole
    unfunded: Whole = 0


class Line(Model):
    """One line of a statement: a payment term in a period, or a change to an earlier one."""

    term: Name
    period: WholeFromOne
    kind: Literal["line", "released", "correction"]
    cause: Cause | None = None
    because: str = Field("", description="The cause in words; a knock-on names the line behind it.")
    clause: Text
    amount: Whole = Field(description="Minor units; what this line adds to what was stated.")
    entitled: Whole = Field(description="The whole entitlement of the term in that period.")
    stated_before: Whole = Field(description="What earlier statements stated for it.")
    cut: Whole = Field(0, description="What ceilings took off.")
    carried: Whole = Field(0, description="What is carried to later periods.")
    held: Whole = Field(0, description="What conditions hold back so far.")
    bound_by: tuple[Text, ...] = Field((), description="The ceilings and floors that bound.")
    payors: tuple[PayorAmount, ...] = ()
    steps: tuple[WrittenStep, ...] = ()


class NotCorrected(Model):
    """A difference that the finality rules leave as it is."""

    term: Name
    period: WholeFromOne
    amount: Whole
    because: Text


class Balance(Model):
    """Stated = paid - recovered + owed - open credit - forgiven, all to date, in minor units."""

    stated: Whole
    paid: Whole
    recovered: Whole
    owed: Whole
    open_credit: Whole
    forgiven: Whole

    @model_validator(mode="after")
    def _closes(self) -> Self:
        rest = self.paid - self.recovered + self.owed - self.open_credit - self.forgiven
        if rest != self.stated:
            refuse(
                sentence("The balance does not close."),
                sentence("This is a fault of the program; report it."),
            )
        return self


class VersionUsed(Model):
    """A version of the deal that governed a period of the statement."""

    in_force_from: Day
    fingerprint: Fingerprint


class PaymentMade(Model):
    """Money that moved on a statement: a fact that the balance reads."""

    statement: WholeFromOne = Field(description="The statement's number.")
    on: Day = Field(description="The day.")
    amount: Exact = Field(description="How much, above 0.")
    kind: Literal["paid", "recovered"] = Field("paid", description="Which way it moved.")
    reference: Text | None = Field(None, description="The warrant or payment number.")


class Statement(Model):
    """A success-payment statement: every amount with its steps, chained to the one before."""

    format: WholeFromOne
    program: Text = Field(description="The version of this software that computed it.")
    deal: Text
    standing: Text = Field(description="The standing of the deal file.")
    deal_fingerprint: Fingerprint
    versions: tuple[VersionUsed, ...]
    is_certified: Flag
    currency: Text
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    period: WholeFromOne
    period_start: Day
    period_end: Day = Field(description="The last day of the period.")
    as_of: Day = Field(description="The day for which it was made.")
    due_on: Day | None = Field(None, description="The day by which it is to be paid.")
    results: tuple[ResultUsed, ...]
    results_fingerprint: Fingerprint
    people_fingerprint: Fingerprint | None = None
    lines: tuple[Line, ...]
    not_corrected: tuple[NotCorrected, ...] = ()
    total: Whole
    balance: Balance
    payments: tuple[PaymentMade, ...] = Field(
        (), description="The payments that the balance counts."
    )
    refused: tuple[Text, ...] = Field((), description="What was left out, and why.")
    accepted: tuple[Text, ...] = Field((), description="Reasons given for program differences.")
    previous: Fingerprint | None = Field(None, description="The statement before this one.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything the statement says."""
        return fingerprint(self.as_plain())

    @property
    def is_determined(self) -> bool:
        """Whether every result it pays on is determined."""
        return all(result.standing == "determined" for result in self.results)

    def payor_totals(self) -> dict[str, int]:
        """What each payor owes on this statement, in minor units: sums of its line parts."""
        totals: dict[str, int] = {}
        for line in self.lines:
            for part in line.payors:
                totals[part.payor] = totals.get(part.payor, 0) + part.amount
        return totals


class PaymentsFile(Model):
    """The payments made so far."""

    payments: tuple[PaymentMade, ...] = Field((), description="Each movement of money, once.")
