"""What matching people found, in counts and shares: for people to read, and for the run record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from payforsuccess.errors import Finding
from payforsuccess.records.link.quality import AtThreshold
from payforsuccess.runs.link.link import Linked
from payforsuccess.runs.link.match_rates import MatchRates
from payforsuccess.runs.link.quality import MatchedFeed, percent_text


@dataclass(frozen=True, repr=False)
class LinkReport:
    """What a link run found, in counts and shares; of no record anything is said."""

    fingerprint: str
    folder: Path
    snapshot: str
    feeds: tuple[MatchedFeed, ...]
    compared: int
    people: int
    quality: AtThreshold
    others: tuple[AtThreshold, ...]
    waiting: int | None
    refused: int
    findings: tuple[Finding, ...]
    rates: tuple[MatchRates, ...] = ()

    def __str__(self) -> str:
        out = [f"Links {self.fingerprint}"]
        out += [_feed_line(feed, is_anchor=at == 0) for at, feed in enumerate(self.feeds)]
        out += [f"  {self.compared:,} pairs looked at", "Estimates of the match itself"]
        both = [(self.quality, "  the plan's threshold"), *((at, "") for at in self.others)]
        for at, note in sorted(both, key=lambda item: item[0].threshold):
            out.append(f"  from {at.threshold:f}: {_estimates(at)}{note}")
        if self.waiting is not None:
            out.append(f"  {self.waiting:,} pairs wait for two people's decision")
        if self.refused:
            out.append(f"  {self.refused:,} pairs were kept apart by one-to-one or a decision")
        out += (
            ["Found by arm, with 95% intervals", *(f"  {r}" for r in self.rates)]
            if self.rates
            else []
        )
        unique = tuple(dict.fromkeys(self.findings))
        out += ["Findings", *(f"  {finding}" for finding in unique)] if unique else []
        return "\n".join([*out, f"Kept in {self.folder}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: shares as text."""
        return {
            "fingerprint": self.fingerprint,
            "snapshot": self.snapshot,
            "feeds": [_feed_plain(feed) for feed in self.feeds],
            "compared": self.compared,
            "people": self.people,
            "estimates": _plain(self.quality),
            "other_estimates": [_plain(at) for at in self.others],
            "waiting": self.waiting,
            "kept_apart": self.refused,
            "found_by_arm": [rate.as_plain() for rate in self.rates],
            "findings": [finding.what for finding in self.findings],
        }


def link_report(linked: Linked, snapshot: str, findings: tuple[Finding, ...] = ()) -> LinkReport:
    """The report of links; findings: those of the feeds, which come first."""
    return LinkReport(
        fingerprint=linked.fingerprint,
        folder=linked.folder,
        snapshot=snapshot,
        feeds=linked.feeds,
        compared=linked.compared,
        people=len(set(linked.people.column("person").to_pylist())),
        quality=linked.quality,
        others=linked.others,
        waiting=linked.waiting,
        refused=linked.refused,
        findings=(*findings, *linked.findings),
        rates=linked.rates,
    )


def _feed_line(feed: MatchedFeed, *, is_anchor: bool) -> str:
    name = ", ".join(feed.feeds)
    if is_anchor:
        return f"  {name}: {feed.of:,} people, {feed.matched:,} of them under several numbers"
    rate = percent_text(Decimal(f"{feed.matched / feed.of:.3f}")) if feed.of else "none"
    found = f"  {name}: {feed.matched:,} of them found among {feed.records:,} people, {rate}"
    if feed.estimated is None or feed.estimated.recall is None:
        return found
    return f"{found}; estimated recall {percent_text(feed.estimated.recall)}"


def _feed_plain(feed: MatchedFeed) -> dict[str, object]:
    estimated = None if feed.estimated is None else _plain(feed.estimated)
    return asdict(feed) | {"estimated": estimated}


def _estimates(at: AtThreshold) -> str:
    if at.precision is None:
        return "no pair"
    recall = "unknown" if at.recall is None else percent_text(at.recall)
    return f"{at.pairs:,} pairs, precision {percent_text(at.precision)}, recall {recall}"


def _plain(at: AtThreshold) -> dict[str, object]:
    return {
        "threshold": f"{at.threshold:f}",
        "pairs": at.pairs,
        "precision": None if at.precision is None else f"{at.precision:f}",
        "recall": None if at.recall is None else f"{at.recall:f}",
    }
