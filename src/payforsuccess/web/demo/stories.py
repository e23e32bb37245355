"""What happens to the made-up people, day by day, from a seed: the same seed, the same county.

Names are drawn from lists of plants and stones, so that nobody takes them for real people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

GIVEN = """
Alder Amber Ash Basil Bay Beryl Birch Briar Cedar Clover Coral Dale Elder Fern Flint Garnet
Hazel Heath Holly Iris Ivy Jade Jasper Juniper Laurel Linden Maple Marigold Moss Myrtle Olive
Opal Pearl Poppy Reed Rowan Ruby Rush Sage Sorrel Tansy Teasel Thorn Violet Willow Yarrow
"""
FAMILY = """
Agate Basalt Boulder Calder Chalk Clay Cobble Dolomite Feldspar Flagstone Gneiss Granite Gravel
Hornblende Limestone Loam Marble Marl Mica Obsidian Onyx Pebble Pumice Quartz Sandstone Schist
Shale Slate Talc Tuff
"""
LATELY = 75
"""Days before the last one in which contacts are told as closely as they happen."""
SITES = ("North", "South", "Harbor")
SOURCES = (("jail", 7), ("court", 3))
LANGUAGES = (("english", 7), ("spanish", 3))
RACES = (("black", 4), ("hispanic", 4), ("white", 3), ("asian", 1))
SEXES = (("male", 7), ("female", 3))


@dataclass(frozen=True)
class Story:
    """One person: who they are, and what happens on which day; None where it never does."""

    number: int
    given_name: str
    family_name: str
    born_on: date
    sex: str
    race: str
    language: str
    source: str
    referred_on: date
    release_on: date
    age: int
    jail_stays: int | None
    has_home: bool
    is_released_unmet: bool
    says_no: bool
    enrolled_on: date | None
    site: str
    moved_in_on: date | None
    moved_out_on: date | None
    exit_kind: str
    booked_on: date | None
    contacts: tuple[tuple[date, str, bool], ...]

    @property
    def is_eligible(self) -> bool | None:
        """By the deal's rule; None while a fact is missing."""
        if self.age < 18 or self.has_home:
            return False
        return None if self.jail_stays is None else self.jail_stays >= 2


def stories(*, first: date, today: date, people: int, seed: int = 2026) -> Iterator[Story]:
    """Everybody in the order of referral, from the first day until today."""
    rng = random.Random(seed)
    names = rng.sample([(g, f) for g in GIVEN.split() for f in FAMILY.split()], people)
    days = sorted(rng.randrange((today - first).days + 1) for _ in range(people))
    for number, (name, after) in enumerate(zip(names, days, strict=True), 1):
        yield _story(rng, number, name, first + timedelta(after), today)


def _story(
    rng: random.Random, number: int, name: tuple[str, str], referred_on: date, today: date
) -> Story:
    def later(start: date | None, least: int, most: int, chance: float = 1.0) -> date | None:
        """A day after another, unless it does not come to pass or lies ahead."""
        days = rng.randint(least, most)
        if rng.random() > chance or start is None or start + timedelta(days) > today:
            return None
        return start + timedelta(days)

    release_on = referred_on + timedelta(rng.randint(2, 20))
    says_no = rng.random() < 0.08
    enrolled_on = None if says_no else later(release_on, 0, 6, 0.93)
    moved_in_on = later(enrolled_on, 5, 40, 0.95)
    moved_out_on = later(moved_in_on, 30, 400, 0.22)
    born_on = today - timedelta(rng.randint(19 * 366, 64 * 365))
    last = moved_out_on or today
    contacts = tuple(_contacts(rng, enrolled_on, last)) if enrolled_on else ()
    return Story(
        number=number,
        given_name=name[0],
        family_name=name[1],
        born_on=born_on,
        sex=_drawn(rng, SEXES),
        race=_drawn(rng, RACES),
        language=_drawn(rng, LANGUAGES),
        source=_drawn(rng, SOURCES),
        referred_on=referred_on,
        release_on=release_on,
        age=(referred_on - born_on).days // 365,
        jail_stays=None if rng.random() < 0.04 else rng.choice((1, 2, 2, 3, 3, 4, 6)),
        has_home=rng.random() < 0.05,
        is_released_unmet=rng.random() < 0.12,
        says_no=says_no,
        enrolled_on=enrolled_on,
        site=rng.choice(SITES),
        moved_in_on=moved_in_on,
        moved_out_on=moved_out_on,
        exit_kind=rng.choice(("good", "moved", "lost", "own-wish")) if moved_out_on else "",
        booked_on=later(moved_in_on, 10, 300, 0.15),
        contacts=contacts,
    )


def _contacts(rng: random.Random, first: date, last: date) -> Iterator[tuple[date, str, bool]]:
    """A contact every week or three of late, and fewer before that; now and then nobody is reached.

    The old ones are few because each costs its part of the time that making the county takes.
    """
    day, is_silent_from = first, last - timedelta(rng.choice((0, 0, 0, 0, 35)))
    number = 0
    while day <= last:
        is_reached = rng.random() < 0.8 and day < is_silent_from
        kind = rng.choice(("visit", "visit", "telephone", "office", "message"))
        if (last - day).days < LATELY or number % 3 == 0:
            yield day, kind, is_reached
        day += timedelta(rng.randint(6, 21))
        number += 1


def _drawn(rng: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]
