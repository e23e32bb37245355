"""The registers of the four levers: agreements, access to data, policies, systems."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import CountedDay, DaysFromOne, Name, Text, WholeFromZero
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Paper


class Obligation(Model):
    """Something an agreement obliges a party to do."""

    says: Text = Field(description="What.")
    who: Text = Field(description="Who has to.")
    due: CountedDay | None = Field(None, description="By when.")
    done_on: CountedDay | None = Field(None, description="When it was done.")


class AgreementOnRecord(Model):
    """An agreement with its parties, dates, kind and obligations."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    kind: Literal[
        "letter-of-commitment",
        "mou",
        "contract",
        "service-agreement",
        "loan-or-grant",
        "evaluation-agreement",
        "data-sharing-agreement",
        "data-use-licence",
        "inter-payor-agreement",
        "referral-agreement",
        "other",
    ] = Field(description="Its kind.")
    parties: tuple[Text, ...] = Field(min_length=2, description="Who is bound.")
    signed_on: CountedDay | None = Field(None, description="The day of the last signature.")
    expires_on: CountedDay | None = Field(None, description="The last day it is in force.")
    obligations: tuple[Obligation, ...] = Field((), description="What it obliges to.")
    reused_from: Text | None = Field(None, description="The template or earlier agreement reused.")
    paper: Paper | None = Field(None, description="Where it is.")


class DataAccess(Model):
    """A source of data: who holds it, under which law, and how far access has come."""

    source: Name = Field(description="Unique in the file.")
    holder: Text = Field(description="Who holds it.")
    regime: Text = Field(description="The law it stands under.")
    agreement_needed: Text = Field(description="The agreement it needs.")
    status: Literal["not-asked", "asked", "drafted", "signed", "received"] = Field(
        description="How far it has come."
    )
    asked_on: CountedDay | None = Field(None, description="The day it was asked for.")
    first_file_on: CountedDay | None = Field(None, description="The day of the first usable file.")
    waits_for: tuple[Name, ...] = Field((), description="Sources that must come first.")
    days_expected: DaysFromOne | None = Field(None, description="Days it is expected to take.")


class Policy(Model):
    """A rule on how transactions occur and money may be allocated, and the change wanted."""

    name: Name = Field(description="Unique in the file.")
    group: Literal["fiscal", "procurement", "other"] = Field(description="The kind of policy.")
    title: Text = Field(description="The policy.")
    source: Text = Field(description="Where it is laid down.")
    present_rule: Text = Field(description="What it says now.")
    effect: Text = Field(description="What it does to outcomes contracts.")
    barrier: WholeFromZero = Field(le=3, description="0 no barrier, 1 slows, 2 hinders, 3 stops.")
    change: Text = Field(description="The change wanted.")
    proposed_by: Text | None = Field(
        None, description="Who proposes the change, where it is not the government itself."
    )
    owner: Text = Field(description="Who brings it about.")
    authority: Literal["department", "chief-executive", "board", "state", "federal"] = Field(
        description="Who can make it."
    )
    status: Literal["proposed", "drafted", "on-agenda", "adopted", "rejected"] = Field(
        description="How far it has come."
    )
    adopted_on: CountedDay | None = Field(None, description="When it was adopted.")


class System(Model):
    """A system or interface with its owner, refresh interval and quality."""

    name: Name = Field(description="Unique in the file.")
    owner: Text = Field(description="Who runs it.")
    holds: Text = Field(description="What it holds or does.")
    refreshed_every_days: DaysFromOne = Field(description="How often its data are renewed.")
    last_refreshed_on: CountedDay | None = Field(None, description="When they last were.")
    quality: Literal["unknown", "poor", "fair", "good"] = Field(description="How good they are.")
