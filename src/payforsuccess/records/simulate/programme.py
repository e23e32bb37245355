"""The programme: who is referred, drawn by lot, housed, and for how long. The planted truth."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from payforsuccess.records.simulate.draws import Flags, Rng, Whole, stream
from payforsuccess.records.simulate.people import CHRONIC, NEVER, People, day_number
from payforsuccess.records.simulate.plan import CountyPlan

_YEAR = 365.25
_COMES_BACK = 0.35
LEFT_FOR = ("permanent-housing", "homeless", "jail", "unknown")
_LEFT_FOR_EDGES = np.array([0.15, 0.55, 0.70])


@dataclass(frozen=True)
class Programme:
    """One row a person in the lottery; `who` is the position in the block, days as in `People`.

    `held_from` is the day of the booking during which each was referred; all leave jail on
    `released`. `moved_in` is NEVER for those not housed; `again_in` to `again_out` is a second home
    after the first was lost.
    """

    who: Whole
    is_treated: Flags
    site: Whole
    held_from: Whole
    referred: Whole
    assigned: Whole
    released: Whole
    moved_in: Whole
    moved_out: Whole
    again_in: Whole
    again_out: Whole
    left_for: Whole
    """Where the first home was left for: a position in `LEFT_FOR`, if not by death."""

    @property
    def is_housed(self) -> Flags:
        """Who of them the programme moved into a home."""
        return self.moved_in < NEVER


def draw_lots(plan: CountyPlan, block: int, people: People) -> Programme:
    """The block's part of the lottery: as many offered the programme as not.

    Adults without a home come first, then others; whoever is drawn is alive at the end of the
    lottery and counts as without a home from the start.
    """
    rng = stream(plan.seed, block, "programme")
    size = 2 * plan.enrolled_in(block)
    age = (day_number(plan.enrols_from) - people.born) / _YEAR
    suits = (age >= 18) & (age < 75) & (people.died > day_number(plan.enrols_to) + 30)
    order = np.lexsort((rng.random(len(people)), -people.way, ~suits))
    who = np.sort(order[:size])
    lot = rng.permutation(size)
    is_treated = lot < size // 2
    span = day_number(plan.enrols_to) - day_number(plan.enrols_from)
    referred = day_number(plan.enrols_from) + np.floor(rng.random(size) ** 0.8 * span).astype(
        np.int64
    )
    assigned = referred + 1 + _below(rng, size, 7)
    released = assigned + _below(rng, size, 14)
    takes_up = is_treated & (rng.random(size) < plan.take_up)
    waited = np.floor(-np.log1p(-rng.random(size)) * 60).clip(0, 230).astype(np.int64)
    moved_in = np.where(takes_up, released + 7 + waited, NEVER)
    kept = _kept_days(rng, size, plan.retention)
    moved_out = np.where(takes_up, moved_in + kept, NEVER)
    comes_back = takes_up & (rng.random(size) < _COMES_BACK)
    again_in = np.where(comes_back, moved_out + 15 + _below(rng, size, 105), NEVER)
    again_out = np.where(comes_back, again_in + _kept_days(rng, size, plan.retention), NEVER)
    died = people.died[who]
    moved_in, moved_out = _while_alive(moved_in, moved_out, died)
    again_in, again_out = _while_alive(again_in, again_out, died)
    return Programme(
        who=who,
        is_treated=is_treated,
        site=_below(rng, size, 3),
        held_from=referred - 5 - _below(rng, size, 55),
        referred=referred,
        assigned=assigned,
        released=released,
        moved_in=moved_in,
        moved_out=moved_out,
        again_in=again_in,
        again_out=again_out,
        left_for=np.searchsorted(_LEFT_FOR_EDGES, rng.random(size), side="right"),
    )


def put_off(programme: Programme, by: Whole, *, died: Whole) -> Programme:
    """The same people, whose homes begin and end so many days later; a death still ends them."""

    def later(day: Whole) -> Whole:
        return np.where((day < NEVER) & (day != died), day + by, day)

    moved_in, moved_out = _while_alive(later(programme.moved_in), later(programme.moved_out), died)
    again_in, again_out = _while_alive(later(programme.again_in), later(programme.again_out), died)
    return replace(
        programme, moved_in=moved_in, moved_out=moved_out, again_in=again_in, again_out=again_out
    )


def ways_of_life(people: People, programme: Programme) -> Whole:
    """How each person of the block lives, those in the lottery as people without a home."""
    way = people.way.copy()
    way[programme.who] = CHRONIC
    return way


def _below(rng: Rng, size: int, most: int) -> Whole:
    return np.floor(rng.random(size) * most).astype(np.int64)


def _kept_days(rng: Rng, size: int, retention: float) -> Whole:
    """How long a home is kept: the risk to lose it is the same each day of its first year on."""
    if retention >= 1:
        return np.full(size, 100 * 365)
    daily = -math.log(retention) / 365 if retention > 0 else 1.0
    return 1 + np.floor(-np.log1p(-rng.random(size)) / daily).clip(0, 36_500).astype(np.int64)


def _while_alive(start: Whole, end: Whole, died: Whole) -> tuple[Whole, Whole]:
    """The stay up to the day of death, and none that would begin after it."""
    begins = start < died
    return np.where(begins, start, NEVER), np.where(begins, np.minimum(end, died), NEVER)
