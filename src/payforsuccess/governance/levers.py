"""The four levers side by side: what each organisation can do, by level, and what blocks.

A lever is as high as the lowest of its capacities, for a chain breaks at its weakest part; the mean
stands beside. Ratings count once the two or more who rated agreed on a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

from payforsuccess.governance.after import after
from payforsuccess.governance.capacity import (
    Capacity,
    CapacityFile,
    CapacitySet,
    Improvement,
    Rated,
    Rating,
)
from payforsuccess.governance.initiative.change import Lever
from payforsuccess.governance.initiative.initiative import Initiative

LEVERS: tuple[Lever, ...] = get_args(Lever)
RATERS = 2
"""People who rate before they agree on a level."""


@dataclass(frozen=True)
class CapacityFound:
    """One capacity of one organisation on a day.

    level: what the raters agreed on last; None while there is no such level, for the reason
    `why_not`. before: what they agreed on the time before. due: the day on which it is rated again.
    """

    capacity: Capacity
    level: int | None
    why_not: str
    on: date | None
    due: date | None
    before: int | None
    plan: Improvement | None

    @property
    def change(self) -> int | None:
        """How many levels it rose since the time before; below zero where it fell."""
        if self.level is None or self.before is None:
            return None
        return self.level - self.before


@dataclass(frozen=True)
class LeverFound:
    """A lever of one organisation: its lowest level and the mean, None while one is unrated."""

    lever: Lever
    capacities: tuple[CapacityFound, ...]
    lowest: int | None
    mean: Fraction | None
    is_blocking: bool

    @property
    def why_blocked(self) -> str:
        """What blocks, in words; empty where nothing does."""
        if not self.is_blocking:
            return ""
        if not self.capacities:
            return "the set has no capacity for it"
        open_ = [one for one in self.capacities if one.level is None]
        if open_:
            return f"not rated: {', '.join(one.capacity.name for one in open_)}"
        return f"at level {self.lowest}"


@dataclass(frozen=True)
class LeversOf:
    """The four levers of one organisation."""

    organisation: str
    rated_as: Rated
    levers: tuple[LeverFound, ...]


def levers_of(
    initiative: Initiative, file: CapacityFile, rated_by: CapacitySet, *, on: date
) -> tuple[LeversOf, ...]:
    """The levers of every payor and every provider, apart (R90, R94).

    An organisation that is both is rated as both. One that nobody rated stands there unrated.
    """
    return tuple(
        LeversOf(
            name, kind, tuple(_lever(lever, name, kind, file, rated_by, on) for lever in LEVERS)
        )
        for name, kind in to_be_rated(initiative, on=on)
    )


def to_be_rated(initiative: Initiative, *, on: date) -> tuple[tuple[str, Rated], ...]:
    """Who has to be rated: payors as the government, and providers."""
    payors = dict.fromkeys(
        (
            *initiative.payor_names,
            *(each.name for each in initiative.organisations if each.holds("payor", on=on)),
        )
    )
    providers = [each.name for each in initiative.organisations if each.holds("provider", on=on)]
    return (*((name, "government") for name in payors), *((name, "provider") for name in providers))


def _lever(
    lever: Lever, name: str, kind: Rated, file: CapacityFile, rated_by: CapacitySet, on: date
) -> LeverFound:
    found = tuple(
        _capacity(capacity, name, file, rated_by, on)
        for capacity in rated_by.capacities
        if capacity.lever == lever and kind in capacity.of
    )
    levels = [one.level for one in found if one.level is not None]
    if not found or len(levels) < len(found):
        return LeverFound(lever, found, None, None, is_blocking=True)
    lowest = min(levels)
    return LeverFound(
        lever,
        found,
        lowest,
        Fraction(sum(levels), len(levels)),
        is_blocking=lowest <= rated_by.blocks_at,
    )


def _capacity(
    capacity: Capacity, name: str, file: CapacityFile, rated_by: CapacitySet, on: date
) -> CapacityFound:
    own = [
        each
        for each in file.ratings
        if each.organisation == name and each.capacity == capacity.name and each.on <= on
    ]
    agreed = sorted((each for each in own if each.is_consensus), key=lambda each: each.on)
    plans = [
        each
        for each in file.improvements
        if each.organisation == name and each.capacity == capacity.name
    ]
    counted = [each for each in agreed if not why_not_counted(each, agreed, own, rated_by)]
    last = agreed[-1] if agreed else None
    reason = "nobody rated it" if not own else "the raters have not agreed on a level"
    if last is not None:
        reason = why_not_counted(last, agreed, own, rated_by)
    is_counted = last is not None and not reason
    earlier = [each for each in counted if last is not None and each.on < last.on]
    return CapacityFound(
        capacity,
        last.level if last is not None and is_counted else None,
        reason,
        last.on if last is not None else None,
        after(last.on, rated_by.rerate_every) if last is not None else None,
        earlier[-1].level if earlier else None,
        max(plans, key=lambda each: each.by, default=None),
    )


def why_not_counted(
    rating: Rating, agreed: Sequence[Rating], own: Sequence[Rating], rated_by: CapacitySet
) -> str:
    """Why a level that was agreed on does not count; empty where it does.

    Two people must have rated since the level agreed on before, and from the set's level on
    something must show it.
    """
    since = max((each.on for each in agreed if each.on < rating.on), default=date.min)
    raters = {
        each.rater.casefold()
        for each in own
        if not each.is_consensus and since < each.on <= rating.on
    }
    if len(raters) < RATERS:
        return f"{len(raters)} of {RATERS} people rated it before a level was agreed on"
    if rating.level >= rated_by.evidence_from and rating.evidence is None:
        return f"level {rating.level} needs evidence"
    return ""


def overdue(found: Sequence[LeversOf], *, on: date) -> Iterator[tuple[str, CapacityFound]]:
    """Capacities that were to be rated again before the day."""
    for one in found:
        for lever in one.levers:
            for capacity in lever.capacities:
                if capacity.due is not None and capacity.due < on:
                    yield one.organisation, capacity
