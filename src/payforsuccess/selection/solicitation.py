"""A solicitation: what is asked for, how it is scored, who may score and who may not compete."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Amount,
    Day,
    Exact,
    ExactFromZero,
    Fingerprint,
    Flag,
    Name,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.initiative.evidence import Paper
from payforsuccess.governance.initiative.mandate import Clearance

Method = Literal["plain-average", "informed-average", "standardised", "rank-sum"]
Tie = Literal["highest-on-criterion", "lowest-cost", "panel-vote", "lot"]


class Stage(Model):
    """A step of the solicitation with its days."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    opens: Day = Field(description="Its first day.")
    closes: Day = Field(description="Its last day.")
    holds_award: Flag = Field(False, description="Whether no award is made while it is open.")


class ScoredCriterion(Model):
    """A criterion with its greatest number of points."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    points: ExactFromZero = Field(description="Its weight, as points out of the total.")
    anchors: tuple[Text, ...] = Field((), description="What each score from 0 up means.")
    is_cost: Flag = Field(False, description="Whether points follow from the lowest cost.")


class PassFail(Model):
    """Something a proposal has or is not looked at."""

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What it must have or be.")


class Declaration(Model):
    """A reviewer's word on conflicts of interest."""

    on: Day = Field(description="When.")
    conflicts_with: tuple[Name, ...] = Field((), description="Proposals the reviewer is tied to.")
    says: Text | None = Field(None, description="What the tie is.")
    paper: Paper | None = Field(None, description="The signed form.")


class Reviewer(Model):
    """A member of the panel."""

    name: Name = Field(description="A short name that stands in the scores.")
    person: Text = Field(description="Who.")
    organisation: Text = Field(description="Of which organisation.")
    is_outside: Flag = Field(False, description="Whether from outside the government.")
    declared: Declaration | None = Field(None, description="The declaration.")


class Barred(Model):
    """A person or organisation that may not compete, and why."""

    who: Text = Field(description="Who.")
    affiliates: tuple[Text, ...] = Field((), description="Firms under common control.")
    why: Literal["advisory-group", "drafted", "other"] = Field(description="Which bar.")
    says: Text = Field(description="What the person did, and when.")


class OrganisationalConflict(Model):
    """Counsel's view on unequal access, biased ground rules, impaired objectivity."""

    of: Text = Field(description="The organisation.")
    kind: Literal["unequal-access", "biased-ground-rules", "impaired-objectivity"] = Field(
        description="Which of the three."
    )
    mitigation: Text | None = Field(None, description="What is done about it.")
    cleared: Clearance | None = Field(None, description="Counsel's clearance, with its basis.")


class Proposal(Model):
    """What was handed in."""

    name: Name = Field(description="A short name that stands in the scores.")
    title: Text = Field(description="What it proposes.")
    by: Text = Field(description="The department or firm that leads it.")
    subcontractors: tuple[Text, ...] = Field((), description="Who else would do part of it.")
    received_on: Day = Field(description="When it came in.")
    cost: Amount | None = Field(None, description="Its cost, opened after quality is scored.")
    passes: tuple[Name, ...] = Field((), description="The checks it passes.")
    fails: tuple[Name, ...] = Field((), description="The checks it fails.")


class Award(Model):
    """The selection: which proposal, by whom, when, and why."""

    proposal: Name = Field(description="The proposal chosen.")
    decided_by: Text = Field(description="The body or office.")
    on: Day = Field(description="When.")
    reasons: Text = Field(description="Why; in full where it is not the one ranked first.")


class SolicitationFile(WholeFile):
    """`solicitation.yaml`: fixed before opening and sealed by its fingerprint."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    solicitation: Text = Field(description="Its name.")
    standing: Literal["real", "illustrative", "practice"] = Field(description="What it is.")
    for_: Literal["concept", "evaluator", "intermediary", "provider", "capital"] = Field(
        alias="for", description="What is sought."
    )
    issuer: Text = Field(description="Who issues it.")
    is_initial_initiative: Flag = Field(False, description="Whether advisers are barred from it.")
    federal_money: Flag = Field(False, description="Whether federal money is in it.")
    weights_source: Text = Field(description="Where the weights come from.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="Its steps, in order.")
    opens_on: Day = Field(description="When proposals are opened; terms are sealed before.")
    scores_lock_on: Day = Field(description="After this day no score changes.")
    scale: WholeFromOne = Field(description="Scores run from 0 to this.")
    criteria: tuple[ScoredCriterion, ...] = Field(min_length=1, description="What is scored.")
    checks: tuple[PassFail, ...] = Field((), description="What is passed or failed first.")
    method: Method = Field(description="How scores become a ranking.")
    drops_high_and_low: Flag = Field(False, description="Whether each one's extremes are dropped.")
    tie: Tie = Field(description="What settles a tie.")
    tie_criterion: Name | None = Field(None, description="The criterion, for a tie by criterion.")
    tie_lot_seed: Text | None = Field(None, description="The seed published before, for a lot.")
    spread_limit: Exact | None = Field(
        None, description="A spread between reviewers above this asks for a note."
    )
    protest_days: WholeFromOne = Field(5, description="Business days to give notice of protest.")
    answer_days: WholeFromOne = Field(10, description="Business days to answer a protest.")
    panel: tuple[Reviewer, ...] = Field((), description="Who scores.")
    barred: tuple[Barred, ...] = Field((), description="Who may not compete.")
    conflicts: tuple[OrganisationalConflict, ...] = Field((), description="Ties of organisations.")
    sealed: Fingerprint | None = Field(
        None, description="The fingerprint of terms and weights, as `pfs rank --seal` printed it."
    )
    sealed_on: Day | None = Field(None, description="The day of the seal; before the opening.")
    proposals: tuple[Proposal, ...] = Field((), description="What was handed in.")
    award: Award | None = Field(None, description="The selection, once it is made.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for field, names in (
            ("stages", [each.name for each in self.stages]),
            ("criteria", [each.name for each in self.criteria]),
            ("checks", [each.name for each in self.checks]),
            ("panel", [each.name for each in self.panel]),
            ("proposals", [each.name for each in self.proposals]),
        ):
            if len(set(names)) != len(names):
                refuse("A name stands twice.", "Give each its own.", field=field)
        if (self.tie == "highest-on-criterion") != (self.tie_criterion is not None):
            refuse(
                "A tie by criterion names the criterion, and only such a tie.",
                "Give `tie_criterion`.",
                field="tie_criterion",
            )
        if (self.tie == "lot") != (self.tie_lot_seed is not None):
            refuse(
                "A lot is drawn from a seed published before, and nothing else is.",
                "Give `tie_lot_seed`.",
                field="tie_lot_seed",
            )
        if not sum(criterion.points for criterion in self.criteria) > 0:
            refuse("No criterion has points.", "Give weights.", field="criteria")
        return self
