"""Where someone stands on the way to keeping a home long enough, by the deal's own measure (R72).

What `held-without-break` will say once the window is over, told beforehand: met, on the way with
the day on which it is met if the person stays, or out of reach. Nothing is paid on it: payment
rests on the measure, which also knows custody, excused days, and which feed saw what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import HeldWithoutBreak, ShareOfCohort
from payforsuccess.governance.caseload import Stay, joined
from payforsuccess.units.calendar import add_months

Where = Literal["not-begun", "met", "on-the-way", "out-of-home", "out-of-reach", "not-counted"]
HOUSED = "housed"


@dataclass(frozen=True)
class Goal:
    """An outcome of the deal that asks for a home kept for a time."""

    outcome: str
    says: str
    measure: HeldWithoutBreak


@dataclass(frozen=True)
class Course:
    """Where a person stands towards a goal.

    day: when it was met; when it is met if the person stays at home from now on; while out of a
    home, the last day on which a home still saves it. since: the day from which it counts.
    """

    goal: Goal
    where: Where
    day: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class Ending:
    """What ended the watching: a death or a move out of the records' reach, on its day."""

    kind: Literal["death", "move"]
    on: date


def goals(deal: Deal) -> tuple[Goal, ...]:
    """The goals of the deal, the one that asks least first."""
    found = []
    for name, outcome in deal.outcomes.items():
        measure = outcome.measure
        of_person = measure.of if isinstance(measure, ShareOfCohort) else measure
        if isinstance(of_person, HeldWithoutBreak) and of_person.state == HOUSED:
            found.append(Goal(name, outcome.says, of_person))
    epoch = date(2001, 1, 1)
    return tuple(sorted(found, key=lambda goal: after(epoch, goal.measure.held_for)))


def course(
    goal: Goal,
    stays: Sequence[Stay],
    *,
    enrolled_on: date,
    on: date,
    ending: Ending | None = None,
    left_well_on: date | None = None,
) -> Course:
    """Where someone stands on a day, knowing the nights before it.

    The window begins with the first home, or with the enrolment where the measure says so; of
    other beginnings nothing is known here, and the goal is not counted. left_well_on: the day of an
    exit that the measure takes as holding on.
    """
    measure = goal.measure
    start = _start(measure, stays, enrolled_on)
    if start is None:
        known = measure.starts_at in ("event", "enrolment")
        return Course(goal, "not-begun" if known else "not-counted")
    ends = after(start, measure.window)
    carries = _carried(measure, ending, left_well_on)
    until = ends if ending is None or carries is not None else min(ends, ending.on)
    home_until = min(on, until)
    so_far = _clipped(joined(stays, until=home_until), start, until)
    if carries is not None and carries < min(ends, on):
        so_far = _merged([*so_far, (max(carries, start), min(ends, on))])
    met = _met(measure, so_far, start=start, is_whole=on >= ends == until, ends=ends)
    if met is not None:
        return Course(goal, "met", met, start)
    if ending is not None and ending.on <= on and carries is None:
        rule = measure.on_death if ending.kind == "death" else measure.on_move
        where: Where = "out-of-reach" if rule == "fail" else "not-counted"
        return Course(goal, where, None, start)
    if on >= ends:
        return Course(goal, "out-of-reach", None, start)
    is_home = any(s.moved_in_on <= on and (s.moved_out_on or ends) > on for s in stays)
    stays_on = _merged([*so_far, (max(on, start), ends)])
    ahead = _met(measure, stays_on, start=start, is_whole=True, ends=ends)
    if ahead is None:
        return Course(goal, "out-of-reach", None, start)
    if is_home or carries is not None:
        return Course(goal, "on-the-way", ahead, start)
    return Course(goal, "out-of-home", _last_chance(measure, so_far, start, on, ends), start)


def after(start: date, length: object) -> date:
    """The day a length of the deal after a day, the month's end clipped."""
    months: int = getattr(length, "months", 0) or 0
    days: int = getattr(length, "days", 0) or 0
    return add_months(start, months) if months else start + timedelta(days=days)


def _start(measure: HeldWithoutBreak, stays: Sequence[Stay], enrolled_on: date) -> date | None:
    if measure.starts_at == "enrolment":
        return enrolled_on
    if measure.starts_at == "event" and measure.start_event == "move-in":
        return min((stay.moved_in_on for stay in stays), default=None)
    return None


def _carried(
    measure: HeldWithoutBreak, ending: Ending | None, left_well_on: date | None
) -> date | None:
    """The day from which the state is taken as held, whatever comes."""
    days = [left_well_on] if left_well_on is not None and measure.good_exits else []
    if ending is not None:
        rule = measure.on_death if ending.kind == "death" else measure.on_move
        days += [ending.on] if rule == "succeed" else []
    return min(days, default=None)


def _met(
    measure: HeldWithoutBreak,
    held: Sequence[tuple[date, date]],
    *,
    start: date,
    is_whole: bool,
    ends: date,
) -> date | None:
    """The first day by which it was held long enough, as the measure tries every beginning."""
    anywhere = measure.lapses_lie == "anywhere"
    found = []
    for begins in [*([start] if anywhere else []), *(first for first, _ in held)]:
        needed = after(begins, measure.held_for) - timedelta(days=1)
        if needed >= ends:
            continue
        day = _tried(measure, held, begins, needed, ends if anywhere and is_whole else None)
        if day is not None:
            found.append(day)
    return min(found, default=None)


def _tried(
    measure: HeldWithoutBreak,
    held: Sequence[tuple[date, date]],
    begins: date,
    needed: date,
    to_end: date | None,
) -> date | None:
    """Walk from a beginning over lapses that are allowed, to the first day that is enough."""
    at, lapses = begins, 0
    for first, end in held:
        if end <= begins:
            continue
        gap = (first - at).days
        if gap > 0:
            lapses += 1
            if lapses > measure.lapses or gap > measure.lapse_days:
                return None
        at = end
        if end > needed:
            return max(needed, first)
    if to_end is None or at >= to_end:
        return None
    is_allowed = lapses < measure.lapses and (to_end - at).days <= measure.lapse_days
    return to_end - timedelta(days=1) if is_allowed else None


def _last_chance(
    measure: HeldWithoutBreak,
    held: Sequence[tuple[date, date]],
    start: date,
    on: date,
    ends: date,
) -> date:
    """The last day on which moving into a home still makes it possible."""
    low, high = on, ends
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        with_home = _merged([*held, (middle, ends)])
        reached = _met(measure, with_home, start=start, is_whole=True, ends=ends)
        low, high = (middle, high) if reached is not None else (low, middle)
    return low


def _clipped(
    held: Sequence[tuple[date, date]], start: date, until: date
) -> list[tuple[date, date]]:
    return [
        (max(first, start), min(end, until))
        for first, end in held
        if max(first, start) < min(end, until)
    ]


def _merged(held: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    return list(_touching(sorted(each for each in held if each[0] < each[1])))


def _touching(held: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    open_: tuple[date, date] | None = None
    for first, end in held:
        if open_ is not None and first <= open_[1]:
            open_ = (open_[0], max(open_[1], end))
            continue
        if open_ is not None:
            yield open_
        open_ = (first, end)
    if open_ is not None:
        yield open_
