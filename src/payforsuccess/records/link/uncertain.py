"""What else the people of a deal could be: clusters at other thresholds, and those in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.link.clusters import Decisions, Rules, ScoredPairs

Clusters = tuple[tuple[str, ...], ...]
_ABOVE = Decimal("1e-9")
"""The step in which scores are written: a threshold so much higher leaves a score out."""


@dataclass(frozen=True)
class Doubtful:
    """Records that hang together only if some pair in the review band is one person.

    `with_band` are the clusters of these records when every pair of the band is taken,
    `without_band` when none is.
    """

    records: tuple[str, ...]
    with_band: Clusters
    without_band: Clusters


@dataclass(frozen=True)
class Clusterings:
    """The links of a deal, to be gathered to people at any threshold; decisions stand at each."""

    links: pa.Table
    group_of: Mapping[str, str]
    anchor: str
    one_to_one: bool
    decisions: Decisions
    _found: dict[Decimal, Clusters] = field(default_factory=dict, repr=False, compare=False)

    def at(self, threshold: Decimal) -> Clusters:
        """The clusters of two records or more when pairs from this score on are taken."""
        if threshold not in self._found:
            grown, _, _ = self._scored.gathered(threshold, self._rules)
            self._found[threshold] = grown.clusters()
        return self._found[threshold]

    @cached_property
    def _scored(self) -> ScoredPairs:
        return ScoredPairs.of(self.links, self.decisions)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.group_of, self.anchor, self.one_to_one, self.decisions.different)

    def scores_within(self, low: Decimal, high: Decimal) -> list[Decimal]:
        """The distinct scores of undecided pairs within a band, its ends included, in order."""
        decided = self.decisions.same | self.decisions.different
        rows = self._within(low, high).select(["one", "other", "score"]).to_pylist()
        return sorted({row["score"] for row in rows if (row["one"], row["other"]) not in decided})

    def doubtful(self, low: Decimal, high: Decimal) -> tuple[Doubtful, ...]:
        """The groups of records that the pairs of a band hold together, each by itself.

        No pair leads from one group to another, so what is decided of one changes no other.
        """
        if not self.scores_within(low, high):
            return ()
        taken, left = self.at(low), self.at(high + _ABOVE)
        found = []
        for records in self._hanging_together(low):
            within = set(records)
            one = tuple(cluster for cluster in taken if cluster[0] in within)
            other = tuple(cluster for cluster in left if cluster[0] in within)
            if one != other:
                found.append(Doubtful(records, one, other))
        return tuple(found)

    def _within(self, low: Decimal, high: Decimal) -> pa.Table:
        score = self.links.column("score")
        return self.links.filter(
            pc.and_(pc.greater_equal(score, pa.scalar(low)), pc.less_equal(score, pa.scalar(high)))
        )

    def _hanging_together(self, low: Decimal) -> Clusters:
        """Records that any pair from a score on, or any decision, connects."""
        enough = self.links.filter(pc.greater_equal(self.links.column("score"), pa.scalar(low)))
        pairs = list(
            zip(enough.column("one").to_pylist(), enough.column("other").to_pylist(), strict=True)
        )
        home: dict[str, list[str]] = {}
        for one, other in [*pairs, *sorted(self.decisions.same)]:
            left, right = home.setdefault(one, [one]), home.setdefault(other, [other])
            if left is right:
                continue
            small, large = sorted((left, right), key=len)
            large.extend(small)
            for key in small:
                home[key] = large
        unique = {id(members): members for members in home.values()}
        return tuple(sorted(tuple(sorted(members)) for members in unique.values()))
