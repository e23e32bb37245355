"""The pairs that wait for people's decisions, shown so that only identifiers can sway them.

A reviewer sees the keys of the records and how they compare. Which feeds they are of, who was
assigned where, what came of it and what is paid for it are never shown: nothing here opens a table
that holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.records.link.clusters import Pair
from payforsuccess.records.link.linking import GroupJob
from payforsuccess.records.link.methods import METHODS
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.link.decisions import Standing, read_decisions, standings
from payforsuccess.runs.link.files import KeptLinks, latest_links
from payforsuccess.runs.link.quality import as_decimal
from payforsuccess.runs.link.sides import sides_of
from payforsuccess.runs.link.why import Compared, compared_at, comparing
from payforsuccess.store import open_store, open_vault, read_snapshot, vault_folder

MOST_SHOWN = 20


@dataclass(frozen=True)
class WaitingPair:
    """One pair with its score, how it stands, and the comparison behind the score.

    `score` is None, and nothing is compared, where matching did not keep the pair.
    """

    one: str
    other: str
    score: Decimal | None
    standing: str
    compared: tuple[Compared, ...]

    def __str__(self) -> str:
        score = "no score" if self.score is None else f"score {self.score.normalize():f}"
        out = [f"{self.one} and {self.other}: {score}, {self.standing}"]
        for found in self.compared:
            weight = "" if found.weight is None else f"{found.weight:+}"
            out.append(f"  {found.name.replace('_', ' '):<28}{weight:>8}  {found.says}")
            if found.values is not None:
                out.append(f"  {'':<38}{found.values[0]} | {found.values[1]}")
        return "\n".join(out)


@dataclass(frozen=True, repr=False)
class Review:
    """The pairs that wait, in the order of their keys, and how many more do."""

    pairs: tuple[WaitingPair, ...]
    waiting: int

    def __str__(self) -> str:
        if not self.pairs:
            return "No pair waits for a decision."
        left = self.waiting - len(self.pairs)
        last = f"{self.waiting:,} pairs wait" + (f"; {left:,} more with --most" if left else "")
        return "\n".join(["\n\n".join(str(pair) for pair in self.pairs), "", f"{last}."])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs; identifiers are never in it."""
        return {
            "waiting": self.waiting,
            "pairs": [
                {
                    "one": pair.one,
                    "other": pair.other,
                    "score": None if pair.score is None else f"{pair.score:f}",
                    "standing": pair.standing,
                    "compared": [
                        {"name": of.name, "level": of.level, "says": of.says}
                        for of in pair.compared
                    ],
                }
                for pair in self.pairs
            ],
        }


def review_links(
    path: DealPath, *, most: int = MOST_SHOWN, show_identifiers: bool = False
) -> Review:
    """The pairs in the review band that no decision settles, and those decided by too few.

    With `show_identifiers` each pair comes with the identifiers themselves, which needs the vault;
    they are shown to a reviewer's eyes and kept nowhere.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    links = folder.out / "links"
    kept = made_links(links)
    found = standings(read_decisions(links))
    waiting = pairs_waiting(deal, kept, found)
    shown = waiting[:most]
    scores = _scores(kept, shown)
    if not show_identifiers:
        pairs = [_waiting(deal, kept, pair, scores.get(pair), found.get(pair)) for pair in shown]
        return Review(tuple(pairs), len(waiting))
    with open_store(vault=open_vault(vault_folder(folder.root))) as store:
        home = folder.out / "snapshots" / kept.snapshot.removeprefix("sha256:")
        snapshot = read_snapshot(home, store=store)
        sides = sides_of(deal, snapshot, store=store)
        pairs = []
        for pair in shown:
            row = _waiting(deal, kept, pair, scores.get(pair), found.get(pair))
            values = comparing(deal, kept, sides, *pair, store, True).compared
            pairs.append(WaitingPair(row.one, row.other, row.score, row.standing, values))
    return Review(tuple(pairs), len(waiting))


def made_links(home: Path) -> KeptLinks:
    """The links that were made last; refuses where nothing was matched yet."""
    kept = latest_links(home)
    if kept is None:
        raise Refusal(
            Problem(
                sentence("Nothing was matched yet."),
                sentence("Match the people first."),
                Place(str(home)),
            )
        )
    return kept


def pairs_waiting(deal: Deal, kept: KeptLinks, found: dict[Pair, Standing]) -> list[Pair]:
    """Pairs that lie in the review band, or were answered by somebody, and are not decided."""
    pairs = {pair for pair, standing in found.items() if standing.holds is None}
    band = deal.linkage.review if deal.linkage is not None else None
    if band is not None:
        low, high = as_decimal(band.from_), as_decimal(band.to)
        for row in kept.links.select(["one", "other", "score"]).to_pylist():
            pair = (row["one"], row["other"])
            standing = found.get(pair)
            is_open = standing is None or standing.holds is None
            if low <= row["score"] <= high and is_open:
                pairs.add(pair)
    return sorted(pairs)


def _scores(kept: KeptLinks, pairs: Sequence[Pair]) -> dict[Pair, tuple[Decimal, str]]:
    wanted = set(pairs)
    rows = kept.links.select(["one", "other", "score", "reason"]).to_pylist()
    return {
        (row["one"], row["other"]): (row["score"], row["reason"])
        for row in rows
        if (row["one"], row["other"]) in wanted
    }


def _waiting(
    deal: Deal,
    kept: KeptLinks,
    pair: Pair,
    scored: tuple[Decimal, str] | None,
    standing: Standing | None,
) -> WaitingPair:
    says = "waits for two people" if standing is None else str(standing)
    if scored is None:
        return WaitingPair(*pair, None, says, ())
    score, reason = scored
    parameters = _job_of(kept, pair).job.parameters
    if parameters is None or deal.linkage is None:
        return WaitingPair(*pair, score, says, ())
    method = METHODS[deal.linkage.method]
    at = dict(part.split("=") for part in reason.split(";") if part)
    levels = {f"level_{name}": at.get(name, "-1") for name in parameters.levels}
    compared = tuple(
        compared_at(name, parameters, levels, False, method) for name in parameters.levels
    )
    return WaitingPair(*pair, score, says, compared)


def _job_of(kept: KeptLinks, pair: Pair) -> GroupJob:
    anchor = kept.jobs[0].group.name
    groups = {kept.group_of[key] for key in pair} - {anchor}
    name = next(iter(groups), anchor)
    return next(job for job in kept.jobs if job.group.name == name)
