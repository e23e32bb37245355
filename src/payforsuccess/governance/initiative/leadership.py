"""The payor's part: engagement, commitment, goals, endorsements, and the money it asks about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import CountedDay, Fingerprint, Name, Text
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Endorsed, Paper

Step = Literal["population", "intervention", "outcome-targets"]


class Engagement(Model):
    """A dated contact with a leader."""

    with_: Text = Field(alias="with", description="The leader.")
    organisation: Text = Field(description="The leader's organisation.")
    on: CountedDay = Field(description="The day.")
    about: Text = Field(description="What was talked about, in one line.")


class Commitment(Model):
    """A leader's commitment, by one of the four ways."""

    leader: Text = Field(description="Who.")
    organisation: Text = Field(description="Of which organisation.")
    budget_authority: Text = Field(description="The budget the leader holds.")
    method: Literal["convening", "letter", "op-ed", "other"] = Field(description="How.")
    on: CountedDay = Field(description="The day.")
    paper: Paper = Field(description="The letter, notice or article.")


class PayorGoal(Model):
    """A goal the payor has of its own."""

    name: Name = Field(description="Unique in the file.")
    payor: Text = Field(description="Whose.")
    says: Text = Field(description="The goal.")


class ProjectGoal(Model):
    """A goal of the initiative, and the payor's goal it serves."""

    says: Text = Field(description="The goal.")
    serves: Name | None = Field(None, description="The payor's goal.")
    confirmed: Endorsed | None = Field(None, description="The payor's word that it fits.")


class SharedGoal(Model):
    """The one goal every party has endorsed: for whom, what changes, how it is measured."""

    says: Text = Field(description="The goal in one sentence.")
    population: Text = Field(description="For whom.")
    change: Text = Field(description="What is to change.")
    measure: Text = Field(description="How it is seen.")
    endorsed: tuple[Endorsed, ...] = Field((), description="Who endorsed it, and when.")


class PayorApproval(Model):
    """The payor's approval of the payment outcomes and targets, bound to what they then were.

    A later change of an outcome or a target of the deal makes it void.
    """

    by: Text = Field(description="The payor.")
    on: CountedDay = Field(description="The day.")
    of: Literal["intervention", "outcomes"] = Field(description="What it approves.")
    outcomes: Fingerprint | None = Field(
        None,
        description="The checksum of outcomes and terms that it approves, as `pfs gate` prints it.",
    )
    paper: Paper | None = Field(None, description="Where it is written.")


class FundingInformation(Model):
    """Something the payor has to know in order to fund."""

    item: Text = Field(description="What.")
    agency: Text = Field(description="Who has it.")
    owner: Text = Field(description="Who gets it.")
    due: CountedDay = Field(description="By when.")
    done_on: CountedDay | None = Field(None, description="When it was got.")


class StepLocked(Model):
    """A step of the plan that is settled: population, then intervention, then outcome targets."""

    step: Step = Field(description="Which.")
    on: CountedDay = Field(description="The day it was settled.")
    by: Text = Field(description="By whom.")
    overrides: Text | None = Field(
        None, description="Why it was settled while an earlier step was open."
    )
