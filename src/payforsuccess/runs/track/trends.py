"""An outcome's course, period by period, as counts of people that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from payforsuccess.disclosure import HIDDEN, Cell, Facts, Release, Sum
from payforsuccess.evaluation import interval_of_share
from payforsuccess.reports.numbers import number_text
from payforsuccess.reports.track_facts import ShownNumber

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
    whether a result is for everything so far. site: whose own numbers are set beside those of all.
    members: the enrolments behind a count, by its cell.
    """

    periods: tuple[int, ...]
    groups: tuple[str, ...]
    counts: Counts
    is_share: bool
    to_date: bool = False
    outcome: str = "outcome"
    site: str | None = None
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def scope(self, group: str) -> str:
        """The group of people that a group's counts are of: an end of the names of cells."""
        if group == ALL:
            return ""
        named = {OWN: f"/site/{self.site}", OTHERS: f"/not site/{self.site}"}
        return named.get(group, f"/arm/{group}")

    def cell(self, part: str, group: str, period: int | None, *, to_date: bool = False) -> str:
        """The name of a count in a period, up to and with it, or (None) in all periods together.

        Those of all periods together are named as the tables of rates by group name them.
        """
        if period is not None:
            when = f"/{'to ' if to_date else ''}period {period}"
            return f"{self.outcome} {part}{when}{self.scope(group)}"
        named = self.outcome.replace("_", " ")
        did = named if self.is_share else f"{named} reached"
        known = f"whose {named} is known"
        whole = {"reached": did, "known": known, "other": f"{known} not {named}"}[part]
        return f"{whole}{self.scope(group)}"

    @property
    def sums_up(self) -> bool:
        """Whether all periods together are shown as well, there being several, one after one."""
        return ALL in self.groups and not self.to_date and len(self.peopled) > 1

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


def course_facts(course: Course) -> Facts:
    """The counts of people as facts: by group and period, in all together, and to date if so shown.

    Where what is in all periods together is on no page it is protected all the same: who takes it
    from the enrolled could tell who has no result.
    """
    counts = dict(course.counts)
    cells, sums = _facts(course, counts, to_date=False)
    so_far: dict[tuple[str, int], Count] = {}
    never: set[str] = set(cells) if course.to_date else set()
    groups: dict[str, str] = {}
    for group in course.groups:
        for at, period in enumerate(course.periods):
            earlier = (so_far[group, course.periods[at - 1]],) if at else ()
            so_far[group, period] = sum(earlier, counts[group, period])
        for part in _parts(course, counts[group, course.periods[0]]):
            total = course.cell(part, group, None)
            parts = tuple(course.cell(part, group, period) for period in course.periods)
            people = sum(cells[name].value for name in parts)
            cells[total] = Cell(people, zero_tells=any(cells[name].zero_tells for name in parts))
            sums.append(Sum(total, parts))
            if not course.sums_up or part == "other":
                never.add(total)
            groups[total] = course.scope(group).removeprefix("/")
    if course.to_date:
        ties = []
        for group in course.groups:
            for part in _parts(course, counts[group, course.periods[0]]):
                for at, period in enumerate(course.periods):
                    tied = [course.cell(part, group, period)]
                    if at:
                        before = course.periods[at - 1]
                        tied.append(course.cell(part, group, before, to_date=True))
                    whole = course.cell(part, group, period, to_date=True)
                    ties.append(Sum(whole, tuple(tied)))
        more, further = _facts(course, so_far, to_date=True)
        cells |= more
        sums += [*further, *ties]
    return Facts(
        cells,
        tuple(sums),
        never_shown=frozenset(never),
        groups=groups,
        first=frozenset(_levels(course)),
    )


def _levels(course: Course) -> Iterator[str]:
    """The counts that say where the outcome stands: in all periods together, and in the last.

    Of all periods together it is who reached it, not of how many: where few did not, one of the
    two numbers hides the other, and what was reached is what is expected and paid for.
    """
    for group in course.groups:
        if group != OTHERS:
            for part in _parts(course, course.counts[group, course.periods[0]]):
                last = course.peopled[-1]
                yield course.cell(part, group, last, to_date=course.to_date)
            if course.sums_up:
                yield course.cell("reached", group, None)


def _facts(course: Course, counts: Counts, *, to_date: bool) -> tuple[dict[str, Cell], list[Sum]]:
    cells: dict[str, Cell] = {}
    sums = []
    for group in course.groups:
        for period in course.periods:
            count = counts[group, period]
            named = {
                part: course.cell(part, group, period, to_date=to_date)
                for part in _parts(course, count)
            }
            for part, people in _parts(course, count).items():
                # 0 of 12 and 12 of 12 say of everyone what they did
                tells = course.is_share and part != "known" and bool(count.known)
                cells[named[part]] = Cell(people, zero_tells=tells)
            if "other" in named:
                sums.append(Sum(named["known"], (named["reached"], named["other"])))
    if OWN in course.groups:
        for period in course.periods:
            for part in _parts(course, counts[ALL, period]):
                whole, own, others = (
                    course.cell(part, group, period, to_date=to_date)
                    for group in (ALL, OWN, OTHERS)
                )
                sums.append(Sum(whole, (own, others)))
    return cells, sums


def _parts(course: Course, count: Count) -> dict[str, int]:
    parts = {"reached": count.reached}
    if count.known is not None:
        parts["known"] = count.known
        if course.is_share:
            parts["other"] = count.known - count.reached
    return parts


def shown_number(course: Course, release: Release, group: str, period: int | None) -> ShownNumber:
    """One group's number in one period, or (None) in all, as it may be shown, with people and rate.

    Of a period whose result is for everything so far, the number is too.
    """
    if period is None or course.to_date:
        counts = [
            course.counts[group, at] for at in course.periods if period is None or at <= period
        ]
        count = sum(counts[1:], counts[0])
    else:
        count = course.counts[group, period]
    named = {
        part: course.cell(part, group, period, to_date=course.to_date)
        for part in _parts(course, count)
    }
    people = release.text_of(named["reached" if count.known is None else "known"])
    if named["reached"] not in release.shown:
        return ShownNumber(HIDDEN, people, HIDDEN if course.is_share else "")
    rate = ""
    if course.is_share:
        is_known = named["known"] in release.shown
        rate = share_text(count.reached, count.known or 0) if is_known else HIDDEN
    return ShownNumber(number_text(count.total), people, rate)


def may_show_value(course: Course, release: Release, period: int, *, is_rate: bool) -> bool:
    """Whether a period's result may be shown: a rate tells both of the counts it is made of."""
    parts = ("reached", "known") if is_rate else ("reached",)
    return all(
        course.cell(part, ALL, period, to_date=course.to_date) in release.shown for part in parts
    )


def share_text(yes: int, people: int) -> str:
    """`30% (18% to 45%)`, the interval being Wilson's; no share of no one."""
    if not people:
        return "no one"
    interval = interval_of_share(yes, people, confidence=CONFIDENCE)
    return f"{100 * yes / people:.0f}% ({100 * interval.low:.0f}% to {100 * interval.high:.0f}%)"
