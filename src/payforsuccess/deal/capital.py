"""Where the up-front money comes from, and the order in which cash goes back to it.

Empty for a deal without investors: then success payments go to the provider.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Amount,
    Day,
    Exact,
    Flag,
    Name,
    Rate,
    Share,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

TrancheKind = Literal[
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
]
OWED_BACK: tuple[TrancheKind, ...] = (
    "senior-loan",
    "junior-loan",
    "loan",
    "program-related-investment",
    "recoverable-grant",
    "recyclable-grant",
    "deferred-fee",
    "provider-equity",
)
"""Kinds whose drawn amount is a balance that the waterfall can repay."""

TO_TRANCHES = ("interest", "principal", "deferred-fee")
"""Steps of the waterfall that are paid to tranches; all others are paid to parties or to nobody."""
WITH_SHARES = ("return", "release", "recycle")
"""Steps that take a share of what is left."""


class Draw(Model):
    """Capital that was drawn or repaid on a day: a fact that a return ceiling reads."""

    on: Day = Field(description="The day the money moved.")
    amount: Amount = Field(description="How much.")
    kind: Literal["drawn", "repaid"] = Field(description="Which way it moved.")


class Interest(Model):
    """How a yearly rate becomes money: the rate itself stands at the tranche.

    Interest runs on the balance from the day money is drawn and is rounded half up at each
    payment date of the waterfall.
    """

    day_count: Literal["actual/365", "actual/360", "30/360"] = Field(
        description="The part of a year between two days (ISDA 2006, section 4.16)."
    )
    unpaid: Literal["compounds", "waits", "lapses"] = Field(
        description="What becomes of interest that a payment date leaves unpaid: it bears interest "
        "from then on, it stays owed without bearing any, or it is never owed again."
    )


class Tranche(Model):
    """One layer of capital: who gives it, in what form, and from which outcomes it is repaid."""

    name: Name = Field(description="Unique in the deal.")
    party: Text = Field(description="The investor or funder.")
    kind: TrancheKind = Field(description="The form of the money.")
    amount: Amount = Field(description="The most it gives.")
    order: WholeFromOne | None = Field(None, description="The place in the order of repayment.")
    rate: Rate | None = Field(None, description="The yearly rate, where there is one.")
    interest: Interest | None = Field(
        None, description="How the rate becomes money; needed to forecast a tranche with a rate."
    )
    covers: Share | None = Field(
        None,
        description="For a guarantee: the share of the principal drawn and not repaid that it "
        "makes good, up to its amount.",
    )
    guarantees: tuple[Name, ...] = Field(
        (), description="For a guarantee: the tranches whose principal it covers."
    )
    repaid_from: tuple[Name, ...] = Field(
        (), description="Payment terms it is repaid from; empty means all."
    )
    recyclable: Flag = Field(
        False,
        description="Whether repayments fund more service in place of going back to the party, as "
        "those of a `recyclable-grant` always do.",
    )
    draws_if: Name | None = Field(
        None, description="The trigger that must have been met before it can be drawn."
    )
    moved: tuple[Draw, ...] = Field((), description="Capital drawn and repaid so far.")


class Trigger(Model):
    """A test on one day that changes what happens from then on.

    It is met when its outcome (as last determined by that day), or the number of people enrolled,
    reaches the level. `not_met` says what follows otherwise.
    """

    name: Name = Field(description="Unique in the deal.")
    says: Text = Field(description="The test in plain words.")
    on: Day = Field(description="The day on which it is tested.")
    outcome: Name | None = Field(None, description="The outcome it looks at.")
    enrolled_at_least: WholeFromZero | None = Field(
        None, description="Or: the number of people enrolled by that day."
    )
    at_least: Exact | None = Field(None, description="Met from this value of the outcome on.")
    at_most: Exact | None = Field(None, description="Met up to this value of the outcome.")
    after: Name | None = Field(None, description="A trigger that must have been met before.")
    not_met: Literal["nothing", "stops-draws", "ends-services"] = Field(
        "nothing",
        description="What follows when it is not met: nothing by itself, no further draw of "
        "capital from that day on, or the end of enrolment, services and planned draws on that "
        "day.",
    )
    clause: Text | None = Field(None, description="The clause of the contract.")

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        has_level = (self.at_least is not None) + (self.at_most is not None)
        if (self.outcome is None) == (self.enrolled_at_least is None):
            refuse(
                sentence(
                    "A trigger looks at an outcome or at the number of people enrolled, one of "
                    "the two."
                ),
                sentence("Give `outcome` or `enrolled_at_least`."),
                field="outcome",
            )
        if has_level != (1 if self.outcome is not None else 0):
            refuse(
                sentence(
                    "A trigger on an outcome has one level, and one on enrolment has none besides."
                ),
                sentence("Give `at_least` or `at_most` with `outcome`."),
                field="at_least",
            )
        return self


class WaterfallStep(Model):
    """One step in the order in which cash is paid out on a payment date.

    Steps are taken from the first to the last, each as far as cash goes. Cash remembers the
    payment term it came from: a step uses only cash of `from` (and of its tranche's
    `repaid_from`). Several tranches of one step share in proportion to what each is owed.
    A fee that cash does not reach for is not owed later. A reserve is kept from the steps after
    it, is there for the steps before it on the next date, and ends on the last payment date.
    """

    pays: Literal[
        "fee", "interest", "principal", "deferred-fee", "return", "recycle", "reserve", "release"
    ] = Field(
        description="What is paid: a fee, interest, principal, a deferred fee, a share of what is "
        "left, money for more service, a reserve held on account, or money back to the payor."
    )
    to: tuple[Text, ...] = Field(
        description="Tranches by name for interest, principal and deferred fees; one party for a "
        "fee; parties for a release; for a return parties, or tranches whose return it adds to; "
        "empty for a reserve and for recycling.",
        default=(),
    )
    shares: tuple[Share, ...] = Field(
        (), description="For `return`, `release` and `recycle`: the part of what is left for each."
    )
    each_date: Amount | None = Field(
        None, description="For a fee: the amount on each payment date. For a reserve: its target."
    )
    at_most: Amount | None = Field(None, description="The most this step ever pays.")
    from_: tuple[Name, ...] = Field(
        (), alias="from", description="Payment terms whose cash it may use; empty means all."
    )
    if_met: Name | None = Field(None, description="The trigger that must have been met.")
    clause: Text | None = Field(None, description="The clause of the contract.")
