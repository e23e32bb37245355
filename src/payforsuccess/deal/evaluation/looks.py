"""Interim looks: when results by arm may be seen before the end, by whom, and what may stop."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Flag, Name, Share, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class Look(Model):
    """An interim analysis agreed beforehand."""

    name: Name = Field(description="The look's name.")
    on: Day = Field(description="The day up to which records are used.")
    can_stop: Flag = Field(description="Whether it may end the study.")
    pays: Flag = Field(description="Whether a payment rests on it.")


class Monitoring(Model):
    """Who may see outcomes by arm at the looks, and the bounds that a stop needs."""

    board: Text = Field(
        description="The monitoring board, as a party of the deal; beside it only the evaluator "
        "sees outcomes by arm before the end."
    )
    bounds: Literal[
        "pocock",
        "obrien-fleming",
        "lan-demets-obrien-fleming",
        "lan-demets-pocock",
        "confidence-sequence",
    ] = Field(description="The rule that keeps the chance of a wrong stop at the level.")
    level: Share = Field(description="The chance, over all looks, of a stop without any effect.")
    people: WholeFromOne = Field(
        description="People whose outcome is to be known at the end, in all arms; those known at a "
        "look, over these, are its share of the information."
    )
    convention: Literal["each-side", "two-sided"] | None = Field(
        None,
        description="For Lan-DeMets: whether half the level is spent on each side, as published "
        "tables do, or the spending function takes the whole level two-sided.",
    )

    @model_validator(mode="after")
    def _convention_where_needed(self) -> Self:
        if self.bounds.startswith("lan-demets") != (self.convention is not None):
            refuse(
                sentence(
                    "Lan and DeMets' bounds come in two conventions with other first bounds; only "
                    "they state one."
                ),
                sentence("Give `convention: each-side` or `two-sided`, or take it away."),
                field="convention",
            )
        if not 0 < self.level < 1:
            refuse(
                sentence("A level lies between 0 and 1."),
                sentence("Write one such as 5%."),
                field="level",
            )
        return self
