"""How good a match is, estimated from its own scores: no truth is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class AtThreshold:
    """What taking every pair from a score on would give; shares to four places."""

    threshold: Decimal
    pairs: int
    precision: Decimal | None
    recall: Decimal | None


@dataclass(frozen=True)
class Unseen:
    """What the kept links do not show of one job.

    `below` is the sum of the probabilities of the pairs that were not kept. `coverage` is the share
    of all matches that were looked at; None where nothing tells, and recall is then of those.
    """

    below: Decimal
    coverage: Decimal | None


def quality_at(threshold: Decimal, jobs: Iterable[tuple[pa.Table, Unseen]]) -> AtThreshold:
    """The estimates for several jobs together.

    The mean probability of the pairs taken is the share of them that are right. What lies below the
    threshold is missed, and so is what was never looked at.
    """
    pairs, right, all_matches = 0, 0.0, 0.0
    for links, unseen in jobs:
        scores = pc.cast(links.column("score"), pa.float64())
        taken = scores.filter(pc.greater_equal(links.column("score"), pa.scalar(threshold)))
        reach = 1.0 if unseen.coverage is None else float(unseen.coverage)
        pairs += len(taken)
        right += pc.sum(taken).as_py() or 0.0
        all_matches += ((pc.sum(scores).as_py() or 0.0) + float(unseen.below)) / (reach or 1.0)
    return AtThreshold(
        threshold,
        pairs,
        Decimal(f"{right / pairs:.4f}") if pairs else None,
        Decimal(f"{min(right / all_matches, 1.0):.4f}") if all_matches else None,
    )


def in_review(links: pa.Table, band: Sequence[Decimal]) -> int:
    """How many links lie within a review band, its ends included, and were not decided yet."""
    score = links.column("score")
    low, high = band
    within = pc.and_(pc.greater_equal(score, pa.scalar(low)), pc.less_equal(score, pa.scalar(high)))
    by_people = pc.fill_null(pc.not_equal(links.column("decided"), "threshold"), False)
    return int(pc.sum(pc.and_(within, pc.invert(by_people))).as_py() or 0)
