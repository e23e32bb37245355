"""`pfs link` as a whole: the feeds read, their people matched, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from payforsuccess.errors import Finding
from payforsuccess.records.link.quality import AtThreshold
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.ingest import Tell, ingest_feeds, keep_quiet
from payforsuccess.runs.link import Linked, link_people, planned
from payforsuccess.runs.link_quality import MatchedFeed, percent_text
from payforsuccess.runs.run import after_the_data
from payforsuccess.store import open_store, open_vault, vault_folder


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
        unique = tuple(dict.fromkeys(self.findings))
        out += ["Findings", *(f"  {finding}" for finding in unique)] if unique else []
        return "\n".join([*out, f"Kept in {self.folder}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: shares as text."""
        return {
            "fingerprint": self.fingerprint,
            "folder": self.folder.as_posix(),
            "snapshot": self.snapshot,
            "feeds": list(self.feeds),
            "compared": self.compared,
            "people": self.people,
            "estimates": _plain(self.quality),
            "other_estimates": [_plain(at) for at in self.others],
            "waiting": self.waiting,
            "kept_apart": self.refused,
            "findings": list(self.findings),
        }


def link(path: DealPath, *, as_of: date | None = None, tell: Tell = keep_quiet) -> LinkReport:
    """Read the feeds of a deal under their agreements and match their people as its plan says.

    `as_of` is the day on which agreements must hold: the day after the data end unless given.
    Refuses before anything is read what may not be matched.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    planned(deal)
    on = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=on, tell=tell)
    with open_store(vault=open_vault(vault_folder(folder.root))) as store:
        linked = link_people(
            deal, ingested.snapshot, store=store, folder=folder.out / "links", tell=tell
        )
    return _report(linked, ingested.snapshot.fingerprint, ingested.findings)


def _report(linked: Linked, snapshot: str, findings: tuple[Finding, ...]) -> LinkReport:
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
    )


def _feed_line(feed: MatchedFeed, *, is_anchor: bool) -> str:
    name = ", ".join(feed.feeds)
    if is_anchor:
        return f"  {name}: {feed.of:,} people, {feed.matched:,} of them under several numbers"
    rate = percent_text(Decimal(f"{feed.matched / feed.of:.3f}")) if feed.of else "none"
    return f"  {name}: {feed.matched:,} of them found among {feed.records:,} people, {rate}"


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
