"""Who takes part: parties with their roles, and the payors with their shares."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Amount, Day, Flag, Share, Text
from payforsuccess.deal.model import Model

Role = Literal[
    "payor",
    "provider",
    "intermediary",
    "evaluator",
    "validator",
    "investor",
    "guarantor",
    "fiscal-agent",
    "backbone",
    "data-holder",
    "participant-representative",
    "adviser",
]
Level = Literal[
    "federal", "state", "county", "city", "school-district", "special-district", "other"
]


class Party(Model):
    """An organisation or office that takes part, with every role it holds."""

    name: Text = Field(description="The name as the contract writes it.")
    roles: tuple[Role, ...] = Field(min_length=1, description="Every role it holds in the deal.")
    level: Level | None = Field(None, description="The level of government, for public bodies.")
    since: Day | None = Field(None, description="The first day it held these roles.")
    until: Day | None = Field(None, description="The last day it held these roles.")
    independent_of: tuple[Text, ...] = Field(
        (), description="For evaluators: parties whose results pay it nothing (declared)."
    )
    paid_by: Text | None = Field(None, description="For evaluators: who pays its fee.")


class Payor(Model):
    """One end payor: its share of each line, its own ceiling, and the fund it pays from."""

    party: Text = Field(description="The party that pays.")
    share: Share = Field(Fraction(1), description="Its share of each line; shares add up to 1.")
    ceiling: Amount | None = Field(None, description="The most it may ever pay.")
    steps_in: Text | None = Field(
        None,
        description="The payor that takes over what passes this one's ceiling; without one "
        "the excess is shown as unfunded.",
    )
    fund: Text | None = Field(None, description="The fund, unit and account it pays from.")
    federal_money: Flag = Field(False, description="Whether the money is federal.")
