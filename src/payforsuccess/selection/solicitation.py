"""A solicitation: what is asked for, how it is scored, who scores and who took part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    CountedDay,
    DaysFromOne,
    Exact,
    ExactFromZero,
    Fingerprint,
    Flag,
    Name,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.errors import Problem
from payforsuccess.selection.panel import Barred, OrganisationalConflict, Reviewer
from payforsuccess.selection.proposals import Award, Proposal, Protest

Method = Literal["plain-average", "informed-average", "standardised", "rank-sum"]
AVERAGES: tuple[Method, ...] = ("plain-average", "informed-average")
Tie = Literal["highest-on-criterion", "lowest-cost", "panel-vote", "lot"]
Sought = Literal["concept", "evaluator", "intermediary", "provider", "capital"]


class Stage(Model):
    """A step of the solicitation with its days."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    opens: CountedDay = Field(description="Its first day.")
    closes: CountedDay = Field(description="Its last day.")
    holds_award: Flag = Field(False, description="Whether no award is made until it is over.")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.closes < self.opens:
            refuse("A stage ends before it begins.", "Correct a day.", field="closes")
        return self


class ScoredCriterion(Model):
    """A criterion with its greatest number of points."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    points: ExactFromZero = Field(description="Its weight, as points out of the total.")
    anchors: tuple[Text, ...] = Field((), description="What each score from 0 up means.")
    is_cost: Flag = Field(
        False,
        description="Whether nobody scores it: its points are the greatest number times the "
        "lowest cost over this one's cost.",
    )


class PassFail(Model):
    """Something a proposal has, or is not ranked."""

    name: Name = Field(description="Unique in the file.")
    says: Text = Field(description="What it must have or be.")


class SolicitationFile(WholeFile):
    """`solicitation.yaml`: its terms are fixed and sealed before proposals are opened."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    solicitation: Text = Field(description="Its name.")
    standing: Literal["real", "illustrative", "practice"] = Field(description="What it is.")
    for_: Sought = Field(alias="for", description="What is sought.")
    issuer: Text = Field(description="Who issues it.")
    is_initial_initiative: Flag = Field(False, description="Whether advisers are barred from it.")
    federal_money: Flag = Field(False, description="Whether federal money is in it.")
    weights_source: Text = Field(description="Where the weights come from.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="Its steps, in order.")
    due_on: CountedDay | None = Field(
        None, description="The last day on which proposals are taken; that of opening if left out."
    )
    opens_on: CountedDay = Field(description="When proposals are opened; terms are sealed before.")
    scores_lock_on: CountedDay = Field(description="After this day no score changes.")
    scale: WholeFromOne = Field(description="Scores run from 0 to this.")
    anchors: tuple[Text, ...] = Field(
        (), description="What each score from 0 up means, where a criterion says nothing else."
    )
    criteria: tuple[ScoredCriterion, ...] = Field(min_length=1, description="What is scored.")
    checks: tuple[PassFail, ...] = Field((), description="What is passed or failed first.")
    method: Method = Field(description="How scores become a ranking.")
    drops_high_and_low: Flag = Field(
        False, description="Whether each proposal's highest and lowest total are left out."
    )
    tie: Tie = Field(description="What settles a tie.")
    tie_criterion: Name | None = Field(None, description="The criterion, for a tie by criterion.")
    tie_lot_seed: Text | None = Field(None, description="The seed published before, for a lot.")
    spread_limit: Exact | None = Field(
        None, description="A spread between reviewers above this asks for a note."
    )
    protest_days: DaysFromOne = Field(5, description="Business days to give notice of protest.")
    answer_days: DaysFromOne = Field(10, description="Business days to answer a protest.")
    closed_on: tuple[CountedDay, ...] = Field(
        (), description="Days from Monday to Friday that are no business days."
    )
    panel: tuple[Reviewer, ...] = Field((), description="Who scores.")
    barred: tuple[Barred, ...] = Field((), description="Who may not compete.")
    conflicts: tuple[OrganisationalConflict, ...] = Field((), description="Ties of organisations.")
    sealed: Fingerprint | None = Field(
        None, description="The checksum of the terms, as `pfs rank --seal` printed it."
    )
    sealed_on: CountedDay | None = Field(
        None, description="The day of the seal; before the opening."
    )
    proposals: tuple[Proposal, ...] = Field((), description="What was handed in.")
    costs_opened_on: CountedDay | None = Field(
        None, description="When costs were opened; after the last score was given."
    )
    intent_on: CountedDay | None = Field(
        None, description="The day on which the intended award was announced to all proposers."
    )
    protests: tuple[Protest, ...] = Field((), description="Notices of protest.")
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
        if not sum(each.points for each in self.criteria if not each.is_cost) > 0:
            refuse("No criterion that is scored has points.", "Give weights.", field="criteria")
        if sum(each.is_cost for each in self.criteria) > 1:
            refuse("Two criteria are the cost.", "Keep one.", field="criteria")
        in_words = [("anchors", self.anchors)]
        in_words += [
            (f"criteria[{number}].anchors", each.anchors)
            for number, each in enumerate(self.criteria)
        ]
        for field, anchors in in_words:
            if anchors and len(anchors) != self.scale + 1:
                refuse(
                    f"Scores run from 0 to {self.scale}, and {len(anchors)} are put into words.",
                    f"Give {self.scale + 1} anchors, or none.",
                    field=field,
                )
        if self.drops_high_and_low and self.method not in AVERAGES:
            refuse(
                "The highest and lowest can be left out of an average only.",
                "Take `drops_high_and_low` out, or average.",
                field="drops_high_and_low",
            )
        self._settles_ties()
        self._days_in_order()
        return self

    def _settles_ties(self) -> None:
        if (self.tie == "highest-on-criterion") != (self.tie_criterion is not None):
            refuse(
                "A tie by criterion names the criterion, and only such a tie.",
                "Give `tie_criterion`, or take it out.",
                field="tie_criterion",
            )
        scored = [each.name for each in self.criteria if not each.is_cost]
        if self.tie_criterion is not None and self.tie_criterion not in scored:
            refuse(
                "The criterion that settles ties is not one that is scored.",
                f"Write one of: {', '.join(scored)}.",
                field="tie_criterion",
            )
        if (self.tie == "lot") != (self.tie_lot_seed is not None):
            refuse(
                "A lot is drawn from a seed published before, and nothing else is.",
                "Give `tie_lot_seed`, or take it out.",
                field="tie_lot_seed",
            )

    def _days_in_order(self) -> None:
        if self.scores_lock_on < self.opens_on:
            refuse(
                "Scores are locked before proposals are opened.",
                "Correct a day.",
                field="scores_lock_on",
            )
        if self.due_on is not None and self.due_on > self.opens_on:
            refuse("Proposals are opened before the last is due.", "Correct a day.", field="due_on")

    @property
    def last_day(self) -> date:
        """The last day on which proposals are taken."""
        return self.due_on or self.opens_on

    def proposal(self, name: str) -> Proposal:
        """The proposal of this name."""
        return next(each for each in self.proposals if each.name == name)


def check_names(solicitation: SolicitationFile) -> Iterator[Problem]:
    """Names of checks and proposals that the file does not have."""
    checks = [each.name for each in solicitation.checks]
    proposals = [each.name for each in solicitation.proposals]
    named: list[tuple[str, str, list[str], tuple[str | int, ...]]] = [
        (name, "check", checks, ("proposals", number, field))
        for number, proposal in enumerate(solicitation.proposals)
        for field, names in (("passes", proposal.passes), ("fails", proposal.fails))
        for name in names
    ]
    named += [
        (name, "proposal", proposals, ("panel", number, "declared"))
        for number, reviewer in enumerate(solicitation.panel)
        if reviewer.declared is not None
        for name in reviewer.declared.conflicts_with
    ]
    named += [
        (name, "proposal", proposals, ("panel", number, "late_ties", at))
        for number, reviewer in enumerate(solicitation.panel)
        for at, tie in enumerate(reviewer.late_ties)
        for name in tie.conflicts_with
    ]
    named += [
        (protest.by, "proposal", proposals, ("protests", number, "by"))
        for number, protest in enumerate(solicitation.protests)
    ]
    if solicitation.award is not None:
        named.append((solicitation.award.proposal, "proposal", proposals, ("award", "proposal")))
    for name, kind, known, path in named:
        if name not in known:
            close = nearest(name, known)
            yield Problem(
                f"`{name}` is no {kind} of this solicitation.",
                f"Did you mean `{close}`?"
                if close
                else f"Write one of: {ticked(known[:8])}."
                if known
                else "The file has none.",
                solicitation.place_of(*path),
            )
    for number, proposal in enumerate(solicitation.proposals):
        for name in sorted(set(proposal.passes) & set(proposal.fails)):
            yield Problem(
                f"A proposal both passes and fails `{name}`.",
                "Keep one.",
                solicitation.place_of("proposals", number, "fails"),
            )
