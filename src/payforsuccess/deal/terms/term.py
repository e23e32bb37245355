"""What every payment term has: its name, its clause, and the modifiers of design and contract."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Day, Flag, Name, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.terms.modifiers import (
    Condition,
    Index,
    MayBeNegative,
    ShareCap,
    Subgroup,
)
from payforsuccess.errors import sentence


class MeasurementPoint(Model):
    """One occasion on which an effect is determined and paid, once."""

    name: Name = Field(description="The point's name, as results and determinations use it.")
    says: Text | None = Field(None, description="Which cohort and which window it covers.")
    cohort: Text | None = Field(None, description="The cohort measured.")
    determined_by: Day = Field(
        description="The last day for the determination; the line stands in the period that holds "
        "this day."
    )


class PaymentTermBase(Model):
    """What all kinds share. A subclass adds `kind` and what it pays for."""

    name: Name = Field(description="Unique in the deal; never changes across amendments.")
    says: Text | None = Field(None, description="The term in the contract's own words.")
    clause: Text = Field(description="The clause of the contract it comes from.")
    reads: Literal["period", "to-date", "points"] = Field(
        "period",
        description="Pays each period on that period, on everything to date less what was earned "
        "before, or once per measurement point.",
    )
    points: tuple[MeasurementPoint, ...] = Field((), description="The measurement points it lists.")
    claws_back: Flag = Field(
        False, description="Whether a fall of the to-date amount takes money back."
    )
    may_be_negative: MayBeNegative | None = Field(
        None, description="Only for terms in which money can flow back; names who pays whom."
    )
    rounding: Literal["half-up", "down", "refuse"] = Field(
        "half-up", description="How an amount is brought to whole minor units."
    )
    round_each: Literal["line", "person"] = Field(
        "line", description="Rounded once per line and period, or for each person."
    )
    ceiling: Amount | None = Field(None, description="The most this line may ever pay.")
    ceiling_each_period: Amount | None = Field(
        None, description="The most this line may pay in one period."
    )
    carry_until: Day | None = Field(
        None,
        description="What the period ceiling cut is carried to later periods that start by this "
        "day; without it, it is lost.",
    )
    ceiling_each_person: Amount | None = Field(
        None, description="The most this line may ever pay for one person."
    )
    ceiling_each_cohort: Amount | None = Field(
        None, description="The most this line may ever pay for one cohort."
    )
    floor_each_period: Amount | None = Field(
        None, description="The least this line pays in a period in which it is due."
    )
    conditions: tuple[Condition, ...] = Field((), description="All must be met.")
    subgroups: tuple[Subgroup, ...] = Field((), description="Multipliers on the price by group.")
    share_caps: tuple[ShareCap, ...] = Field((), description="Limits on the share of one group.")
    index: Index | None = Field(None, description="How the price grows from year to year.")
    net_of: Name | None = Field(
        None,
        description="An outcome in money that is taken off what the line earned, never below 0.",
    )
    payors: tuple[Text, ...] = Field(
        (), description="The payors of this line, when not all; shares are scaled to them."
    )

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if (self.reads == "points") != bool(self.points):
            refuse(
                sentence(
                    "A term that reads measurement points lists them, and only such a term does."
                ),
                sentence("Set `reads: points` and list `points`, or take both away."),
                field="points" if self.points else "reads",
            )
        if len(self.share_caps) > 1:
            refuse(
                sentence(
                    "The line has {share_caps} share caps, and cutting one group changes the "
                    "share of another.",
                    share_caps=len(self.share_caps),
                ),
                sentence("Keep one; put the groups into lines of their own for more."),
                field="share_caps",
            )
        names = [point.name for point in self.points]
        if len(names) != len(set(names)):
            refuse(
                sentence("Two measurement points have one name."),
                sentence("Rename one of them."),
                field="points",
            )
        if self.carry_until is not None and self.ceiling_each_period is None:
            refuse(
                sentence(
                    "Only what a period ceiling cuts can be carried forward, and there is none."
                ),
                sentence("Give `ceiling_each_period`, or take `carry_until` away."),
                field="carry_until",
            )
        if self.claws_back and self.reads != "to-date":
            refuse(
                sentence("Only a term that reads to date can take money back."),
                sentence("Set `reads: to-date`, or take `claws_back` away."),
                field="claws_back",
            )
        for ceiling_key in ("ceiling", "ceiling_each_period"):
            ceiling = getattr(self, ceiling_key)
            floor = self.floor_each_period
            if floor is not None and ceiling is not None and floor > ceiling:
                refuse(
                    sentence("The floor is above the {what}.", what=ceiling_key.replace("_", " ")),
                    sentence("Lower the floor or raise the ceiling."),
                    field="floor_each_period",
                )
        return self

    def outcomes_read(self) -> tuple[str, ...]:
        """Every outcome whose result the term needs, in the order it names them, once each."""
        names = [*self._own_outcomes()]
        names += [item.outcome for item in self.conditions if item.outcome is not None]
        names += [self.net_of] if self.net_of else []
        return tuple(dict.fromkeys(names))

    def _own_outcomes(self) -> tuple[str, ...]:
        raise TypeError(f"{type(self).__name__} does not say which outcomes it reads")
