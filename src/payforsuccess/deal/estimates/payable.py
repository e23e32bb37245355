"""What a payment may rest on: the plan's decision, its fall-back rules and pooled estimates."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.estimates.followed import PayablePart, RuleFollowed
from payforsuccess.deal.fields import Exact, Flag, Name, Share, Text, WholeFromZero
from payforsuccess.deal.model import Model
from payforsuccess.trail import fingerprint


class RecordedFact(Model):
    """A fact of the records that a fall-back rule asks about."""

    rule: Text = Field(description="The rule in the contract's words.")
    found: Exact = Field(description="What the records say: people, a share of them, or an F.")
    limit: Exact = Field(description="What the rule compares it with.")
    holds: Flag = Field(description="Whether the rule is set off.")
    is_strength: Flag = Field(
        False, description="Whether it is the F of a first stage, no number of people and no share."
    )


class PayableEstimate(Model):
    """The value that payments read, kept apart from the scientific headline."""

    plan: Name = Field(description="The plan that an outcome rests on.")
    value: Exact = Field(description="The value after fall-back rules, pooling and decision.")
    because: Text = Field(description="How the rules came to it.")
    standard_error: Exact | None = Field(
        None, description="Of the combination before the decision, from a joint bootstrap."
    )
    interval: tuple[Exact, Exact] | None = Field(
        None, description="Its interval, at the plan's confidence."
    )
    p_value: Share | None = Field(None, description="Of no effect, as the decision read it.")
    no_p_value: Text | None = Field(
        None, description="Why there is no p-value, where the study's test tells nothing."
    )
    people: WholeFromZero = Field(description="People with a known outcome behind it.")
    parts: tuple[PayablePart, ...] = Field(description="The estimates it is made of.")
    facts: tuple[RecordedFact, ...] = Field((), description="What set a fall-back off, or did not.")
    followed: tuple[RuleFollowed, ...] = Field(
        (), description="The fall-back rules that were followed, one after the other."
    )
    draws: WholeFromZero | None = Field(None, description="Draws of the joint bootstrap.")
    seed: WholeFromZero | None = Field(None, description="Their seed.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything it says."""
        return fingerprint(self.as_plain())

    @property
    def is_other(self) -> bool:
        """Whether it is another value than the plan's own estimate under the plan's decision."""
        return bool(self.followed) or [part.plan for part in self.parts] != [self.plan]
