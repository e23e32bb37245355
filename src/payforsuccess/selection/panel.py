"""Who scores, who may not compete, and the ties that Counsel looks at."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import CountedDay, Flag, Name, Text
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Paper
from payforsuccess.governance.initiative.mandate import Clearance


class Declaration(Model):
    """A reviewer's word on conflicts of interest, given before the first score."""

    on: CountedDay = Field(description="When.")
    conflicts_with: tuple[Name, ...] = Field(
        (), description="Proposals the reviewer is tied to; the reviewer's scores of them go."
    )
    says: Text | None = Field(None, description="What the tie is.")
    paper: Paper | None = Field(None, description="The signed form.")


class LateTie(Model):
    """A tie that came to light after the declaration; the scores go, and a new ranking says so."""

    on: CountedDay = Field(description="The day on which it was decided that the scores go.")
    conflicts_with: tuple[Name, ...] = Field(
        min_length=1, description="The proposals; the reviewer's scores of them go."
    )
    says: Text = Field(description="What the tie is and how it came to light, naming no person.")
    decided_by: Text = Field(description="The office that decided it.")
    paper: Paper | None = Field(None, description="The decision.")


class Reviewer(Model):
    """A member of the panel."""

    name: Name = Field(description="A short name that stands in the scores.")
    person: Text = Field(description="Who.")
    organisation: Text = Field(description="Of which organisation.")
    is_outside: Flag = Field(False, description="Whether from outside the government.")
    declared: Declaration | None = Field(None, description="The declaration.")
    late_ties: tuple[LateTie, ...] = Field(
        (), description="Ties that came to light later, in the order of their days."
    )
    away: Text | None = Field(None, description="Why this reviewer scores nothing, where so.")

    @property
    def tied_to(self) -> tuple[str, ...]:
        """Every proposal that the reviewer is tied to, told of before scoring or later."""
        told = self.declared.conflicts_with if self.declared else ()
        return (*told, *(name for each in self.late_ties for name in each.conflicts_with))


class Barred(Model):
    """A person or organisation that may not compete, and why."""

    who: Text = Field(description="Who.")
    affiliates: tuple[Text, ...] = Field((), description="Firms under common control.")
    why: Literal["advisory-group", "drafted", "other"] = Field(description="Which bar.")
    says: Text = Field(description="What the person did, and when.")
    cleared: Clearance | None = Field(
        None,
        description="Counsel's clearance, which lifts the bar; never one for service on the "
        "advisory group, nor one for drafting where federal money is in it.",
    )


class OrganisationalConflict(Model):
    """A tie of an organisation that takes part; without Counsel's clearance it gets no award."""

    of: Text = Field(description="The organisation.")
    kind: Literal["unequal-access", "biased-ground-rules", "impaired-objectivity"] = Field(
        description="Which of the three."
    )
    mitigation: Text | None = Field(None, description="What is done about it.")
    cleared: Clearance | None = Field(None, description="Counsel's clearance, with its basis.")
