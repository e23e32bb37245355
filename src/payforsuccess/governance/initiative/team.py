"""Who plans and who runs: the team and its MOU, the coordinator, bodies, meetings, milestones."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import (
    CountedDay,
    Flag,
    Length,
    Name,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model
from payforsuccess.governance.initiative.evidence import Endorsed, Paper


class Mou(Model):
    """The planning team's agreement; informal until it is filled in and each agency signed."""

    function: Text | None = Field(None, description="What the team is for.")
    goals: Text | None = Field(None, description="The goals agreed.")
    purpose: Text | None = Field(None, description="Why it is made.")
    decision_process: Text | None = Field(None, description="How the team decides.")
    signed: tuple[Endorsed, ...] = Field((), description="The agencies that signed.")
    paper: Paper | None = Field(None, description="The document.")


class Seat(Model):
    """A seat on a team or body; the person stands among the members of the initiative."""

    member: Text = Field(description="The person.")
    role: Text = Field(description="What the person does there.")
    votes: Flag = Field(True, description="Whether the person votes.")


class CrossSystemLine(Model):
    """What one agency does for the population, holds, hands over and spends."""

    agency: Text = Field(description="The agency.")
    service: Text = Field(description="Its service.")
    data_held: Text = Field(description="The records it keeps.")
    hand_offs: Text = Field(description="To whom it passes people on, and how.")
    cost: Text = Field(description="What it costs, with its source.")


class PlanningTeam(Model):
    """The team that plans until signature; its chair is of an end payor."""

    chair: Text = Field(description="The member who chairs.")
    seats: tuple[Seat, ...] = Field(min_length=1, description="Its seats.")
    mou: Mou = Field(default_factory=lambda: Mou.model_validate({}), description="Its agreement.")
    cross_system_plan: tuple[CrossSystemLine, ...] = Field(
        (), description="Where several agencies serve the population."
    )


class StatusReport(Model):
    """The coordinator's report to the payor."""

    on: CountedDay = Field(description="Its day.")
    progress: tuple[Text, ...] = Field(min_length=1, description="What went forward.")
    challenges: tuple[Text, ...] = Field((), description="What stands in the way.")
    decisions_asked: tuple[Text, ...] = Field((), description="What the payor is asked to decide.")
    delivered_to: Text | None = Field(None, description="The payor it went to.")
    delivered_on: CountedDay | None = Field(None, description="When.")


class Coordinator(Model):
    """The project coordinator, assigned or funded by the payor."""

    name: Text = Field(description="The person.")
    employer: Text = Field(description="Who employs the person.")
    funded_by: Text = Field(description="Who pays.")
    assigned_by: Text | None = Field(None, description="Who assigned the person.")
    reports_to: Text = Field(description="The payor's leader the person reports to.")
    reports_every: Length = Field(description="The cadence of reports, such as 1 month.")
    reports: tuple[StatusReport, ...] = Field((), description="The reports so far.")


class Body(Model):
    """A committee of the initiative: who sits on it, when it meets, what it decides."""

    name: Name = Field(description="Unique in the file.")
    title: Text = Field(description="What it is called.")
    chair: Text = Field(description="The member who chairs.")
    seats: tuple[Seat, ...] = Field(min_length=1, description="Its seats.")
    meets_every: Length = Field(description="How often.")
    decides: tuple[Text, ...] = Field((), description="What it decides.")
    escalates_to: Name | None = Field(None, description="The body it passes matters on to.")
    open_meeting: Literal["covered", "not-covered"] | None = Field(
        None, description="Counsel's decision whether open-meeting law covers it."
    )
    open_meeting_decided: Endorsed | None = Field(None, description="Counsel's decision on record.")
    posted_hours_before: WholeFromZero = Field(
        72, description="Hours before a meeting by which its agenda is posted, where law covers it."
    )
    missed_at_most: WholeFromOne = Field(2, description="Meetings in a row a party may miss.")


class Meeting(Model):
    """A meeting of a body."""

    body: Name = Field(description="The body.")
    on: CountedDay = Field(description="The day.")
    agenda: Paper | None = Field(None, description="The agenda.")
    hours_posted_before: WholeFromZero | None = Field(
        None, description="Hours before the meeting that the agenda was posted."
    )
    minutes: Paper | None = Field(None, description="The minutes.")
    attended: tuple[Text, ...] = Field((), description="The organisations present.")
    missed: tuple[Text, ...] = Field((), description="The organisations absent.")


class Withheld(Model):
    """Something not given out in answer to a records request, and the exemption relied on."""

    says: Text = Field(description="What was withheld, in general terms.")
    exemption: Text = Field(description="The exemption, as Counsel names it.")


class RecordsRequest(Model):
    """A request for public records, with what was withheld and why."""

    number: Text = Field(description="Its number.")
    received_on: CountedDay = Field(description="When it came.")
    asks: Text = Field(description="What it asks for, in general terms.")
    answered_on: CountedDay | None = Field(None, description="When it was answered.")
    withheld: tuple[Withheld, ...] = Field((), description="What was withheld, each with why.")


class Milestone(Model):
    """A milestone of planning: the day first planned and the day it was reached."""

    name: Text = Field(description="What.")
    baseline: CountedDay = Field(description="The day first planned.")
    forecast: CountedDay | None = Field(None, description="The day now expected.")
    actual: CountedDay | None = Field(None, description="The day it was reached.")
