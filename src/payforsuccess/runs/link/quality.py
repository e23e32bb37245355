"""What the links of a deal say of themselves: how good they are, and whom they found where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.linkage import Linkage
from payforsuccess.errors import Finding
from payforsuccess.records.link.clusters import Clustered
from payforsuccess.records.link.linking import GroupJob
from payforsuccess.records.link.quality import AtThreshold, in_review, quality_at


@dataclass(frozen=True)
class MatchedFeed:
    """How one set of people fared: who they are, and how many of the anchor's were found there.

    `feeds` are those that share the numbers. `matched` counts the anchor's people with at least one
    record there, out of `of`. `estimated` is what the match says of itself at the plan's threshold,
    these people alone.
    """

    feeds: tuple[str, ...]
    records: int
    matched: int
    of: int
    links: int
    estimated: AtThreshold | None = None


def quality_findings(
    deal: Deal, plan: Linkage, jobs: Sequence[GroupJob], quality: AtThreshold
) -> list[Finding]:
    """What the parties should know of the match as a whole."""
    where = deal.place_of("linkage")
    found = []
    wanted = plan.precision_at_least
    if wanted is not None and quality.precision is not None and quality.precision < wanted:
        found.append(
            Finding(
                "linkage",
                f"At the threshold {as_decimal(plan.threshold):f} about "
                f"{percent_text(quality.precision)} of the matches are right by their own "
                f"estimate; the plan asks for {percent_text(as_decimal(wanted))}.",
                where,
            )
        )
    for job in jobs[1:]:
        feeds = ", ".join(job.group.feeds)
        if job.job.parameters is not None and job.job.unseen.coverage is None:
            found.append(
                Finding(
                    "linkage",
                    f"{feeds}: too few social security numbers are on file to tell how many "
                    "matches were never looked at, so the estimated recall leaves those out.",
                    where,
                )
            )
    return found


def matched_feeds(
    plan: Linkage,
    jobs: Sequence[GroupJob],
    clustered: Clustered,
    group_of: Mapping[str, str],
    own: Sequence[str],
) -> tuple[MatchedFeed, ...]:
    """How each group fared; first the anchor, whose `matched` counts people referred repeatedly."""
    anchor = jobs[0].group.name
    in_groups = [[group_of.get(key, anchor) for key in cluster] for cluster in clustered.clusters]
    repeated = [groups.count(anchor) for groups in in_groups]
    people = len(own) - sum(count - 1 for count in repeated if count > 1)
    found = []
    for job in jobs:
        name = job.group.name
        if name == anchor:
            matched = sum(count > 1 for count in repeated)
        else:
            matched = sum(anchor in groups and name in groups for groups in in_groups)
        records = job.job.people[0 if name == anchor else 1]
        taken = job.job.links.num_rows
        estimated = quality_at(as_decimal(plan.threshold), [(job.job.links, job.job.unseen)])
        found.append(MatchedFeed(job.group.feeds, records, matched, people, taken, estimated))
    return tuple(found)


def at_other_thresholds(plan: Linkage, jobs: Sequence[GroupJob]) -> tuple[AtThreshold, ...]:
    """The estimates at other thresholds, for those who choose one."""
    chosen = {Decimal(text) for text in ("0.5", "0.7", "0.8", "0.9", "0.95", "0.99")}
    if plan.review is not None:
        chosen |= {as_decimal(plan.review.from_), as_decimal(plan.review.to)}
    of = [(job.job.links, job.job.unseen) for job in jobs]
    return tuple(quality_at(at, of) for at in sorted(chosen - {as_decimal(plan.threshold)}))


def waiting_in_review(plan: Linkage, links: pa.Table) -> int | None:
    """How many pairs wait for two people's decision; None without a review band."""
    if plan.review is None:
        return None
    return in_review(links, (as_decimal(plan.review.from_), as_decimal(plan.review.to)))


def as_decimal(share: Fraction) -> Decimal:
    """A share as scores are written, to nine places."""
    number = Decimal(share.numerator) / Decimal(share.denominator)
    return number.quantize(Decimal("1e-9")).normalize()


def percent_text(share: Decimal) -> str:
    """A share as people read it: 98.61%."""
    return f"{(share * 100).normalize():f}%"
