"""From links to people: which records are one person, given thresholds and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

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
    one, other = links.column("one").to_pylist(), links.column("other").to_pylist()
    scores = links.column("score").to_pylist()
    rules = _Rules(group_of, anchor, one_to_one, _enemies(decisions.different))
    pairs = list(zip(one, other, strict=True))
    takes = [
        _takes(pair, score, threshold, decisions) for pair, score in zip(pairs, scores, strict=True)
    ]
    order = sorted(
        (at for at, taken in enumerate(takes) if taken),
        key=lambda at: (pairs[at] not in decisions.same, -scores[at], pairs[at]),
    )
    grown = _Clusters(rules)
    taken = [0] * len(pairs)
    refused = 0
    for pair in sorted(decisions.same - set(pairs)):
        grown.join(*pair, is_decided=True)
    for at in order:
        is_decided = pairs[at] in decisions.same
        if grown.join(*pairs[at], is_decided=is_decided):
            taken[at] = 1
        else:
            refused += 1
    decided = [_decided(pair, takes[at], decisions) for at, pair in enumerate(pairs)]
    made = links.set_column(
        links.column_names.index("decided"), "decided", pa.array(decided, pa.string())
    )
    made = made.set_column(
        made.column_names.index("is_taken"), "is_taken", pa.array(taken, pa.int64())
    )
    return Clustered(made.cast(arrow_schema(LINKS)), grown.clusters(), refused)


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
class _Rules:
    group_of: Mapping[str, str]
    anchor: str
    one_to_one: bool
    enemies: Mapping[str, set[str]]

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


class _Clusters:
    """Records that hang together, joined pair by pair."""

    def __init__(self, rules: _Rules) -> None:
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
