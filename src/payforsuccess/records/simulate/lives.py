"""What happens to the people of a block: jail, homes, shelters, health, work, as it really was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from payforsuccess.records.simulate.draws import (
    Flags,
    Rng,
    Whole,
    counts,
    lengths,
    seasonal_days,
    stream,
)
from payforsuccess.records.simulate.people import NEVER, SETTLED, People, day_number
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.programme import Programme, draw_lots, put_off, ways_of_life

# By way of life: settled, unsteady, without a home; a year.
_JAIL_STAYS = np.array([0.006, 0.35, 1.7])
_JAIL_MEDIAN_DAYS = np.array([2.0, 4.0, 9.0])
_SHELTER_STAYS = np.array([0.0, 0.25, 1.2])
_STREET_CONTACTS = np.array([0.0, 0.05, 2.0])
_HOMES = np.array([0.0, 0.004, 0.02])
_ENCOUNTERS = {
    "emergency": np.array([0.06, 0.7, 2.2]),
    "inpatient": np.array([0.01, 0.10, 0.45]),
    "crisis": np.array([0.001, 0.06, 0.40]),
    "detox": np.array([0.0, 0.03, 0.15]),
}
ENCOUNTER_CLASSES = tuple(_ENCOUNTERS)
_STAYS_OVERNIGHT = ("inpatient", "detox")
_LONGEST_JAIL, _LONGEST_SHELTER = 400, 300


@dataclass(frozen=True)
class Stays:
    """Stays of people, `[start, end)`, by person and start; one person's stays do not overlap."""

    who: Whole
    start: Whole
    end: Whole

    def __len__(self) -> int:
        return len(self.who)

    def only(self, kept: Flags) -> Stays:
        """Those where `kept` says so."""
        return Stays(self.who[kept], self.start[kept], self.end[kept])


@dataclass(frozen=True)
class Encounters:
    """Encounters with the health department; `kind` is a position in `ENCOUNTER_CLASSES`."""

    who: Whole
    kind: Whole
    start: Whole
    end: Whole


@dataclass(frozen=True)
class Wages:
    """What one employer paid one person in one quarter; `quarter` counts from the year 0."""

    who: Whole
    quarter: Whole
    employer: Whole
    cents: Whole


@dataclass(frozen=True)
class Lives:
    """The true lives of one block's people. What agencies write is made from them."""

    people: People
    way: Whole
    programme: Programme
    jail: Stays
    shelter: Stays
    street: Stays
    other_homes: Stays
    health: Encounters
    work: Wages


def live(plan: CountyPlan, block: int, people: People) -> Lives:
    """The lives of the people of a block, with the programme's effect in them."""
    programme = draw_lots(plan, block, people)
    way = ways_of_life(people, programme)
    jail = _jail_stays(plan, block, people, way, programme)
    programme = _moved_in_at_liberty(programme, jail, people)
    rng = stream(plan.seed, block, "streets")
    shelter = _stays(rng, plan, people, _SHELTER_STAYS[way], median=12.0, most=_LONGEST_SHELTER)
    street = _stays(rng, plan, people, _STREET_CONTACTS[way], median=0.0, most=0, same_day=True)
    homes = _stays(rng, plan, people, _HOMES[way], median=500.0, most=2_000)
    housed = _housed_by_programme(programme)
    return Lives(
        people=people,
        way=way,
        programme=programme,
        jail=jail,
        shelter=_outside(_outside(shelter, jail), housed),
        street=_outside(_outside(street, jail), housed),
        other_homes=homes.only(~np.isin(homes.who, programme.who[programme.is_treated])),
        health=_encounters(plan, block, people, way),
        work=_wages(plan, block, people, way),
    )


def _jail_stays(
    plan: CountyPlan, block: int, people: People, way: Whole, programme: Programme
) -> Stays:
    """Jail stays as they came about: for those offered the programme, some were prevented."""
    rng = stream(plan.seed, block, "jail")
    stays = _stays(
        rng,
        plan,
        people,
        np.where(people.is_female, 0.5, 1.5) * _JAIL_STAYS[way],
        median=_JAIL_MEDIAN_DAYS[way],
        most=_LONGEST_JAIL,
        adults_only=True,
    )
    held = Stays(programme.who, programme.held_from, programme.released)
    released = np.full(len(people), NEVER)
    released[programme.who[programme.is_treated]] = programme.released[programme.is_treated]
    prevented = (stays.start >= released[stays.who]) & (rng.random(len(stays)) < plan.effect)
    return _sorted(_joined(_outside(stays.only(~prevented), held), held))


def _stays(
    rng: Rng,
    plan: CountyPlan,
    people: People,
    yearly: npt.NDArray[np.float64],
    *,
    median: float | npt.NDArray[np.float64],
    most: int,
    adults_only: bool = False,
    same_day: bool = False,
) -> Stays:
    """Stays at a yearly rate, while alive and not overlapping; of 0 days only where they can be."""
    begins, ends = day_number(plan.begins_on), day_number(plan.ends_on)
    number = counts(rng, yearly * ((ends - begins) / 365.25))
    who = np.repeat(np.arange(len(people)), number)
    start = seasonal_days(rng, len(who), begins=begins, ends=ends)
    medians = np.broadcast_to(np.asarray(median, float), len(people))[who]
    length = lengths(rng, medians, spread=1.2, most=most)
    stays = _sorted(Stays(who, start, start + length))
    alive = stays.start < people.died[stays.who]
    if adults_only:
        alive &= stays.start - people.born[stays.who] >= 18 * 366
    stays = _apart(stays.only(alive))
    end = np.minimum(stays.end, people.died[stays.who])
    stays = Stays(stays.who, stays.start, end)
    return stays if same_day else stays.only(stays.end >= stays.start)


