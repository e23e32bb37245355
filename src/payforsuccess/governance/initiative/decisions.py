"""Decisions on record, who has which part in them, risks, and moves along the lifecycle."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, CountedDay, ExactAboveZero, Flag, Name, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.governance.initiative.evidence import Paper


class Decision(Model):
    """A decision, with the metric or evidence it rests on."""

    name: Name = Field(description="Unique in the file.")
    on: CountedDay = Field(description="The day.")
    by: Text = Field(description="The body or person that decided.")
    says: Text = Field(description="What was decided.")
    reasons: Text = Field(description="Why.")
    evidence: tuple[Text, ...] = Field(
        (), description="The metrics, runs or papers it used; a decision without is counted."
    )
    answers: Name | None = Field(None, description="The condition or dispute it settles.")
    paper: Paper | None = Field(
        None, description="Where it is written; not what it rests on, which is its evidence."
    )


class PartInDecision(Model):
    """Who is responsible, accountable, consulted and informed for one kind of decision."""

    decision: Text = Field(description="The kind of decision.")
    responsible: tuple[Text, ...] = Field(min_length=1, description="Who prepares it.")
    accountable: Text = Field(description="The one who answers for it.")
    consulted: tuple[Text, ...] = Field((), description="Who is asked before.")
    informed: tuple[Text, ...] = Field((), description="Who is told after.")


class Risk(Model):
    """A risk, with who bears it before and after the contract."""

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What may happen.")
    before: tuple[Text, ...] = Field(min_length=1, description="Who bears it without the contract.")
    after: tuple[Text, ...] = Field(min_length=1, description="Who bears it under the contract.")
    likelihood: Literal["low", "medium", "high"] = Field(description="How likely.")
    effect: Literal["low", "medium", "high"] = Field(description="How bad.")
    response: Text = Field(description="What is done about it.")
    owner: Text = Field(description="Who watches it.")


class PublicCost(Model):
    """What public money pays whatever the outcomes are: no contract is without it."""

    kind: Literal["evaluator", "staff", "services", "other"] = Field(description="What for.")
    says: Text = Field(description="What it is; that it costs the public nothing, and why.")
    paid_by: Text = Field(description="Who pays.")
    amount: Amount | None = Field(None, description="How much; unknown, if left out.")
    already_paid_by: Text | None = Field(
        None, description="The other public source that pays for these services already."
    )


class Move(Model):
    """A step of the initiative along its lifecycle."""

    to: Name = Field(description="The stage it moved to.")
    on: CountedDay = Field(description="The day.")
    by: Text = Field(description="Who decided.")
    reason: Text | None = Field(None, description="Why; required for a stop and for an override.")
    overrides: tuple[Name, ...] = Field(
        (), description="Conditions that were not met and that the body accepted, with the reason."
    )

    @model_validator(mode="after")
    def _overrides_say_why(self) -> Self:
        if self.overrides and self.reason is None:
            refuse("A condition is passed over without a reason.", "Say why.", field="reason")
        return self


class Priority(Model):
    """A flag that puts the initiative first in the pipeline, with the motion it comes from."""

    source: Paper = Field(description="The motion or decision that set it.")
    set_on: CountedDay | None = Field(None, description="When.")
    removed_by: Text | None = Field(None, description="The authority that removed it.")
    removed_on: CountedDay | None = Field(None, description="When.")

    @model_validator(mode="after")
    def _removed_by_someone(self) -> Self:
        if (self.removed_by is None) != (self.removed_on is None):
            refuse(
                "A priority is removed by an authority on a day.",
                "Give both, or neither.",
                field="removed_by",
            )
        return self


class Mechanism(Model):
    """The approved path to contract and to finance, without which ready is not enough."""

    contracting: Paper | None = Field(None, description="The approved contracting path.")
    contracting_approved_on: CountedDay | None = Field(None, description="When it was approved.")
    financing: Paper | None = Field(None, description="The approved financing path.")
    financing_approved_on: CountedDay | None = Field(None, description="When it was approved.")


class Proof(Model):
    """One of the two proofs: outcomes for people, or savings; or a Board finding in place of the
    second."""

    of: Literal["outcomes", "savings", "board-finding"] = Field(description="Which.")
    says: Text = Field(description="What is shown, or found, and why.")
    is_shown: Flag = Field(
        description="Whether that proves it; no effect, or no savings, is written false."
    )
    by: Text = Field(description="Who shows or found it.")
    on: CountedDay = Field(description="When.")
    paper: Paper = Field(description="Where it is written.")


class CounselOpinion(Model):
    """Counsel's opinion on authority and the debt limit."""

    by: Text = Field(description="Who gave the opinion.")
    on: CountedDay = Field(description="When.")
    allows: Flag = Field(
        description="Whether by this opinion the contract may be made, and serves the public."
    )
    exception: Text = Field(description="The exception to the debt limit that is relied on.")
    validation: Literal["sought", "not-sought", "done"] = Field(
        description="Whether a court is asked to validate."
    )
    public_purpose: Text = Field(description="The finding of public purpose.")
    delegated_amount: Amount | None = Field(None, description="Up to what amount staff may act.")
    delegated_until: CountedDay | None = Field(None, description="Until when.")
    paper: Paper = Field(description="The opinion.")


class SustainedFunding(Model):
    """The promise to go on after success, subject to appropriation; it is no liability."""

    amount: ExactAboveZero = Field(description="How much a year, more than 0.")
    source: Text = Field(description="From which source.")
    starts_on: CountedDay = Field(description="From when.")
    body: Text = Field(description="The body that authorised it.")
    on: CountedDay = Field(description="When.")
    success_found_on: CountedDay | None = Field(None, description="The day success was found.")
    funded_on: CountedDay | None = Field(None, description="The day it was funded.")
    released_on: CountedDay | None = Field(None, description="The day it was formally released.")
    released_by: Text | None = Field(None, description="The body that released it.")
