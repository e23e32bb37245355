"""Counts by group as rates that may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from payforsuccess.disclosure import (
    HIDDEN,
    LEAST_THRESHOLD,
    Cell,
    Facts,
    Release,
    difference,
    joined,
    rates,
)
from payforsuccess.errors import sentence
from payforsuccess.evaluation import interval_of_share
from payforsuccess.reports.equity import Breakdown, ShownRate

EVERYONE = "everyone"
CONFIDENCE = 0.95

OF_ARRESTS = sentence(
    "Arrests, bookings and days in jail record what police, courts and jails do as well as what "
    "people do: who is policed more is arrested more for the same conduct. Read this beside "
    "convictions or new cases filed, what people say themselves, and the same rate in the "
    "comparison group, before it is taken for a difference in behaviour."
)
OF_SCORES = sentence(
    "Who could be referred was decided by a score. A score learns from the past it was made from, "
    "and carries its gaps on: look at who stood just under the mark, and beside it at a lottery "
    "among all who are eligible, at need stated by case managers, or at a lower mark."
)


@dataclass(frozen=True)
class Counted:
    """How many of each group did something, of those who could."""

    did: str
    of: str
    by: str
    counts: Mapping[str, tuple[int, int]]
    caution: str = ""
    is_people: bool = False
    """Whether those who did may lie within or around the people of other rates, as the enrolled."""
    within: str = ""
    """Of whom everyone knows that the people of this rate are among them."""


def facts_of(counted: Sequence[Counted], *, threshold: int = LEAST_THRESHOLD) -> Facts:
    """All counts as one set of facts, so that no table tells what another hides.

    The people that rates are of lie within one another: who has a known result is among the
    enrolled. Taking one from the other tells how many are not, such as one who died, so each
    difference between the people of two rates is protected like a count.
    """
    facts = joined(rates(c.counts, part=c.did, of=c.of, by=c.by) for c in counted)
    names = dict.fromkeys(name for c in counted for name in (c.of, c.did if c.is_people else c.of))
    groups = dict.fromkeys(f"/{c.by}/{group}" for c in counted for group in c.counts)
    within = {(c.within, c.of) for c in counted}
    return joined(
        [
            facts,
            *(
                difference(
                    facts,
                    f"{one}{group}",
                    f"{other}{group}",
                    is_within=(one, other) in within,
                )
                for one, other in combinations(names, 2)
                for group in ("", *groups)
                if f"{one}{group}" in facts.cells and f"{other}{group}" in facts.cells
                if (one, other) in within
                or _by_few(facts.cells[f"{one}{group}"], facts.cells[f"{other}{group}"], threshold)
            ),
        ]
    )


def _by_few(one: Cell, other: Cell, threshold: int) -> bool:
    """Whether two counts differ by few; one that is small is hidden itself."""
    return 1 <= abs(one.value - other.value) <= threshold < min(one.value, other.value)


def breakdowns(counted: Sequence[Counted], release: Release) -> tuple[Breakdown, ...]:
    """Each rate by each fact as it may be shown, the last row being everyone."""
    found = []
    for one in counted:
        rows = [
            _row(group, f"{one.did}/{one.by}/{group}", f"{one.of}/{one.by}/{group}", release)
            for group in one.counts
        ]
        rows.append(_row(EVERYONE, one.did, one.of, release))
        found.append(Breakdown(one.did, one.of, one.by, tuple(rows), one.caution))
    return tuple(found)


def _row(group: str, did: str, of: str, release: Release) -> ShownRate:
    rate = HIDDEN
    if did in release.shown and of in release.shown:
        rate = _rate(release.shown[did], release.shown[of])
    return ShownRate(group, release.text_of(did), release.text_of(of), rate)


def _rate(yes: int, people: int) -> str:
    """`30% (18% to 45%)`; no rate of no one."""
    if not people:
        return "no one"
    interval = interval_of_share(yes, people, confidence=CONFIDENCE)
    return f"{100 * yes / people:.0f}% ({100 * interval.low:.0f}% to {100 * interval.high:.0f}%)"
