"""The ways people may be drawn into two arms, each with what must stay as it was.

Codes (of strata, blocks, clusters, days) are integers from 0, one a person, shape (people,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Complete:
    """So many of the people are treated, every such choice as likely as any other."""

    people: int
    treated: int


@dataclass(frozen=True)
class Simple:
    """Each person is treated with the same chance, alone; an arm without anyone is drawn again."""

    people: int
    share: float


@dataclass(frozen=True)
class Stratified:
    """So many are treated in each stratum. strata: a code a person; treated: a count a stratum."""

    strata: Codes
    treated: Codes


@dataclass(frozen=True)
class PermutedBlocks:
    """Places of each block are dealt in random order. blocks: a code a person.

    sizes and treated: places, and places for treatment, of each block. A block may have fewer
    people than places, as the last one often does: they take some of its places at random.
    """

    blocks: Codes
    sizes: Codes
    treated: Codes


@dataclass(frozen=True)
class Clustered:
    """Whole clusters are drawn, and people go with theirs. clusters: a code a person.

    among: how clusters were drawn, its "people" being the clusters in the order of their codes.
    """

    clusters: Codes
    among: Complete | Simple | Stratified | PermutedBlocks


@dataclass(frozen=True)
class SequentialLottery:
    """On each day so many slots are drawn among those who wait.

    arrived: the day (from 0) a person came, one a person; slots: places that open, one a day;
    waits: days for which a person not drawn stays in the lottery after the first (0: none).
    With fewer waiting than slots, all are drawn. A person never drawn is in the other arm.
    """

    arrived: Codes
    slots: Codes
    waits: int = 0


Design = Complete | Simple | Stratified | PermutedBlocks | Clustered | SequentialLottery


def complete_as(treated: NDArray[np.bool_]) -> Complete:
    """The complete design with as many treated as were."""
    return Complete(len(treated), int(treated.sum()))


def stratified_as(treated: NDArray[np.bool_], strata: Codes) -> Stratified:
    """The stratified design with as many treated in each stratum as were."""
    return Stratified(strata, np.bincount(strata, weights=treated).astype(np.int64))


def clustered_as(
    treated: NDArray[np.bool_], clusters: Codes, strata: Codes | None = None
) -> Clustered:
    """The clustered design with as many clusters treated as were, in each stratum of clusters.

    strata: a code a person. Refuses a cluster in both arms, and one in two strata.
    """
    arms = by_cluster(treated.astype(np.int64), clusters, "in both arms").astype(bool)
    if strata is None:
        return Clustered(clusters, complete_as(arms))
    return Clustered(clusters, stratified_as(arms, by_cluster(strata, clusters, "in two strata")))


def blocks_in_order(
    strata: Codes, sizes: Sequence[Sequence[int]], *, treated: int, of: int
) -> PermutedBlocks:
    """Blocks filled in the order of the rows. sizes: for each stratum, those that were dealt.

    treated of so many places are for treatment. Refuses sizes that this ratio does not divide,
    and fewer places than people.
    """
    blocks = np.zeros(len(strata), np.int64)
    dealt: list[int] = []
    for stratum, own in enumerate(sizes):
        rows = np.flatnonzero(strata == stratum)
        if any(size <= 0 or size * treated % of for size in own):
            raise Refusal(
                Problem(
                    f"A block's size cannot be split {treated} of {of}.",
                    "State the sizes that were dealt, each a multiple of what the ratio needs.",
                )
            )
        if sum(own) < len(rows):
            raise Refusal(
                Problem(
                    f"The blocks of stratum {stratum} have {sum(own):,} places for "
                    f"{len(rows):,} people.",
                    "State the size of every block that was dealt, in order.",
                )
            )
        blocks[rows] = len(dealt) + np.repeat(np.arange(len(own)), own)[: len(rows)]
        dealt.extend(own)
    all_sizes = np.array(dealt, np.int64)
    return PermutedBlocks(blocks, all_sizes, all_sizes * treated // of)


def by_cluster(values: Codes, clusters: Codes, what: str) -> Codes:
    """What all people of a cluster share, one a cluster; refuses a cluster whose people differ."""
    count = int(clusters.max()) + 1
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(low, clusters, values)
    np.maximum.at(high, clusters, values)
    if (differ := int((low != high).sum())) > 0:
        raise Refusal(
            Problem(
                f"{differ:,} clusters are {what}, or have no one.",
                "Give each cluster whole to one, and number clusters without gaps.",
            )
        )
    return low


def refuse_misfit(design: Design, treated: NDArray[np.bool_]) -> None:
    """Refuse arms that the design could not have given: it is then not the one that was used."""
    if len(treated) != people_of(design):
        raise ValueError("a design has one row a person, as the arms do")
    wrong = 0
    match design:
        case Complete():
            wrong = int(treated.sum() != design.treated)
        case Stratified():
            wrong = int((_counts(treated, design.strata, design.treated) != design.treated).sum())
        case PermutedBlocks():
            given = _counts(treated, design.blocks, design.sizes)
            others = _counts(~treated, design.blocks, design.sizes)
            left = design.sizes - design.treated
            wrong = int(((given > design.treated) | (others > left)).sum())
        case Clustered():
            arms = by_cluster(treated.astype(np.int64), design.clusters, "in both arms")
            refuse_misfit(design.among, arms.astype(bool))
        case SequentialLottery():
            if design.waits:
                wrong = int(treated.sum() > design.slots.sum())
            else:
                came = np.bincount(design.arrived, minlength=len(design.slots))
                drawn = np.bincount(design.arrived, weights=treated, minlength=len(design.slots))
                wrong = int((drawn != np.minimum(came, design.slots)).sum())
        case Simple():
            pass
    if wrong:
        raise Refusal(
            Problem(
                f"The {_NAMES[type(design)]} could not have given these arms: {wrong:,} "
                "of its counts differ.",
                "State the design that was used, with people's arms as they were drawn.",
            )
        )


_NAMES: dict[type, str] = {
    Complete: "complete design",
    Stratified: "strata",
    PermutedBlocks: "permuted blocks",
    SequentialLottery: "lottery",
}


def people_of(design: Design) -> int:
    """How many people the design draws."""
    match design:
        case Complete() | Simple():
            return design.people
        case Stratified():
            return len(design.strata)
        case PermutedBlocks():
            return len(design.blocks)
        case Clustered():
            return len(design.clusters)
        case SequentialLottery():
            return len(design.arrived)


def _counts(which: NDArray[np.bool_], codes: Codes, like: Codes) -> Codes:
    return np.bincount(codes, weights=which, minlength=len(like)).astype(np.int64)
