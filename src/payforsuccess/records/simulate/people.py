"""The people of a block: households with names, birth dates, numbers and addresses, and deaths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from payforsuccess.records.simulate import words
from payforsuccess.records.simulate.draws import (
    Flags,
    Rng,
    Whole,
    shuffled_numbers,
    skewed,
    stream,
)
from payforsuccess.records.simulate.plan import CountyPlan

NEVER = 2**31 - 2
"""A day that does not come."""
SETTLED, UNSTEADY, CHRONIC = 0, 1, 2
"""How a person lives: never far from home; at times in jail or a shelter; without a home."""
_SHARE_UNSTEADY, _SHARE_CHRONIC = 0.08, 0.02
_SHARE_TWINS = 0.03
_SIZES = np.repeat(np.arange(1, 7), (30, 30, 16, 14, 7, 3))
_SSN_AREAS, _SSN_GROUPS = 100, 49
_YEAR = 365.25
EPOCH = 719_163
"""1 January 1970, as Python counts days."""


def day_number(day: date) -> int:
    """A day counted from 1 January 1970, as all days are counted here."""
    return day.toordinal() - EPOCH


@dataclass(frozen=True)
class Address:
    """Where someone lives: positions in the word lists, house number, and ZIP code."""

    number: Whole
    street: Whole
    street_kind: Whole
    city: Whole
    zip: Whole


@dataclass(frozen=True)
class People:
    """One row a person of the block, as they are. Days are counted from 1 January 1970."""

    number: Whole
    household: Whole
    is_female: Flags
    born: Whole
    died: Whole
    given: Whole
    middle: Whole
    family: Whole
    other_family: Whole
    ssn: Whole
    home: Address
    other_home: Address
    way: Whole
    is_twin: Flags

    def __len__(self) -> int:
        return len(self.number)


def make_people(plan: CountyPlan, block: int) -> People:
    """The people of a block. A household lies within it, and its people share home and surname."""
    rng = stream(plan.seed, block, "people")
    number = np.arange(plan.people_of(block).start, plan.people_of(block).stop, dtype=np.int64)
    size = len(number)
    household, place = _households(rng, size)
    head = np.searchsorted(household, household)

    begins = day_number(plan.begins_on)
    is_adult = place < 2
    age = np.where(is_adult, 19 + 62 * rng.random(size) ** 1.4, 18 * rng.random(size))
    born = begins - np.floor(age * _YEAR).astype(np.int64)
    is_twin = ~is_adult & (place > 2) & (rng.random(size) < _SHARE_TWINS * 4)
    twin_of = np.arange(size) - is_twin
    born[is_twin] = born[twin_of[is_twin]]

    family = skewed(rng, size, len(words.FAMILY))[head]
    own = is_adult & (place == 1) & (rng.random(size) < 0.4)
    family = np.where(own, skewed(rng, size, len(words.FAMILY)), family)
    is_female = rng.random(size) < 0.5
    home = _addresses(rng, size, head)
    return People(
        number=number,
        household=number[head],
        is_female=is_female,
        born=born,
        died=_deaths(rng, plan, age=age),
        given=skewed(rng, size, words.GIVEN),
        middle=np.floor(rng.random(size) * 26).astype(np.int64),
        family=family,
        other_family=skewed(rng, size, len(words.FAMILY)),
        ssn=shuffled_numbers(number, seed=plan.seed, agency=0, digits=7),
        home=home,
        other_home=_addresses(rng, size, np.arange(size)),
        way=np.where(is_adult, _ways(rng, size), SETTLED),
        is_twin=is_twin,
    )


def social_security_digits(numbers: Whole) -> Whole:
    """Nine digits of a range that was never given out, one for each number below ten million.

    They begin with 9, where no social security number does, and their middle part is 01 to 49,
    where no taxpayer number of that form is.
    """
    area = 900 + numbers % _SSN_AREAS
    group = 1 + numbers // _SSN_AREAS % _SSN_GROUPS
    serial = 1 + numbers // (_SSN_AREAS * _SSN_GROUPS)
    return (area * 100 + group) * 10_000 + serial


def _households(rng: Rng, size: int) -> tuple[Whole, Whole]:
    """For each person the household's number in the block, and the place in it: 0, 1 are adults."""
    drawn = _SIZES[np.floor(rng.random(size) * len(_SIZES)).astype(np.int64)]
    ends = np.cumsum(drawn)
    people = np.arange(size)
    household = np.searchsorted(ends, people, side="right")
    return household, people - (ends - drawn)[household]


def _ways(rng: Rng, size: int) -> Whole:
    drawn = rng.random(size)
    return np.where(
        drawn < _SHARE_CHRONIC,
        CHRONIC,
        np.where(drawn < _SHARE_CHRONIC + _SHARE_UNSTEADY, UNSTEADY, SETTLED),
    )


def _deaths(rng: Rng, plan: CountyPlan, *, age: Flags) -> Whole:
    """The day of death, if it comes within the records: the risk doubles every eight years."""
    begins, ends = day_number(plan.begins_on), day_number(plan.ends_on)
    yearly = 0.0004 * 2 ** ((age - 20) / 8).clip(0)
    years = -np.log1p(-rng.random(len(age))) / yearly
    day = begins + np.floor(years.clip(0, 200) * _YEAR).astype(np.int64)
    return np.where(day < ends, day, NEVER)


def _addresses(rng: Rng, size: int, of: Whole) -> Address:
    """An address each, the same for all whose `of` is the same person."""

    def below(most: int) -> Whole:
        return np.floor(rng.random(size) * most).astype(np.int64)[of]

    zip_code = below(words.ZIPS)
    return Address(
        number=1 + below(9_800),
        street=below(len(words.STREETS)),
        street_kind=below(len(words.STREET_KINDS)),
        city=zip_code % len(words.CITIES),
        zip=10 + zip_code,
    )
