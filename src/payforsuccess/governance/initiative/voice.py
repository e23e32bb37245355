"""The people served: their voice, harm done to them, ethics, and disputes between parties."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Amount, CountedDay, Flag, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Paper


class Voice(Model):
    """What a participant's or community representative said, and the reply."""

    by: Text = Field(description="The representative or group; never a participant's own name.")
    on: CountedDay = Field(description="When.")
    says: Text = Field(description="What was said.")
    reply: Text | None = Field(None, description="What was answered.")
    replied_on: CountedDay | None = Field(None, description="When.")


class Harm(Model):
    """A complaint, incident or safety report, with its clock."""

    number: Text = Field(description="Its number; never a name.")
    kind: Literal["complaint", "incident", "safety"] = Field(description="Which.")
    on: CountedDay = Field(description="The day it was reported.")
    says: Text = Field(description="What kind of thing happened, without anything personal.")
    payor_told_on: CountedDay | None = Field(None, description="The day the payor was told.")
    group_told_on: CountedDay | None = Field(
        None, description="The day the participant group was told."
    )
    stops_service: Flag = Field(False, description="Whether service stops until it is settled.")
    settled_on: CountedDay | None = Field(None, description="The day it was settled.")
    settled: Text | None = Field(None, description="How.")


class EthicsRecord(Model):
    """What must be on record before anyone is assigned at random."""

    board: Text = Field(description="The review board.")
    decision: Literal["approved", "exempt", "not-research", "refused"] = Field(
        description="What it decided."
    )
    basis: Text = Field(description="On what basis.")
    on: CountedDay = Field(description="When.")
    expires_on: CountedDay | None = Field(None, description="The last day it holds.")
    consent: Literal["consent", "waiver"] = Field(description="Consent of people, or its waiver.")
    anyone_in_custody: Flag = Field(description="Whether anyone is assigned while in custody.")
    custody_basis: Text | None = Field(
        None, description="The basis under 45 CFR 46 Subpart C, where someone is. Counsel checks."
    )
    scarcity: Text = Field(description="What shows that there are fewer places than people.")
    others_receive: Text = Field(description="What people not drawn receive.")
    outside_lottery: Text = Field(description="Who may be placed outside the lottery, and why.")
    paper: Paper = Field(description="The decision.")


class DisputeStepTaken(Model):
    """One step of a dispute."""

    step: Literal["operating", "executive", "expert"] = Field(description="Who decides.")
    opened_on: CountedDay = Field(description="The day it was opened.")
    settled_on: CountedDay | None = Field(None, description="The day it was settled.")
    says: Text | None = Field(None, description="How.")


class Dispute(Model):
    """A dispute on lines of a statement; what is not disputed is paid."""

    name: Name = Field(description="Unique in the file.")
    statement: WholeFromOne = Field(description="The statement's number.")
    lines: tuple[Text, ...] = Field(min_length=1, description="The lines disputed.")
    clause: Text = Field(description="The clause relied on.")
    amount: Amount = Field(description="How much is disputed.")
    raised_by: Text = Field(description="The party that raised it.")
    raised_on: CountedDay = Field(description="When.")
    steps: tuple[DisputeStepTaken, ...] = Field(min_length=1, description="The steps, in order.")
