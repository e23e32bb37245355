"""What the Board asked for: the motion, its directions, the clock, and the advisory group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, CountedDay, DaysFromOne, Flag, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.governance.initiative.evidence import Paper


class Extension(Model):
    """More time for the report, granted by the body that set the clock."""

    to: CountedDay = Field(description="The new due day.")
    by: Text = Field(description="Who granted it.")
    on: CountedDay = Field(description="When.")
    reason: Text = Field(description="Why.")


class Direction(Model):
    """One thing the Board directed."""

    says: Text = Field(description="The direction, in the motion's words as far as they are known.")
    owner: Text = Field(description="The office that answers for it.")
    due: CountedDay | None = Field(None, description="The day by which it is due.")
    status: Literal["not-started", "under-way", "done", "withdrawn", "unknown"] = Field(
        description="Where it stands; `unknown` where nothing on file says so."
    )
    done_on: CountedDay | None = Field(
        None, description="The day it was done; left out, the day of the latest evidence counts."
    )
    evidence: tuple[Paper, ...] = Field((), description="What shows it.")

    @property
    def shown_done_on(self) -> date | None:
        """The day it was done, or else of the latest evidence; None where neither is on file."""
        if self.status != "done":
            return None
        days = [paper.on for paper in self.evidence if paper.on is not None]
        return self.done_on or max(days, default=None)

    def is_done(self, *, on: date) -> bool:
        """Whether it was done by a day. Done without any day on file is not counted as done."""
        shown = self.shown_done_on
        return shown is not None and shown <= on

    def is_overdue(self, *, on: date) -> bool:
        """Whether its due day is past, and it is neither done by then nor withdrawn.

        Where it is not known, or no day says when it was done, it is not called overdue either.
        """
        if self.status in ("withdrawn", "unknown") or self.due is None:
            return False
        has_no_day = self.status == "done" and self.shown_done_on is None
        return not has_no_day and not self.is_done(on=on) and self.due < on

    def standing(self, *, on: date, written: Callable[[date], str] = str) -> str:
        """Where it stood on a day, in words: what was done later was not done yet.

        written: how a day is written.
        """
        match self.status:
            case "done":
                shown = self.shown_done_on
                if shown is None:
                    return "stated as done; no day is on file"
                if shown > on:
                    return f"not done yet; done on {written(shown)}"
                return f"done on {written(shown)}"
            case "unknown":
                return "not known"
            case _:
                return self.status.replace("-", " ")


class Between(Model):
    """The first and the last day on which something can have happened."""

    first: CountedDay = Field(description="The first day.")
    last: CountedDay = Field(description="The last day.")
    source: Paper = Field(description="What shows that it lies between them.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            refuse("The last day comes before the first.", "Swap the two.", field="last")
        return self


class Motion(Model):
    """The motion that set the work going, with its clock."""

    title: Text = Field(description="What it is called.")
    body: Text = Field(description="The body that adopted it.")
    adopted_on: CountedDay | None = Field(
        None, description="The day of adoption; unknown, if left out."
    )
    adopted_between: Between | None = Field(
        None, description="Where the day is not known, the days between which it lies."
    )
    report_within_days: DaysFromOne = Field(90, description="Calendar days to the report.")
    extensions: tuple[Extension, ...] = Field((), description="More time granted, in order.")
    reported_on: CountedDay | None = Field(None, description="The day the report was issued.")
    report_dated_on: CountedDay | None = Field(
        None, description="The day printed on it, where the day of issue is not known."
    )
    directions: tuple[Direction, ...] = Field((), description="What it directs.")
    paper: Paper | None = Field(None, description="Where it is written.")

    @model_validator(mode="after")
    def _one_day_of_the_report(self) -> Self:
        if self.reported_on is not None and self.report_dated_on is not None:
            refuse(
                "The day of issue is known, so the day printed on the report sets no clock.",
                "Give one of the two.",
                field="report_dated_on",
            )
        return self

    @model_validator(mode="after")
    def _due_on_a_day(self) -> Self:
        adopted = self.adopted_on or (self.adopted_between and self.adopted_between.last)
        if adopted and adopted.toordinal() + self.report_within_days > date.max.toordinal():
            refuse(
                "The report would be due after the last day of the calendar.",
                "Write the day of adoption as it was.",
                field="adopted_on" if self.adopted_on else "adopted_between",
            )
        return self


class Clearance(Model):
    """Counsel's word that a person may take part, with its basis."""

    by: Text = Field(description="Who in Counsel's office.")
    on: CountedDay = Field(description="When.")
    basis: Text = Field(description="On what basis: the policy or section relied on.")


class Attestation(Model):
    """An external expert's signed word that the time is given free."""

    on: CountedDay = Field(description="The day of signature.")
    paper: Paper = Field(description="The signed form.")


class Adviser(Model):
    """A member of the advisory group: one of the named offices, or an external expert."""

    name: Text = Field(description="The person.")
    organisation: Text = Field(description="The office or firm.")
    kind: Literal["office", "external"] = Field(description="Which of the two.")
    office: (
        Literal[
            "chief-executive",
            "auditor-controller",
            "county-counsel",
            "internal-services",
            "treasurer-tax-collector",
        ]
        | None
    ) = Field(None, description="Which of the named offices.")
    affiliates: tuple[Text, ...] = Field((), description="Firms under common control.")
    seated_on: CountedDay | None = Field(None, description="The day the person took the seat.")
    attestation: Attestation | None = Field(None, description="For external experts.")
    clearance: Clearance | None = Field(None, description="For external experts.")


class GroupTask(Model):
    """A task or vote of the advisory group, which has one purpose only."""

    says: Text = Field(description="What.")
    on: CountedDay = Field(description="When.")
    kind: Literal["task", "vote"] = Field(description="Which.")
    purpose: Text = Field(description="What it serves; only `blueprint` is in the group's remit.")


class PaidOut(Model):
    """Money paid to a person or firm for work on the blueprint."""

    to: Text = Field(description="The person or firm.")
    on: CountedDay = Field(description="When.")
    amount: Amount = Field(description="How much.")
    for_: Text = Field(alias="for", description="For what.")
    from_: Text = Field(alias="from", description="Who paid.")
    is_for_this_work: Flag = Field(True, description="Whether it pays the work of the group.")


class AdvisoryGroup(Model):
    """The group that develops the blueprint."""

    convened_by: Text = Field(description="Who convened it.")
    members: tuple[Adviser, ...] = Field((), description="Its members.")
    tasks: tuple[GroupTask, ...] = Field((), description="What it did and voted on.")
    payments: tuple[PaidOut, ...] = Field((), description="Money paid to members or their firms.")
