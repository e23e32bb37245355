"""An outcome's course, period by period, in numbers that may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.disclosure import HIDDEN, Cell, Facts, Release, Sum, suppress
from payforsuccess.evaluation import interval_of_share
from payforsuccess.reports.numbers import number_text
from payforsuccess.reports.track import ShownNumber

ALL, OWN, OTHERS = "all", "own", "others"
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Count:
    """What one group's people came to in one period.

    reached: people whose quantity is not 0. known: people with a known result; None for what is
    earned as it happens, which has no denominator.
    """

    reached: int
    known: int | None
    total: Fraction

    def __add__(self, other: Count) -> Count:
        both = None if self.known is None or other.known is None else self.known + other.known
        return Count(self.reached + other.reached, both, self.total + other.total)


Counts = Mapping[tuple[str, int], Count]
"""By group, `ALL`, `OWN` or `OTHERS` or an arm, and period."""


@dataclass(frozen=True)
class Course:
    """The periods with a result and the counts of each; `OTHERS` are counted and never shown.

    is_share: whether every quantity is 1 or 0, so that there is a share with an interval. to_date:
    whether a result is for everything so far.
    """

    periods: tuple[int, ...]
    groups: tuple[str, ...]
    counts: Counts
    is_share: bool
    to_date: bool = False

    @property
    def peopled(self) -> tuple[int, ...]:
        """The periods from the first to the last with anyone in it; all, where there is no one."""
        anyone = [
            at
            for at, period in enumerate(self.periods)
            if any((c.known or c.reached) for (_, p), c in self.counts.items() if p == period)
        ]
        if not anyone:
            return self.periods
        return self.periods[anyone[0] : None if self.to_date else anyone[-1] + 1]


def counts_by_group(
    rows: Sequence[Mapping[str, object]], periods: Sequence[int], *, by_site: bool, has_known: bool
) -> dict[tuple[str, int], Count]:
    """The rows of `compile_course` by group, with nothing where a period has no row."""
    nothing = Count(0, 0 if has_known else None, Fraction(0))
    found: dict[tuple[str, int], Count] = {}
    for row in rows:
        known = int(str(row["known"])) if has_known else None
        group = OWN if row["is_own"] else OTHERS
        count = Count(int(str(row["reached"])), known, Fraction(str(row["total"])))
        found[group, int(str(row["period"]))] = count
    counts: dict[tuple[str, int], Count] = {}
    for period in periods:
        own, others = (found.get((group, period), nothing) for group in (OWN, OTHERS))
        counts[ALL, period] = own + others
        if by_site:
            counts |= {(OWN, period): own, (OTHERS, period): others}
    return counts


def suppressed(facts: Facts, *, threshold: int) -> Release:
    """Which numbers are shown; none, where no choice is found in which no small one is told."""
    try:
        return suppress(facts, threshold=threshold)
    except ValueError:
        return Release({}, frozenset(facts.cells), {})


def course_facts(course: Course) -> Facts:
    """The counts of people as facts: by group and period, and to date where results are."""
    counts = dict(course.counts)
    plain = _facts(course, counts, "")
    if not course.to_date:
        return plain
    so_far: dict[tuple[str, int], Count] = {}
    ties = []
    for group in course.groups:
        before: int | None = None
        for period in course.periods:
            count = counts[group, period]
            earlier = (so_far[group, before],) if before is not None else ()
            so_far[group, period] = sum(earlier, count)
            for part in _parts(course, count):
                tied = [f"{part}/{group}/{period}"]
                tied += [] if before is None else [f"{part}/{group}/to {before}"]
                ties.append(Sum(f"{part}/{group}/to {period}", tuple(tied)))
            before = period
    to_date = _facts(course, so_far, "to ")
    return Facts(
        {**plain.cells, **to_date.cells},
        (*plain.sums, *to_date.sums, *ties),
        never_shown=frozenset(plain.cells),
    )


def _facts(course: Course, counts: Counts, prefix: str) -> Facts:
    cells: dict[str, Cell] = {}
    sums = []
    for group in course.groups:
        for period in course.periods:
            count = counts[group, period]
            spot = f"{group}/{prefix}{period}"
            parts = _parts(course, count)
            for part, people in parts.items():
                # 0 of 12 and 12 of 12 say of everyone what they did
                tells = course.is_share and part != "known" and bool(count.known)
                cells[f"{part}/{spot}"] = Cell(people, zero_tells=tells)
            if "other" in parts:
                sums.append(Sum(f"known/{spot}", (f"reached/{spot}", f"other/{spot}")))
    if OWN in course.groups:
        for period in course.periods:
            for part in _parts(course, counts[ALL, period]):
                own, others = (f"{part}/{group}/{prefix}{period}" for group in (OWN, OTHERS))
                sums.append(Sum(f"{part}/{ALL}/{prefix}{period}", (own, others)))
    return Facts(cells, tuple(sums))


def _parts(course: Course, count: Count) -> dict[str, int]:
    parts = {"reached": count.reached}
    if count.known is not None:
        parts["known"] = count.known
        if course.is_share:
            parts["other"] = count.known - count.reached
    return parts


def shown_number(course: Course, release: Release, group: str, period: int) -> ShownNumber:
    """One group's number in one period as it may be shown, with people and rate."""
    so_far = [course.counts[group, at] for at in course.periods if at <= period]
    count = sum(so_far[1:], so_far[0]) if course.to_date else course.counts[group, period]
    spot = f"{group}/{'to ' if course.to_date else ''}{period}"
    needed = [f"{part}/{spot}" for part in _parts(course, count) if part != "other"]
    people = release.text_of(f"{'reached' if count.known is None else 'known'}/{spot}")
    if not all(name in release.shown for name in needed):
        return ShownNumber(HIDDEN, people, HIDDEN if course.is_share else "")
    rate = share_text(count.reached, count.known or 0) if course.is_share else ""
    return ShownNumber(number_text(count.total), people, rate)


def share_text(yes: int, people: int) -> str:
    """`30% (18% to 45%)`, the interval being Wilson's; no share of no one."""
    if not people:
        return "no one"
    interval = interval_of_share(yes, people, confidence=CONFIDENCE)
    return f"{100 * yes / people:.0f}% ({100 * interval.low:.0f}% to {100 * interval.high:.0f}%)"
