"""Where the up-front money comes from; empty for a deal without investors."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Amount, Day, Flag, Name, Rate, Share, Text, WholeFromOne
from payforsuccess.deal.model import Model


class Draw(Model):
    """Capital that was drawn or repaid on a day: a fact that a return ceiling reads."""

    on: Day = Field(description="The day the money moved.")
    amount: Amount = Field(description="How much.")
    kind: Literal["drawn", "repaid"] = Field(description="Which way it moved.")


class Tranche(Model):
    """One layer of capital: who gives it, in what form, and from which outcomes it is repaid."""

    name: Name = Field(description="Unique in the deal.")
    party: Text = Field(description="The investor or funder.")
    kind: Literal[
        "senior-loan",
        "junior-loan",
        "loan",
        "grant",
        "recoverable-grant",
        "recyclable-grant",
        "guarantee",
        "deferred-fee",
        "provider-equity",
        "program-related-investment",
    ] = Field(description="The form of the money.")
    amount: Amount = Field(description="The most it gives.")
    order: WholeFromOne | None = Field(None, description="The place in the order of repayment.")
    rate: Rate | None = Field(None, description="The yearly rate, where there is one.")
    covers: Share | None = Field(None, description="For a guarantee: the share of loss it covers.")
    repaid_from: tuple[Name, ...] = Field(
        (), description="Payment terms it is repaid from; empty means all."
    )
    recyclable: Flag = Field(False, description="Whether repayments fund more service.")
    moved: tuple[Draw, ...] = Field((), description="Capital drawn and repaid so far.")
