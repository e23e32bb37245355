"""From links to people: which records are one person, given thresholds and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import pyarrow as pa

from payforsuccess.deal.tables import LINKS
from payforsuccess.store import arrow_schema

Pair = tuple[str, str]
"""Two record keys, the smaller first."""


@dataclass(frozen=True)
class Decisions:
    """What people decided of pairs: one person, or two. It outlives every threshold and re-run.

    `by` says of a pair who decided, as the table of links shows it. A pair is in one of the two.
    """

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    by: Mapping[Pair, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Clustered:
    """The links with those taken marked, and the clusters of two records or more, each sorted."""

    links: pa.Table
    clusters: tuple[tuple[str, ...], ...]
    refused: int
    """Pairs over the threshold that were not taken, because one-to-one or a decision forbids it."""


def cluster_links(
    links: pa.Table,
    *,
    threshold: Decimal,
    group_of: Mapping[str, str],
    anchor: str,
    one_to_one: bool = False,
    decisions: Decisions | None = None,
) -> Clustered:
    """The records that are one person: pairs are taken from the highest score down.

    links: rows of the table of links. group_of: for each record key, the feed or set of feeds
    whose number it is; `anchor` is that of the deal's own people. Decided pairs come first. Two
    records that were decided to be two people never end in one, whatever other links say. With
    `one_to_one`, a person has at most one record of each group but the anchor's, and two anchor
    records are one person only by a link of their own.
    """
    decisions = decisions or Decisions()
    scored = ScoredPairs.of(links, decisions)
    grown, taken, refused = scored.gathered(
        threshold, Rules(group_of, anchor, one_to_one, decisions.different)
    )
    decided = [
        _decided(pair, _takes(pair, score, threshold, decisions), decisions)
        for pair, score in zip(scored.pairs, scored.scores, strict=True)
    ]
    made = links.set_column(
        links.column_names.index("decided"), "decided", pa.array(decided, pa.string())
    )
    is_taken = [int(at in taken) for at in range(len(scored.pairs))]
    made = made.set_column(
        made.column_names.index("is_taken"), "is_taken", pa.array(is_taken, pa.int64())
    )
    return Clustered(made.cast(arrow_schema(LINKS)), grown.clusters(), refused)


@dataclass(frozen=True)
class ScoredPairs:
    """Pairs with their scores, read once, to be gathered to people at any threshold.

    `order` has their places: decided ones first, then from the highest score down.
    """

    pairs: list[Pair]
    scores: list[Decimal]
    order: list[int]
    decisions: Decisions

    @classmethod
    def of(cls, links: pa.Table, decisions: Decisions) -> ScoredPairs:
        """The pairs of rows of the table of links."""
        one, other = links.column("one").to_pylist(), links.column("other").to_pylist()
        pairs, scores = list(zip(one, other, strict=True)), links.column("score").to_pylist()
        order = sorted(
            range(len(pairs)),
            key=lambda at: (pairs[at] not in decisions.same, -scores[at], pairs[at]),
        )
        return cls(pairs, scores, order, decisions)

    def gathered(self, threshold: Decimal, rules: Rules) -> tuple[Gathered, set[int], int]:
        """The records gathered, the places of the pairs that were taken, and how many were not.

        Not taken, and counted, are pairs over the threshold that a rule forbids.
        """
        same = self.decisions.same
        grown = Gathered(rules)
        taken: set[int] = set()
        refused = 0
        for pair in sorted(same - set(self.pairs)) if same else ():
            grown.join(*pair, is_decided=True)
        for at in self.order:
            pair = self.pairs[at]
            if not _takes(pair, self.scores[at], threshold, self.decisions):
                continue
            if grown.join(*pair, is_decided=pair in same):
                taken.add(at)
            else:
                refused += 1
        return grown, taken, refused


def _takes(pair: Pair, score: Decimal, threshold: Decimal, decisions: Decisions) -> bool:
    if pair in decisions.same:
        return True
    return pair not in decisions.different and score >= threshold


def _decided(pair: Pair, is_over: bool, decisions: Decisions) -> str | None:
    if pair in decisions.same or pair in decisions.different:
        return decisions.by.get(pair, "two people")
    return "threshold" if is_over else None


def _enemies(different: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in different:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


@dataclass(frozen=True)
class Rules:
    """What keeps records apart: `different` are pairs that were decided to be two people."""

    group_of: Mapping[str, str]
    anchor: str
    one_to_one: bool
    different: frozenset[Pair]

    @cached_property
    def enemies(self) -> Mapping[str, set[str]]:
        """For each record, those that were decided to be of someone else."""
        return _enemies(self.different)

    def allow(self, one: list[str], other: list[str], pair: Pair, *, is_decided: bool) -> bool:
        """Whether two clusters may be joined by a link between the pair."""
        small, large = sorted((one, other), key=len)
        if self.enemies and any(
            enemy in large for key in small for enemy in self.enemies.get(key, ())
        ):
            return False
        if not self.one_to_one or is_decided:
            return True
        ones = {self.group_of[key] for key in one}
        others = {self.group_of[key] for key in other}
        if (ones & others) - {self.anchor}:
            return False
        between_anchors = self.anchor in ones and self.anchor in others
        return not between_anchors or all(self.group_of[key] == self.anchor for key in pair)


class Gathered:
    """Records that hang together, joined pair by pair."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._home: dict[str, list[str]] = {}

    def join(self, one: str, other: str, *, is_decided: bool) -> bool:
        """Put the two in one cluster; False where a rule forbids it."""
        left = self._home.setdefault(one, [one])
        right = self._home.setdefault(other, [other])
        if left is right:
            return True
        if not self._rules.allow(left, right, (one, other), is_decided=is_decided):
            return False
        small, large = sorted((left, right), key=len)
        large.extend(small)
        for key in small:
            self._home[key] = large
        return True

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Every cluster of two or more, by its smallest key."""
        unique = {id(members): members for members in self._home.values() if len(members) > 1}
        return tuple(sorted(tuple(sorted(members)) for members in unique.values()))
