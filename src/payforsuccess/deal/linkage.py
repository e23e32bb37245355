"""How people of different feeds are matched, and what may be done near the threshold."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Flag, Name, Share, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class ReviewBand(Model):
    """The scores between which people decide, two of them for each pair."""

    from_: Share = Field(alias="from", description="The lowest score that is looked at.")
    to: Share = Field(description="The highest score that is looked at.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ > self.to:
            refuse(
                sentence("The band ends below its start."),
                sentence("Swap the two scores."),
                field="to",
            )
        return self


class Linkage(Model):
    """The plan for matching people: which feeds, from which score on, and who looks again.

    A score is the probability, between 0 and 1, that two records are of one person. Pairs at or
    above `threshold` are taken as one person; pairs in `review` wait for two people's decisions and
    follow the threshold until then.
    """

    anchor: Name = Field(
        description="The feed that holds the deal's own people; their identifiers are frozen at "
        "referral."
    )
    feeds: tuple[Name, ...] = Field(description="The feeds whose people are matched with them.")
    method: Literal["names", "keyed-hash"] = Field(
        "names",
        description="names: identifiers are compared by a trusted party. keyed-hash: agencies send "
        "only keyed Bloom filters of them.",
    )
    threshold: Share = Field(description="The score from which two records are one person.")
    review: ReviewBand | None = Field(
        None, description="The scores between which two people decide."
    )
    one_to_one: Flag = Field(
        False, description="Whether a person has at most one record in each other feed."
    )
    precision_at_least: Share | None = Field(
        None,
        description="The share of the matches taken that must be right, by the match's own "
        "estimate; a lower one is a finding.",
    )
    match_rate_gap: Share | None = Field(
        None,
        description="The largest difference of match rates between arms that the plan accepts.",
    )
    gap_not_in: tuple[Name, ...] = Field(
        (),
        description="Feeds to which that limit does not apply, since they hold only people whom "
        "the programme serves, such as its own leases.",
    )
    largest_cluster: WholeFromOne = Field(
        50, description="Records in one person beyond which the match is refused as doubtful."
    )
    key_destroyed_on: Day | None = Field(
        None, description="The day on which keys and pseudonyms are destroyed; the final date."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not Fraction(1, 2) <= self.threshold < 1:
            refuse(
                sentence("The threshold is a probability from 50% up to, but not, 100%."),
                sentence("Write one such as 95%."),
                field="threshold",
            )
        if self.anchor in self.feeds:
            refuse(
                sentence("The anchor stands among the feeds it is matched with."),
                sentence("List the other feeds only."),
                field="feeds",
            )
        if len(set(self.feeds)) != len(self.feeds):
            refuse(
                sentence("One feed is named twice."),
                sentence("Name each feed once."),
                field="feeds",
            )
        if odd := sorted(set(self.gap_not_in) - set(self.feeds)):
            refuse(
                sentence("Not among the feeds that are matched: {odd}.", odd=", ".join(odd)),
                sentence("Name feeds of `feeds`."),
                field="gap_not_in",
            )
        if self.review and not self.review.from_ <= self.threshold <= self.review.to:
            refuse(
                sentence("The threshold lies outside the scores that are reviewed."),
                sentence("Let the review band hold the threshold."),
                field="review",
            )
        return self