def _sorted(stays: Stays) -> Stays:
    order = np.lexsort((stays.end, stays.start, stays.who))
    return Stays(stays.who[order], stays.start[order], stays.end[order])


def _joined(one: Stays, other: Stays) -> Stays:
    return Stays(
        np.concatenate([one.who, other.who]),
        np.concatenate([one.start, other.start]),
        np.concatenate([one.end, other.end]),
    )


def _apart(stays: Stays) -> Stays:
    """Sorted stays without those that begin before an earlier one of the person has ended."""
    if not len(stays):
        return stays
    # Each person's days lie in a range of their own, so that one running maximum serves all.
    shift = stays.who * 1_000_000
    reached = np.maximum.accumulate(stays.end + shift)
    before = np.concatenate([[-1], reached[:-1]])
    return stays.only(stays.start + shift > before)


def _outside(stays: Stays, other: Stays) -> Stays:
    """Those that share no day with `other`, and do not touch it, person by person."""
    both = _joined(stays, other)
    is_other = np.arange(len(both)) >= len(stays)
    order = np.lexsort((both.start, both.who))
    who, start, end = both.who[order], both.start[order], both.end[order]
    other_now = is_other[order]
    shift = who * 1_000_000
    ends_before = np.maximum.accumulate(np.where(other_now, end.clip(0, 900_000) + shift, -1))
    starts_after = np.where(other_now, start + shift, 2**62)[::-1]
    starts_after = np.minimum.accumulate(starts_after)[::-1]
    free = (start + shift > ends_before) & (end + shift < starts_after) & ~other_now
    kept = np.zeros(len(both), bool)
    kept[order] = free
    return stays.only(kept[: len(stays)])


def _housed_by_programme(programme: Programme) -> Stays:
    housed = programme.is_housed
    again = programme.again_in < NEVER
    return _joined(
        Stays(programme.who[housed], programme.moved_in[housed], programme.moved_out[housed]),
        Stays(programme.who[again], programme.again_in[again], programme.again_out[again]),
    )


def _moved_in_at_liberty(programme: Programme, jail: Stays, people: People) -> Programme:
    """The same people, moving in two days after release where they would have been in jail."""
    key = jail.who * 1_000_000 + jail.start
    delay = np.zeros(len(programme.who), np.int64)
    for _ in range(10):
        moved_in = np.where(programme.is_housed, programme.moved_in + delay, -1)
        last = np.searchsorted(key, programme.who * 1_000_000 + moved_in, side="right") - 1
        inside = (last >= 0) & (moved_in >= 0)
        inside &= (jail.who[last] == programme.who) & (jail.end[last] >= moved_in)
        delay += np.where(inside, jail.end[last] + 2 - moved_in, 0)
    return put_off(programme, delay, died=people.died[programme.who])


def _encounters(plan: CountyPlan, block: int, people: People, way: Whole) -> Encounters:
    rng = stream(plan.seed, block, "health")
    parts = []
    for kind, yearly in enumerate(_ENCOUNTERS.values()):
        overnight = ENCOUNTER_CLASSES[kind] in _STAYS_OVERNIGHT
        stays = _stays(rng, plan, people, yearly[way], median=3.0 if overnight else 0.0, most=90)
        parts.append((stays, np.full(len(stays), kind)))
    return Encounters(
        who=np.concatenate([stays.who for stays, _ in parts]),
        kind=np.concatenate([kind for _, kind in parts]),
        start=np.concatenate([stays.start for stays, _ in parts]),
        end=np.concatenate([stays.end for stays, _ in parts]),
    )


def _wages(plan: CountyPlan, block: int, people: People, way: Whole) -> Wages:
    """Wages of those the state was asked about: all who are not settled, now and then in work."""
    rng = stream(plan.seed, block, "work")
    first = plan.begins_on.year * 4 + (plan.begins_on.month - 1) // 3
    last = plan.ends_on.year * 4 + (plan.ends_on.month - 1) // 3
    asked = np.flatnonzero(way > SETTLED)
    who = np.repeat(asked, last - first)
    quarter = np.tile(np.arange(first, last), len(asked))
    ends = (quarter + 1) // 4 * 365.2425 + (quarter + 1) % 4 * 91.3 - 1970 * 365.2425
    works = (rng.random(len(who)) < np.array([0.0, 0.45, 0.12])[way[who]]) & (
        people.died[who] > ends
    )
    who, quarter = who[works], quarter[works]
    cents = lengths(rng, np.full(len(who), 310_000.0), spread=0.8, most=4_000_000)
    employer = np.floor(rng.random(len(who)) * 900).astype(np.int64)
    return Wages(who, quarter, employer, cents + 1)
