"""Made-up people with results agreed beforehand: the contract's own test of its measures."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Exact, Name, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

_NINE_PLACES = 10**9


class MadeUpEnrolment(Model):
    """When the made-up person was referred, assigned, enrolled and left."""

    referred_on: Day | None = Field(None, description="Day of referral.")
    assigned_on: Day | None = Field(None, description="Day of assignment.")
    enrolled_on: Day | None = Field(None, description="Day of enrolment.")
    exited_on: Day | None = Field(None, description="Day of exit.")
    arm: Name | None = Field(None, description="The arm.")
    site: Text | None = Field(None, description="The site.")
    feed: Name | None = Field(
        None,
        description="The feed that reports it, for measures of some feeds' people only.",
    )


class MadeUpSpell(Model):
    """A stay in a state: the days from the first up to, and not including, the last."""

    state: Name = Field(description="The state, such as housed.")
    from_: Day = Field(alias="from", description="The first day.")
    to: Day | None = Field(None, description="The first day after; open when left out.")
    feed: Name = Field(description="The feed that reports it.")


def _ends_soon(number: Fraction | None, field: str) -> None:
    if number is not None and (number * _NINE_PLACES).denominator != 1:
        refuse(
            sentence("A made-up number has at most nine decimal places, as records do."),
            sentence("Write fewer digits."),
            field=field,
        )


class MadeUpEvent(Model):
    """Something that happens on a day, with an amount where it has one."""

    event: Name = Field(description="The kind of event.")
    on: Day = Field(description="The day.")
    amount: Exact | None = Field(None, description="Its amount.")
    feed: Name = Field(description="The feed that reports it.")

    @model_validator(mode="after")
    def _can_stand_in_records(self) -> Self:
        _ends_soon(self.amount, "amount")
        return self


class MadeUpFact(Model):
    """A fact about the person, such as a score on a day."""

    fact: Name = Field(description="The fact's name.")
    value: Exact = Field(description="The fact as a number.")
    as_of: Day | None = Field(None, description="The day it held.")
    feed: Name = Field(description="The feed that reports it.")

    @model_validator(mode="after")
    def _can_stand_in_records(self) -> Self:
        _ends_soon(self.value, "value")
        return self


class ExpectedResult(Model):
    """What a measure must say of the person: a number, or why there is none."""

    outcome: Name | None = Field(None, description="The outcome whose measure is meant.")
    plan: Name | None = Field(None, description="Or the evaluation plan whose measure is meant.")
    value: Exact | None = Field(None, description="The number, when there is one.")
    unknown: (
        Literal[
            "not-yet-observed",
            "before-the-records",
            "death",
            "move",
            "custody",
            "transfer",
            "no-amount",
            "no-score",
        ]
        | None
    ) = Field(None, description="Why there is none, when there is none.")
    outside: Literal["population"] | None = Field(
        None, description="`population` for a person whom the measure does not count at all."
    )

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if (self.outcome is None) == (self.plan is None):
            refuse(
                sentence("An expected result is for an outcome or for a plan."),
                sentence("Give `outcome` or `plan`, one of the two."),
                field="outcome",
            )
        if sum(part is not None for part in (self.value, self.unknown, self.outside)) != 1:
            refuse(
                sentence(
                    "An expected result states a value, why it is unknown, or that the person is "
                    "outside the population."
                ),
                sentence("Give one of `value`, `unknown` and `outside`."),
                field="value",
            )
        return self


class AssurancePatient(Model):
    """One made-up person, and what each measure must say of them.

    `pfs check` runs the measures' plain references on them, so that what the parties agreed on
    paper is what the software computes. They are never in any result.
    """

    says: Text = Field(description="What this person shows, in one sentence.")
    observed_through: Day = Field(description="The last day every feed has seen.")
    enrolment: MadeUpEnrolment = Field(description="The enrolment.")
    spells: tuple[MadeUpSpell, ...] = Field((), description="Stays in states.")
    events: tuple[MadeUpEvent, ...] = Field((), description="Events.")
    facts: tuple[MadeUpFact, ...] = Field((), description="Facts.")
    expects: tuple[ExpectedResult, ...] = Field(description="What the measures must say.")
