"""`initiative.yaml`: one initiative from the idea to sustained funding."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.deal import Standing
from payforsuccess.deal.fields import (
    Amount,
    CountedDay,
    DaysFromOne,
    Flag,
    Name,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.model import refuse
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.governance.initiative.actions import Action
from payforsuccess.governance.initiative.agreements import (
    AgreementOnRecord,
    DataAccess,
    Policy,
    System,
)
from payforsuccess.governance.initiative.change import (
    Headcount,
    Hours,
    Incentive,
    LearningNote,
    PracticeChange,
    Reused,
    Routine,
    ScaleStep,
    SupportMoney,
    SystemsChange,
    Target,
    Training,
)
from payforsuccess.governance.initiative.decisions import (
    CounselOpinion,
    Decision,
    Mechanism,
    Move,
    PartInDecision,
    Priority,
    Proof,
    PublicCost,
    Risk,
    SustainedFunding,
)
from payforsuccess.governance.initiative.handover import Handover
from payforsuccess.governance.initiative.leadership import (
    Commitment,
    Engagement,
    FundingInformation,
    PayorApproval,
    PayorGoal,
    ProjectGoal,
    SharedGoal,
    StepLocked,
)
from payforsuccess.governance.initiative.mandate import AdvisoryGroup, Motion
from payforsuccess.governance.initiative.parties import (
    Feasibility,
    Independence,
    Member,
    Organisation,
    PayorShare,
    ProjectManager,
)
from payforsuccess.governance.initiative.team import (
    Body,
    Coordinator,
    Meeting,
    Milestone,
    PlanningTeam,
    RecordsRequest,
)
from payforsuccess.governance.initiative.voice import Dispute, EthicsRecord, Harm, Voice

ContractType = Literal["with-investors", "without-investors", "part-of-existing-contract"]
PolicyArea = Literal[
    "housing-and-homelessness",
    "social-services",
    "public-safety",
    "health",
    "mental-health",
    "children-and-families",
    "education",
    "employment",
    "other",
]


class Initiative(WholeFile):
    """All that people did and decided for one initiative. Nothing here is computed."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    initiative: Text = Field(description="Its name.")
    standing: Standing = Field(description="Whether it is real, illustrative or for practice.")
    department: Text = Field(description="The department that leads it.")
    jurisdiction: Text = Field(description="The government.")
    contract_type: ContractType = Field(
        description="With outside investors, without, or a part of an existing contract."
    )
    policy_areas: tuple[PolicyArea, ...] = Field(min_length=1, description="One or more.")
    population: Text = Field(description="Who it is for.")
    intervention: Text | None = Field(None, description="What is done for them.")
    started_on: CountedDay = Field(description="The day the idea was put on file.")
    from_blueprint: Text | None = Field(None, description="The blueprint it was started from.")
    priority: Priority | None = Field(None, description="Why it comes first in the pipeline.")
    moves: tuple[Move, ...] = Field((), description="Its way along the lifecycle, in order.")
    motion: Motion | None = Field(None, description="The Board's motion.")
    advisory_group: AdvisoryGroup | None = Field(None, description="The advisory group.")
    organisations: tuple[Organisation, ...] = Field((), description="Who takes part.")
    members: tuple[Member, ...] = Field((), description="The people who speak for them.")
    payors: tuple[PayorShare, ...] = Field((), description="The end payors and their shares.")
    engagements: tuple[Engagement, ...] = Field((), description="Contacts with leaders.")
    engagement_days: DaysFromOne = Field(60, description="Days without contact to alert at.")
    commitments: tuple[Commitment, ...] = Field((), description="Leaders' commitments.")
    payor_goals: tuple[PayorGoal, ...] = Field((), description="The payors' own goals.")
    goals: tuple[ProjectGoal, ...] = Field((), description="The initiative's goals.")
    shared_goal: SharedGoal | None = Field(None, description="The goal all endorsed.")
    approvals: tuple[PayorApproval, ...] = Field((), description="What the payors approved.")
    funding_information: tuple[FundingInformation, ...] = Field(
        (), description="What the payor has to know in order to fund."
    )
    steps: tuple[StepLocked, ...] = Field((), description="Steps of the plan that are settled.")
    team: PlanningTeam | None = Field(None, description="The planning team.")
    coordinator: Coordinator | None = Field(None, description="The project coordinator.")
    bodies: tuple[Body, ...] = Field((), description="The committees.")
    meetings: tuple[Meeting, ...] = Field((), description="Their meetings.")
    records_requests: tuple[RecordsRequest, ...] = Field((), description="Public records requests.")
    milestones: tuple[Milestone, ...] = Field((), description="Milestones of planning.")
    backbone_duties_done: tuple[
        Literal["negotiation", "feasibility", "capital", "management"], ...
    ] = Field((), description="The backbone's duties that are taken up.")
    feasibility: tuple[Feasibility, ...] = Field((), description="The three findings.")
    project_managers: tuple[ProjectManager, ...] = Field((), description="For each month.")
    independence: tuple[Independence, ...] = Field((), description="Evaluators' declarations.")
    decisions: tuple[Decision, ...] = Field((), description="Decisions on record.")
    decision_parts: tuple[PartInDecision, ...] = Field((), description="Who has which part.")
    risks: tuple[Risk, ...] = Field((), description="The risk register.")
    public_costs: tuple[PublicCost, ...] = Field(
        (), description="What public money pays whatever the outcomes are."
    )
    proofs: tuple[Proof, ...] = Field((), description="Better outcomes, and savings.")
    mechanism: Mechanism | None = Field(None, description="The path to contract and finance.")
    counsel_opinion: CounselOpinion | None = Field(
        None, description="Authority and the debt limit."
    )
    sustained_funding: SustainedFunding | None = Field(None, description="After success.")
    agreements: tuple[AgreementOnRecord, ...] = Field((), description="All agreements.")
    expiry_days: DaysFromOne = Field(90, description="Days before an agreement's end to say so.")
    data_access: tuple[DataAccess, ...] = Field((), description="Sources of data.")
    policies: tuple[Policy, ...] = Field((), description="Policies and the changes wanted.")
    systems: tuple[System, ...] = Field((), description="Systems and interfaces.")
    systems_change: SystemsChange | None = Field(None, description="Change beyond the pilot.")
    change_plan: tuple[Routine, ...] = Field((), description="Changes in people's work.")
    training: tuple[Training, ...] = Field((), description="Who was taught what.")
    headcounts: tuple[Headcount, ...] = Field((), description="How many should be.")
    hours: tuple[Hours, ...] = Field((), description="Staff hours.")
    notes: tuple[LearningNote, ...] = Field((), description="Learning notes.")
    incentives: tuple[Incentive, ...] = Field((), description="Incentives for leaders.")
    scale: tuple[ScaleStep, ...] = Field((), description="From demonstration to scale.")
    practice_changes: tuple[PracticeChange, ...] = Field((), description="By the provider.")
    actions: tuple[Action, ...] = Field((), description="What is done where a metric is off track.")
    documents: tuple[Reused, ...] = Field((), description="Made anew or taken over.")
    targets: tuple[Target, ...] = Field((), description="Baseline, target, where it stands.")
    support_money: tuple[SupportMoney, ...] = Field((), description="For outside advice.")
    voices: tuple[Voice, ...] = Field((), description="What representatives said.")
    harms: tuple[Harm, ...] = Field((), description="The harm log.")
    ethics: tuple[EthicsRecord, ...] = Field((), description="Ethics records.")
    disputes: tuple[Dispute, ...] = Field((), description="Disputes.")
    handover: Handover | None = Field(
        None, description="Who goes on serving people when the deal ends."
    )
    uses_random_assignment: Flag = Field(False, description="Whether people are drawn by lot.")
    programme_dollars: Amount | None = Field(
        None, description="What the whole programme spends in a year, where it is known."
    )

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for field, names in (
            ("organisations", [each.name for each in self.organisations]),
            ("members", [each.name for each in self.members]),
            ("payors", [each.organisation for each in self.payors]),
            ("payor_goals", [each.name for each in self.payor_goals]),
            ("bodies", [each.name for each in self.bodies]),
            ("decisions", [each.name for each in self.decisions]),
            ("risks", [each.name for each in self.risks]),
            ("agreements", [each.name for each in self.agreements]),
            ("data_access", [each.source for each in self.data_access]),
            ("policies", [each.name for each in self.policies]),
            ("systems", [each.name for each in self.systems]),
            ("notes", [each.name for each in self.notes]),
            ("actions", [each.name for each in self.actions]),
            ("targets", [each.name for each in self.targets]),
            ("disputes", [each.name for each in self.disputes]),
        ):
            if len(set(names)) != len(names):
                refuse("A name stands twice.", "Give each its own.", field=field)
        return self

    @property
    def is_from_sources(self) -> bool:
        """Whether it was put together from published sources: what it leaves out is not known."""
        return self.standing == "published-terms"

    @property
    def has_stage(self) -> bool:
        """Whether its stage is known: put together from published sources, only by its moves."""
        return bool(self.moves) or not self.is_from_sources

    def stage_on(self, day: date) -> Name:
        """The stage it is in on a day: the last it moved to by then, or the idea."""
        made = [move for move in self.moves if move.on <= day]
        return made[-1].to if made else "idea"

    def stage_text(self, day: date) -> str:
        """The stage on a day as words; `not on file`, where it is not known."""
        return self.stage_on(day).replace("-", " ") if self.has_stage else "not on file"

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of this name, if it takes part."""
        return next((each for each in self.organisations if each.name == name), None)

    def member(self, name: str) -> Member | None:
        """The member of this name, if there is one."""
        return next((each for each in self.members if each.name == name), None)

    @property
    def payor_names(self) -> tuple[str, ...]:
        """The end payors."""
        return tuple(each.organisation for each in self.payors)

    def is_of_payor(self, person: str) -> bool:
        """Whether the person is a member from an end payor."""
        member = self.member(person)
        return member is not None and member.organisation in self.payor_names
