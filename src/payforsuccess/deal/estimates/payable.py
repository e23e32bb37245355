"""What a payment may rest on: the plan's decision, its fall-back rules and pooled estimates."""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import Exact, Fingerprint, Flag, Name, Share, Text, WholeFromZero
from payforsuccess.deal.model import Model
from payforsuccess.trail import fingerprint


class RecordedFact(Model):
    """A fact of the records that a fall-back rule asks about."""

    rule: Text = Field(description="The rule in the contract's words.")
    found: Exact = Field(description="What the records say: people, or a share of them.")
    limit: Exact = Field(description="What the rule compares it with.")
    holds: Flag = Field(description="Whether the rule is set off.")


class PayablePart(Model):
    """One estimate in a payable value, and its weight."""

    plan: Name = Field(description="The plan it comes from.")
    weight: Share = Field(description="Its weight.")
    value: Exact = Field(description="Its point estimate.")
    estimate: Fingerprint = Field(description="The fingerprint of the estimate.")


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
    people: WholeFromZero = Field(description="People with a known outcome behind it.")
    parts: tuple[PayablePart, ...] = Field(description="The estimates it is made of.")
    facts: tuple[RecordedFact, ...] = Field((), description="What set a fall-back off, or did not.")
    draws: WholeFromZero | None = Field(None, description="Draws of the joint bootstrap.")
    seed: WholeFromZero | None = Field(None, description="Their seed.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything it says."""
        return fingerprint(self.as_plain())
