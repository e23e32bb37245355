"""Which rule of a plan chose the value that payments read, and what it was made of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Exact, Fingerprint, Name, Share, Text
from payforsuccess.deal.model import Model

Trigger = Literal[
    "sample-below-floor",
    "attrition-above",
    "crossover-above",
    "match-rate-below",
    "weak-instrument",
]
Consequence = Literal["other-plan", "pool", "pay-nothing", "verified-count"]


class PayablePart(Model):
    """One estimate in a payable value, and its weight."""

    plan: Name = Field(description="The plan it comes from.")
    weight: Share = Field(description="Its weight.")
    value: Exact = Field(description="Its point estimate.")
    estimate: Fingerprint = Field(description="The fingerprint of the estimate.")


class RuleFollowed(Model):
    """A fall-back rule of a plan that was set off and followed."""

    plan: Name = Field(description="The plan whose rule it is.")
    when: Trigger = Field(description="What set it off.")
    then: Consequence = Field(description="What was done instead.")
    found: Exact = Field(description="What the records say: people, a share, or an F.")
    limit: Exact = Field(description="The floor or the share that it was compared with.")
    says: Text | None = Field(None, description="The rule in the contract's words.")

    @property
    def is_set_off(self) -> bool:
        """Whether what was found does set the rule off."""
        if self.when in ("sample-below-floor", "match-rate-below", "weak-instrument"):
            return self.found < self.limit
        return self.found > self.limit
