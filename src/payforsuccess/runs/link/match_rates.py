"""How many of each arm were found in each feed: matching must not favour one of them (R136)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.records.link.by_arm import as_people, first_arms
from payforsuccess.runs.link.quality import as_decimal, percent_text
from payforsuccess.runs.link.sides import Sides
from payforsuccess.store import Snapshot, Store

CONFIDENCE = 0.95


@dataclass(frozen=True)
class ArmRate:
    """Of one arm's people, how many have a record in a feed, with Wilson's 95% interval."""

    arm: str
    people: int
    matched: int
    interval: tuple[Decimal, Decimal]

    @property
    def share(self) -> Fraction:
        """The match rate; an arm holds at least one person."""
        return Fraction(self.matched, self.people)

    def __str__(self) -> str:
        low, high = (percent_text(end) for end in self.interval)
        share = percent_text(_rounded(self.share))
        return f"{self.arm} {self.matched:,} of {self.people:,}, {share} ({low} to {high})"


@dataclass(frozen=True)
class MatchRates:
    """The match rates of all arms in one feed."""

    feed: str
    arms: tuple[ArmRate, ...]

    @property
    def gap(self) -> Fraction:
        """The largest difference between two arms."""
        shares = [arm.share for arm in self.arms]
        return max(shares) - min(shares)

    def __str__(self) -> str:
        return f"{self.feed}: {'; '.join(str(arm) for arm in self.arms)}"

    def as_plain(self) -> dict[str, object]:
        """For programs: shares as text."""
        return {
            "feed": self.feed,
            "arms": [
                {
                    "arm": arm.arm,
                    "people": arm.people,
                    "matched": arm.matched,
                    "share": f"{_rounded(arm.share):f}",
                    "interval": [f"{end:f}" for end in arm.interval],
                }
                for arm in self.arms
            ],
            "gap": f"{_rounded(self.gap):f}",
        }


def match_rates(
    deal: Deal, snapshot: Snapshot, sides: Sides, people: pa.Table, *, store: Store
) -> tuple[MatchRates, ...]:
    """The match rates by arm, feed by feed; empty where nobody was assigned to an arm.

    people: the linked people. A person counts once, in the arm of their first assignment. Feeds
    that number people as the anchor does are left out: nobody had to be found there. Only counts by
    arm leave the engine.
    """
    assert deal.linkage is not None
    linked = store.tables_from({"rates_people": people})["rates_people"]
    enrolments = store.tables_of(snapshot)["enrolments"]
    assigned = first_arms(as_people(enrolments, linked))
    anchor = next(iter(sides.of))
    rows = [table.select("person", "feed") for name, table in sides.of.items() if name != anchor]
    if not rows:
        return ()
    totals = {arm: people for (arm,), people in _counts(assigned, ["arm"], store).items()}
    if not totals:
        return ()
    found = as_people(ibis.union(*rows) if len(rows) > 1 else rows[0], linked)
    found = found.select("person", "feed").distinct()
    joined = assigned.inner_join(found, assigned.person == found.person)
    matched = _counts(joined, ["feed", "arm"], store)
    others = [feed for feed in deal.linkage.feeds if _is_numbered_apart(deal, feed, anchor)]
    return tuple(
        MatchRates(
            feed,
            tuple(
                _rate(arm, count, matched.get((feed, arm), 0))
                for arm, count in sorted(totals.items())
            ),
        )
        for feed in others
    )


def gap_problems(deal: Deal, rates: Iterable[MatchRates]) -> list[Problem]:
    """A problem for each feed in which the arms' rates differ by more than the plan allows."""
    plan = deal.linkage
    if plan is None or plan.match_rate_gap is None:
        return []
    return [
        Problem(
            f"{rate.feed}: the match rates of the arms lie {percent_text(_rounded(rate.gap))} "
            f"apart, and the plan allows {percent_text(as_decimal(plan.match_rate_gap))} "
            f"({'; '.join(str(arm) for arm in rate.arms)}).",
            "Find out why, for an effect may come of it alone. Only an amendment of the plan can "
            "allow more; the links are kept for review.",
            deal.place_of("linkage", "match_rate_gap"),
        )
        for rate in rates
        if rate.feed not in plan.gap_not_in and rate.gap > plan.match_rate_gap
    ]


def gap_findings(deal: Deal, rates: Sequence[MatchRates]) -> list[Finding]:
    """What is said where the plan's limit cannot be held to anything."""
    plan = deal.linkage
    if plan is None or plan.match_rate_gap is None or rates:
        return []
    return [
        Finding(
            "linkage",
            "The plan limits the gap of match rates between arms, and no record says who was "
            "assigned to which arm.",
            deal.place_of("linkage", "match_rate_gap"),
        )
    ]


def _counts(rows: ir.Table, by: Sequence[str], store: Store) -> dict[tuple[str, ...], int]:
    """How many people there are of each kind."""
    counted = store.run(rows.group_by(by).aggregate(people=rows.person.nunique()))
    return {tuple(row[name] for name in by): row["people"] for row in counted.to_pylist()}


def _is_numbered_apart(deal: Deal, feed: str, anchor: str) -> bool:
    return any(source.feed == feed and source.numbers_of != anchor for source in deal.data)


def _rate(arm: str, people: int, matched: int) -> ArmRate:
    from payforsuccess.evaluation import interval_of_share

    found = interval_of_share(matched, people, confidence=CONFIDENCE)
    return ArmRate(arm, people, matched, (_rounded(found.low), _rounded(found.high)))


def _rounded(share: Fraction | float) -> Decimal:
    return Decimal(f"{float(share):.4f}")
