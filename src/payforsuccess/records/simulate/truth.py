"""What really was: who is who in every agency's files, and what the programme's people lived."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from payforsuccess.records.simulate import words
from payforsuccess.records.simulate.draws import Flags, Whole
from payforsuccess.records.simulate.lives import Lives, Stays
from payforsuccess.records.simulate.others import ARMS, SITES
from payforsuccess.records.simulate.people import NEVER, day_number
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.written import days

WAYS = ("settled", "unsteady", "without-home")


def true_people(lives: Lives) -> pa.Table:
    """One row a person of the block, under the person's true number."""
    people = lives.people
    names = np.where(people.is_female, words.FEMALE[people.given], words.MALE[people.given])
    return pa.table(
        {
            "person": pa.array(people.number),
            "household": pa.array(people.household),
            "given_name": pa.array(names, pa.binary()).cast(pa.string()),
            "family_name": pa.array(words.FAMILY[people.family], pa.binary()).cast(pa.string()),
            "sex": pa.array(np.where(people.is_female, "female", "male")),
            "born_on": days(people.born),
            "died_on": days(np.where(people.died < NEVER, people.died, 0),
                            missing=people.died == NEVER),
            "way_of_life": pa.array(WAYS).take(pa.array(lives.way)),
            "is_twin": pa.array(people.is_twin.astype(np.int8)),
        }
    )  # fmt: skip


def true_programme(plan: CountyPlan, lives: Lives) -> pa.Table:
    """One row a person in the lottery, with what each lived.

    `held_6_months`, `held_12_months`: 1 if the first home was held that long, 0 if not, empty for
    those not housed and those who died before. `jail_returns_24_months`: days of booking in the 24
    months from moving in; `jail_stays_24_months`, `jail_days_36_months`: from assignment.
    `stable_days`: days housed less days in jail to the end of the records, if one home was held for
    12 months; else 0.
    """
    programme, people = lives.programme, lives.people
    died = people.died[programme.who]
    housed = programme.is_housed
    moved_in = programme.moved_in
    enrolled = programme.is_treated
    returns = _starts_within(lives.jail, programme.who, moved_in, months_on(moved_in, 24))
    from_assignment = programme.assigned
    return pa.table(
        {
            "person": pa.array(people.number[programme.who]),
            "arm": pa.array(ARMS).take(pa.array(enrolled.astype(np.int64))),
            "site": pa.array(SITES).take(pa.array(programme.site)),
            "referred_on": days(programme.referred),
            "assigned_on": days(programme.assigned),
            "enrolled_on": days(programme.released, missing=~enrolled),
            "moved_in_on": _maybe(moved_in),
            "moved_out_on": _maybe(programme.moved_out),
            "again_in_on": _maybe(programme.again_in),
            "again_out_on": _maybe(programme.again_out),
            "died_on": _maybe(died),
            "held_6_months": _held(programme.moved_out, moved_in, died, 6),
            "held_12_months": _held(programme.moved_out, moved_in, died, 12),
            "jail_returns_24_months": pa.array(returns, mask=~housed),
            "jail_stays_24_months": pa.array(
                _starts_within(
                    lives.jail, programme.who, from_assignment, months_on(from_assignment, 24)
                )
            ),
            "jail_days_36_months": pa.array(
                _days_within(
                    lives.jail, programme.who, from_assignment, months_on(from_assignment, 36)
                )
            ),
            "stable_days": pa.array(_stable_days(lives, day_number(plan.ends_on)), mask=~enrolled),
        }
    )


def true_jail(lives: Lives) -> pa.Table:
    """One row a stay in jail, `[booked_on, released_on)`, of anyone; also those not over yet."""
    stays = lives.jail
    return pa.table(
        {
            "person": pa.array(lives.people.number[stays.who]),
            "booked_on": days(stays.start),
            "released_on": days(stays.end),
        }
    )


def months_on(day: Whole, months: int) -> Whole:
    """The day so many months later, the month's end clipped; NEVER stays NEVER."""
    known = np.where(day < NEVER, day, 0).astype("datetime64[D]")
    month = known.astype("datetime64[M]")
    later = month + months
    last = ((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64)
    in_month = (known - month.astype("datetime64[D]")).astype(np.int64)
    made = later.astype("datetime64[D]").astype(np.int64) + np.minimum(in_month, last - 1)
    return np.where(day < NEVER, made, NEVER)


def _maybe(day: Whole) -> pa.Array:
    return days(np.where(day < NEVER, day, 0), missing=day >= NEVER)


def _held(moved_out: Whole, moved_in: Whole, died: Whole, months: int) -> pa.Array:
    until = months_on(moved_in, months)
    unknown = (moved_in >= NEVER) | (died < until)
    return pa.array((moved_out >= until).astype(np.int64), mask=unknown)


def _starts_within(stays: Stays, who: Whole, start: Whole, end: Whole) -> Whole:
    """How many stays of each of `who` begin in `[start, end)`."""
    at = _position(stays.who, who)
    of = at >= 0
    inside = of & (stays.start >= start[at]) & (stays.start < end[at])
    return np.bincount(at[inside], minlength=len(who))


def _days_within(stays: Stays, who: Whole, start: Whole, end: Whole) -> Whole:
    """Days of stays of each of `who` in `[start, end)`."""
    at = _position(stays.who, who)
    shared = np.minimum(stays.end, end[at]) - np.maximum(stays.start, start[at])
    of = at >= 0
    found = np.bincount(at[of], weights=shared[of].clip(0), minlength=len(who))
    return found.astype(np.int64)


def _stable_days(lives: Lives, ends: int) -> Whole:
    """Days housed less days in jail, for those who held one home for 12 months by then."""
    programme = lives.programme
    total = np.zeros(len(programme.who), np.int64)
    qualifies = np.zeros(len(programme.who), bool)
    for moved_in, moved_out in (
        (programme.moved_in, programme.moved_out),
        (programme.again_in, programme.again_out),
    ):
        last = np.minimum(moved_out, ends)
        qualifies |= months_on(moved_in, 12) <= last
        lived = (last - moved_in).clip(0)
        until = np.maximum(moved_in, last)
        total += lived - _days_within(lives.jail, programme.who, moved_in, until)
    return np.where(qualifies, total, 0)


def _position(who: Whole, people: Whole) -> Whole:
    """Where each of `who` stands among `people`, which rise; -1 for those who do not."""
    if not len(people):
        return np.full(len(who), -1)
    at = np.searchsorted(people, who).clip(0, len(people) - 1)
    found: Flags = people[at] == who
    return np.where(found, at, -1)
